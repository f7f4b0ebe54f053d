import { BellOff } from 'lucide-react'
import { type ComponentProps, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { FormattedMessage, useIntl } from 'react-intl'
import { type ItemProps, Virtuoso, type VirtuosoHandle } from 'react-virtuoso'
import type { NotificationFieldsFragment } from '../graphql/generated/graphql.ts'
import type { ConnectionState } from '../realtime/connection-state.ts'
import controls from '../ui/controls.module.css'
import { EmptyState, LoadFailedState } from '../ui/empty-state.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { useEndReached } from '../ui/use-end-reached.ts'
import { groupNotifications, type NotificationRow } from './grouping.ts'
import { NotificationItem } from './notification-row.tsx'
import styles from './notification-system.module.css'
import type { NotificationsState } from './use-notifications.ts'
import { useRowFocus } from './use-row-focus.ts'

type Props = {
  /** What scrolls; the list is its last part. */
  scroller: HTMLElement
  state: NotificationsState
  connection: ConnectionState
  onOpen(notification: NotificationFieldsFragment): void
}

/** The viewer's notifications by day and chat, latest first; or why there are none. */
export function NotificationList(props: Props) {
  const intl = useIntl()
  const { state } = props
  if (state.isLoading) return <Skeleton rows={4} label={intl.formatMessage({ id: 'common.loading' })} />
  if (state.hasError) return <LoadFailedState />
  if (state.notifications.length === 0) {
    return (
      <EmptyState
        icon={<BellOff size={28} aria-hidden="true" />}
        title={intl.formatMessage({ id: 'notifications.empty' })}
        hint={intl.formatMessage({ id: 'notifications.emptyHint' })}
      />
    )
  }
  return <Rows {...props} />
}

/** Rows beyond what is in view that are laid out: nobody scrolls into emptiness. */
const OVERSCAN_PX = { top: 600, bottom: 600 }

function Rows({ scroller, state, connection, onOpen }: Props) {
  const intl = useIntl()
  const { notifications } = state
  const [closedAfter, setClosedAfter] = useState<ReadonlySet<string>>(new Set())
  const rows = useMemo(() => groupNotifications(notifications, closedAfter), [notifications, closedAfter])
  const showMore = () => {
    const last = notifications.at(-1)
    // What is shown stays where it is, whatever comes after it.
    if (last) setClosedAfter(new Set(closedAfter).add(last.id))
    void state.loadMore()
  }
  const end = useEndReached<HTMLDivElement>(`${rows.length} ${connection.status}`, showMore)
  const list = useRef<VirtuosoHandle>(null)
  const focus = useRowFocus(scroller, (id) => {
    const index = rows.findIndex(({ notification }) => notification.id === id)
    list.current?.scrollToIndex({ index, align: 'center' })
  })
  const actions = useSteadyActions(state, onOpen)
  const context: Context = {
    label: intl.formatMessage({ id: 'notifications.list' }),
    // Of a list that goes on, nobody knows how long it is.
    size: state.hasMore ? -1 : rows.length,
    ...actions,
    ...focus,
  }
  return (
    <div className={styles.rows}>
      <Virtuoso
        ref={list}
        customScrollParent={scroller}
        data={rows}
        context={context}
        firstItemIndex={useFirstIndex(notifications, scroller)}
        computeItemKey={(_, row) => row.notification.id}
        itemContent={renderRow}
        components={COMPONENTS}
        increaseViewportBy={OVERSCAN_PX}
        defaultItemHeight={66}
        skipAnimationFrameInResizeObserver
      />
      {state.hasMore && (
        <div ref={end} className={styles.more}>
          <button type="button" className={controls.button} data-tone="quiet" onClick={showMore}>
            <FormattedMessage id="common.more" />
          </button>
        </div>
      )}
    </div>
  )
}

type Actions = {
  open(notification: NotificationFieldsFragment): void
  markRead(id: string): void
}
type Context = Actions & ReturnType<typeof useRowFocus> & { label: string; size: number }

const renderRow = (_index: number, row: NotificationRow, { open, markRead, attach }: Context) => (
  <NotificationItem row={row} onOpen={open} onMarkRead={markRead} attach={attach} />
)

const COMPONENTS = {
  List: ({ context, ...props }: ComponentProps<'ul'> & { context?: Context }) => (
    <ul {...props} className={styles.list} aria-label={context?.label} />
  ),
  Item: ({ context, item: _, ...props }: ItemProps<NotificationRow> & { context?: Context }) => (
    <li {...props} className={styles.entry} aria-posinset={props['data-index'] + 1} aria-setsize={context?.size} />
  ),
}

/** High enough to be counted down from. */
const FIRST_INDEX = 1_000_000

/** The number of the first row. What comes in above whoever has scrolled down takes lower ones, so that nothing moves. */
function useFirstIndex(notifications: readonly NotificationFieldsFragment[], scroller: HTMLElement): number {
  const latestId = notifications[0]?.id
  const [place, setPlace] = useState({ latestId, index: FIRST_INDEX })
  if (place.latestId === latestId) return place.index
  const added = scroller.scrollTop > 0 ? notifications.findIndex(({ id }) => id === place.latestId) : 0
  const index = place.index - Math.max(added, 0)
  setPlace({ latestId, index })
  return index
}

/** The same functions for as long as the list is there, doing what is right by then: rows needn't be rendered for them. */
function useSteadyActions({ markRead }: NotificationsState, onOpen: Props['onOpen']): Actions {
  const latest = useRef({ markRead, onOpen })
  useLayoutEffect(() => {
    latest.current = { markRead, onOpen }
  })
  const [actions] = useState(() => ({
    open: (notification: NotificationFieldsFragment) => latest.current.onOpen(notification),
    markRead: (id: string) => void latest.current.markRead([id]),
  }))
  return actions
}
