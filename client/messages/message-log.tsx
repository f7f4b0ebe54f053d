import { ArrowDown, MessageCircle } from 'lucide-react'
import { FormattedMessage, useIntl } from 'react-intl'
import type { MessageFieldsFragment } from '../graphql/generated/graphql.ts'
import type { ConnectionState } from '../realtime/connection-state.ts'
import controls from '../ui/controls.module.css'
import { EmptyState } from '../ui/empty-state.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { formatDay } from '../ui/times.ts'
import { MessageBubble, OutgoingBubble } from './message-bubble.tsx'
import styles from './message-log.module.css'
import type { TimelineRow } from './timeline.ts'
import { useLogScroll } from './use-log-scroll.ts'

type Props = {
  conversationId: string
  title: string
  rows: TimelineRow[]
  connection: ConnectionState
  isLoading: boolean
  hasError: boolean
  hasOlder: boolean
  onLoadOlder(): void
  onSeen(seq: number): void
  onEdit(message: MessageFieldsFragment): void
  onDelete(message: MessageFieldsFragment): void
  onRetry(): void
  onDiscard(clientMessageId: string): void
}

/** The conversation's history. New messages are announced (role log); older ones load as the top comes near. */
export function MessageLog(props: Props) {
  const { conversationId, rows, isLoading, hasError, hasOlder, onLoadOlder } = props
  const intl = useIntl()
  const bubbles = rows.filter((row) => row.kind === 'message' || row.kind === 'outgoing')
  const last = bubbles.at(-1)
  const { ref, onScroll, isAtBottom, scrollToBottom } = useLogScroll({
    conversationId,
    firstKey: bubbles[0]?.key ?? null,
    lastKey: last?.key ?? null,
    isLastOwn: last?.kind === 'outgoing' || (last?.kind === 'message' && last.delivery !== null),
    onNearTop: () => {
      if (hasOlder) onLoadOlder()
    },
    onSeen: props.onSeen,
  })
  return (
    <div className={styles.frame}>
      <div
        ref={ref}
        className={styles.log}
        role="log"
        aria-label={intl.formatMessage({ id: 'messages.log' }, { title: props.title })}
        aria-busy={isLoading}
        // A scrolling region without focusable content is out of reach of the keyboard.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
        tabIndex={0}
        onScroll={onScroll}
      >
        <div>
          {isLoading && <Skeleton rows={6} label={intl.formatMessage({ id: 'common.loading' })} />}
          {hasError && <EmptyState title={intl.formatMessage({ id: 'common.loadFailed' })} />}
          {!isLoading && !hasError && bubbles.length === 0 && (
            <EmptyState
              icon={<MessageCircle size={28} aria-hidden="true" />}
              title={intl.formatMessage({ id: 'messages.empty' })}
              hint={intl.formatMessage({ id: 'messages.emptyHint' })}
            />
          )}
          {!hasError && bubbles.length > 0 && (
            <div className={styles.edge}>
              {hasOlder ? (
                <button type="button" className={controls.button} data-tone="quiet" onClick={onLoadOlder}>
                  <FormattedMessage id="messages.older" />
                </button>
              ) : (
                <FormattedMessage id="messages.start" />
              )}
            </div>
          )}
          {rows.map((row) => (
            <Row key={row.key} row={row} {...props} />
          ))}
        </div>
      </div>
      {!isAtBottom && (
        <button
          type="button"
          className={`${controls.iconButton} ${styles.latest}`}
          aria-label={intl.formatMessage({ id: 'messages.latest' })}
          onClick={scrollToBottom}
        >
          <ArrowDown size={20} aria-hidden="true" />
        </button>
      )}
    </div>
  )
}

function Row({ row, connection, onEdit, onDelete, onRetry, onDiscard }: { row: TimelineRow } & Props) {
  const intl = useIntl()
  switch (row.kind) {
    case 'day':
      return (
        <div className={styles.day}>
          <span>{formatDay(intl, row.at)}</span>
        </div>
      )
    case 'unreadLine':
      return (
        <div className={styles.unreadLine} data-unread-line>
          <FormattedMessage id="messages.new" />
        </div>
      )
    case 'message':
      return (
        <MessageBubble
          message={row.message}
          delivery={row.delivery}
          startsGroup={row.startsGroup}
          onEdit={onEdit}
          onDelete={onDelete}
        />
      )
    case 'outgoing':
      return (
        <OutgoingBubble
          item={row.item}
          connection={connection}
          startsGroup={row.startsGroup}
          onRetry={onRetry}
          onDiscard={onDiscard}
        />
      )
  }
}
