import { ArrowDown, MessageCircle } from 'lucide-react'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { FormattedMessage, useIntl } from 'react-intl'
import { Virtuoso, type VirtuosoHandle } from 'react-virtuoso'
import type { MessageFieldsFragment } from '../graphql/generated/graphql.ts'
import type { ConnectionState } from '../realtime/connection-state.ts'
import { Badge } from '../ui/badge.tsx'
import controls from '../ui/controls.module.css'
import { EmptyState, LoadFailedState } from '../ui/empty-state.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import type { HistoryState } from './history.ts'
import styles from './message-log.module.css'
import { MessageRow } from './message-row.tsx'
import type { TimelineRow } from './timeline.ts'
import { AT_END_PX, useEnd } from './use-end.ts'
import { useSeen } from './use-seen.ts'

/**
 * Rows beyond what is in view that are laid out, and, above, loaded: nobody scrolls into emptiness. Few at first, since a chat
 * is opened the sooner for it; more above once somebody scrolls up, when the list makes up for what turns out higher there.
 */
const OVERSCAN_PX = { top: 1500, bottom: 800 }
const FIRST_OVERSCAN_PX = { top: 300, bottom: 300 }

type Props = {
  title: string
  rows: TimelineRow[]
  history: HistoryState
  connection: ConnectionState
  /** How many messages of others the viewer hasn't seen. */
  unreadCount: number
  /** A message to show in the middle, and to point out. */
  targetSeq: number | null
  onLoadOlder(): void
  onLoadNewer(): void
  onLatest(): void
  onSeen(seq: number): void
  onEdit(message: MessageFieldsFragment): void
  onDelete(message: MessageFieldsFragment): void
  onRetry(): void
  onDiscard(clientMessageId: string): void
}

/** The conversation's history. New messages are announced (role log) to whoever is at its end. */
export function MessageLog(props: Props) {
  const { rows, history, title } = props
  const intl = useIntl()
  const label = intl.formatMessage({ id: 'messages.log' }, { title })
  if (rows.length > 0) {
    // Another place of the history is another list: it starts there.
    return <Rows key={history.jumps} label={label} {...props} />
  }
  return (
    <div className={styles.frame}>
      <div className={styles.log} role="log" aria-label={label} aria-busy={history.isLoading}>
        <Placeholder history={history} />
      </div>
    </div>
  )
}

