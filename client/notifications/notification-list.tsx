import { BellOff } from 'lucide-react'
import { type ComponentProps, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { FormattedMessage, useIntl } from 'react-intl'
import { Virtuoso } from 'react-virtuoso'
import type { NotificationFieldsFragment } from '../graphql/generated/graphql.ts'
import type { ConnectionState } from '../realtime/connection-state.ts'
import controls from '../ui/controls.module.css'
import { EmptyState } from '../ui/empty-state.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { useEndReached } from '../ui/use-end-reached.ts'
import { groupNotifications, type NotificationRow } from './grouping.ts'
import { NotificationItem } from './notification-row.tsx'
import styles from './notification-system.module.css'
import type { NotificationsState } from './use-notifications.ts'

type Props = {
  state: NotificationsState
  connection: ConnectionState
  /** What scrolls around the list; the list has no scrollbar of its own. */
  scroller: HTMLElement | null
  onOpen(notification: NotificationFieldsFragment): void
}

/** The notifications by day and chat, of which only those in view, and some around, are in the document. */
export function NotificationList({ state, connection, scroller, onOpen }: Props) {
  const intl = useIntl()
  const rows = useMemo(() => groupNotifications(state.notifications), [state.notifications])
  const firstIndex = useFirstIndex(state.notifications, scroller)
  if (state.isLoading) return <Skeleton rows={4} label={intl.formatMessage({ id: 'common.loading' })} />
  if (state.hasError) return <EmptyState title={intl.formatMessage({ id: 'common.loadFailed' })} />
  if (rows.length === 0) {
    return (
      <EmptyState
        icon={<BellOff size={28} aria-hidden="true" />}
        title={intl.formatMessage({ id: 'notifications.empty' })}
        hint={intl.formatMessage({ id: 'notifications.emptyHint' })}
      />
    )
  }
  if (!scroller) return null
  return (
    <Virtuoso
      customScrollParent={scroller}
      data={rows}
      firstItemIndex={firstIndex}
      context={{ state, status: connection.status }}
      computeItemKey={(_, row) => row.notification.id}
      increaseViewportBy={400}
      defaultItemHeight={64}
      components={COMPONENTS}
      itemContent={(_, row) => (
        <NotificationItem row={row} onOpen={onOpen} onMarkRead={(id) => void state.markRead([id])} />
      )}
    />
  )
}

/** More than anybody has. */
const MANY = 10_000_000

/** Goes down by as many as came in while somebody had scrolled down: what they look at stays where it is. */
function useFirstIndex(notifications: readonly NotificationFieldsFragment[], scroller: HTMLElement | null): number {
  const [first, setFirst] = useState(MANY)
  const newestAt = useRef(notifications[0]?.createdAt)
  useLayoutEffect(() => {
    const known = newestAt.current
    newestAt.current = notifications[0]?.createdAt
    if (known === undefined || !scroller || scroller.scrollTop === 0) return
    const count = notifications.findIndex(({ createdAt }) => createdAt <= known)
    if (count > 0) setFirst((before) => before - count)
  }, [notifications, scroller])
  return first
}

type Context = { state: NotificationsState; status: string }

function List(props: ComponentProps<'ul'> & { context?: Context }) {
  const { context: _, ...rest } = props
  const intl = useIntl()
  return <ul {...rest} className={styles.list} aria-label={intl.formatMessage({ id: 'notifications.list' })} />
}

function Item(props: ComponentProps<'li'> & { context?: Context; item?: NotificationRow }) {
  const { context: _, item: __, ...rest } = props
  return <li {...rest} className={styles.entry} />
}

function More({ context }: { context?: Context }) {
  const state = context?.state
  const end = useEndReached<HTMLDivElement>(
    `${state?.notifications.length} ${context?.status}`,
    () => void state?.loadMore(),
  )
  if (!state?.hasMore) return null
  return (
    <div ref={end} className={styles.more}>
      <button type="button" className={controls.button} data-tone="quiet" onClick={() => void state.loadMore()}>
        <FormattedMessage id="common.more" />
      </button>
    </div>
  )
}

const COMPONENTS = { List, Item, Footer: More }
