import { memo } from 'react'
import { FormattedMessage, useIntl } from 'react-intl'
import type { MessageFieldsFragment } from '../graphql/generated/graphql.ts'
import type { ConnectionState } from '../realtime/connection-state.ts'
import { formatDay } from '../ui/times.ts'
import { MessageBubble, OutgoingBubble } from './message-bubble.tsx'
import styles from './message-log.module.css'
import type { TimelineRow } from './timeline.ts'

type Props = {
  row: TimelineRow
  /** The one the history was opened for. */
  isTarget: boolean
  connection: ConnectionState
  onEdit(message: MessageFieldsFragment): void
  onDelete(message: MessageFieldsFragment): void
  onRetry(): void
  onDiscard(clientMessageId: string): void
}

/** A row of the log: the day and the unread line where they belong, and the bubble. */
export const MessageRow = memo(function MessageRow(props: Props) {
  const { row, isTarget, connection, onEdit, onDelete, onRetry, onDiscard } = props
  const intl = useIntl()
  return (
    <div data-target={isTarget || undefined} className={styles.row}>
      {row.day !== null && (
        <div className={styles.day}>
          <span>{formatDay(intl, row.day)}</span>
        </div>
      )}
      {row.startsUnread && (
        <div className={styles.unreadLine}>
          <FormattedMessage id="messages.new" />
        </div>
      )}
      {row.kind === 'message' ? (
        <MessageBubble
          message={row.message}
          delivery={row.delivery}
          startsGroup={row.startsGroup}
          onEdit={onEdit}
          onDelete={onDelete}
        />
      ) : (
        <OutgoingBubble
          item={row.item}
          connection={connection}
          startsGroup={row.startsGroup}
          onRetry={onRetry}
          onDiscard={onDiscard}
        />
      )}
    </div>
  )
}, isSame)

// Rows are built anew with every change of the history; most say what they said before.
function isSame(before: Props, after: Props): boolean {
  const { row: a, connection: beforeConnection, ...restA } = before
  const { row: b, connection: afterConnection, ...restB } = after
  if (!sameFields(restA, restB)) return false
  if (a.kind === 'outgoing' || b.kind === 'outgoing') return a === b && beforeConnection === afterConnection
  return sameFields(a, b)
}

const sameFields = <T extends object>(a: T, b: T) => (Object.keys(a) as (keyof T)[]).every((key) => a[key] === b[key])