function Rows(props: Props & { label: string }) {
  const { rows, history, targetSeq, unreadCount } = props
  const intl = useIntl()
  const list = useRef<VirtuosoHandle>(null)
  const [isAtEnd, setIsAtEnd] = useState(true)
  const [overscanPx, setOverscanPx] = useState(FIRST_OVERSCAN_PX)
  const onScrolled = useCallback((isUp: boolean) => {
    setOverscanPx((now) => {
      const top = isUp ? OVERSCAN_PX.top : now.top
      return now.top === top && now.bottom === OVERSCAN_PX.bottom ? now : { top, bottom: OVERSCAN_PX.bottom }
    })
  }, [])
  const targetIndex = rows.findIndex((row) => row.kind === 'message' && row.message.seq === targetSeq)
  const [start] = useState(() => startOf(rows, targetIndex))
  const last = rows.at(-1)
  const { attach: attachSeen, look } = useSeen(rows, props.onSeen)
  const {
    attach: attachEnd,
    toEnd,
    onHeightChange,
  } = useEnd({
    startsAtEnd: start.index === 'LAST',
    ownKey: last?.kind === 'outgoing' ? last.key : null,
    onScrolled,
  })

  // A message that is held already is only scrolled to.
  const shownSeq = useRef(targetSeq)
  useEffect(() => {
    if (shownSeq.current === targetSeq) return
    shownSeq.current = targetSeq
    if (targetIndex >= 0) list.current?.scrollToIndex({ index: targetIndex, align: 'center' })
  }, [targetSeq, targetIndex])

  const detach = useRef<(() => void)[]>([])
  const scrollerRef = useCallback(
    (element: HTMLElement | Window | null) => {
      for (const stop of detach.current) stop()
      detach.current = element instanceof HTMLElement ? [attachSeen(element), attachEnd(element)] : []
    },
    [attachSeen, attachEnd],
  )

  return (
    <div className={styles.frame}>
      <Virtuoso
        ref={list}
        scrollerRef={scrollerRef}
        className={styles.log ?? ''}
        role="log"
        aria-label={props.label}
        // What scrolling brings in is no news.
        aria-live={isAtEnd && !history.hasNewer ? 'polite' : 'off'}
        data={rows}
        context={props}
        firstItemIndex={firstIndexOf(rows)}
        initialTopMostItemIndex={start}
        computeItemKey={(_, row) => row.key}
        itemContent={renderRow}
        components={COMPONENTS}
        increaseViewportBy={overscanPx}
        defaultItemHeight={60}
        alignToBottom
        // What turns out higher than it was taken for moves the rest in the same frame, not one later.
        skipAnimationFrameInResizeObserver
        atBottomThreshold={AT_END_PX}
        atBottomStateChange={setIsAtEnd}
        totalListHeightChanged={onHeightChange}
        rangeChanged={look}
        startReached={props.onLoadOlder}
        endReached={props.onLoadNewer}
      />
      {(!isAtEnd || history.hasNewer) && (
        <button
          type="button"
          className={`${controls.iconButton} ${styles.latest}`}
          aria-label={intl.formatMessage({ id: 'messages.latest' }, { count: unreadCount })}
          onClick={history.hasNewer ? props.onLatest : toEnd}
        >
          <ArrowDown size={20} aria-hidden="true" />
          <Badge count={unreadCount} isCorner />
        </button>
      )}
    </div>
  )
}

/** Seqs have no holes: a row's place in the list is its seq, however much is loaded before it. */
function firstIndexOf(rows: readonly TimelineRow[]): number {
  const first = rows[0]
  return first?.kind === 'message' ? first.message.seq : 1
}

/** Where the list starts: at what it was opened for, else at the unread line, else at its end. */
function startOf(rows: readonly TimelineRow[], targetIndex: number) {
  if (targetIndex >= 0) return { index: targetIndex, align: 'center' } as const
  const unread = rows.findIndex(({ startsUnread }) => startsUnread)
  if (unread >= 0) return { index: unread, align: 'start', offset: -24 } as const
  return { index: 'LAST', align: 'end' } as const
}

const renderRow = (_index: number, row: TimelineRow, props: Props) => (
  <MessageRow
    row={row}
    isTarget={row.kind === 'message' && row.message.seq === props.targetSeq}
    connection={props.connection}
    onEdit={props.onEdit}
    onDelete={props.onDelete}
    onRetry={props.onRetry}
    onDiscard={props.onDiscard}
  />
)

/** The edge of what is held: its height is the same whatever it says, so that nothing moves when that changes. */
function Start({ context }: { context?: Props }): ReactNode {
  return (
    <div className={styles.edge}>
      {context?.history.hasOlder ? <FormattedMessage id="common.loading" /> : <FormattedMessage id="messages.start" />}
    </div>
  )
}

const COMPONENTS = { Header: Start, Footer: () => <div className={styles.end} /> }

/** Instead of messages: they are loading, there are none, or they could not be had. */
function Placeholder({ history }: { history: HistoryState }) {
  const intl = useIntl()
  if (history.isLoading) return <Skeleton rows={6} label={intl.formatMessage({ id: 'common.loading' })} />
  if (history.hasError) return <LoadFailedState />
  return (
    <EmptyState
      icon={<MessageCircle size={28} aria-hidden="true" />}
      title={intl.formatMessage({ id: 'messages.empty' })}
      hint={intl.formatMessage({ id: 'messages.emptyHint' })}
    />
  )
}
