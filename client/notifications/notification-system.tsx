import { BellOff, CheckCheck, Settings, X } from 'lucide-react'
import { type RefObject, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { Dialog, Popover } from 'react-aria-components'
import { FormattedMessage, useIntl } from 'react-intl'
import type { NotificationFieldsFragment } from '../graphql/generated/graphql.ts'
import type { ConnectionState } from '../realtime/connection-state.ts'
import { ConnectionStatus } from '../realtime/connection-status.tsx'
import controls from '../ui/controls.module.css'
import { EmptyState, LoadFailedState } from '../ui/empty-state.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { useEndReached } from '../ui/use-end-reached.ts'
import { groupNotifications } from './grouping.ts'
import { NotificationItem } from './notification-row.tsx'
import { NotificationSettings } from './notification-settings.tsx'
import styles from './notification-system.module.css'
import type { NotificationsState } from './use-notifications.ts'

type Props = {
  isOpen: boolean
  onOpenChange(isOpen: boolean): void
  /** The header's button, which the panel hangs from. */
  triggerRef: RefObject<HTMLButtonElement | null>
  state: NotificationsState
  connection: ConnectionState
  /** A notification was opened; it has been marked read by then. */
  onOpenNotification(notification: NotificationFieldsFragment): void
}

/** The notifications panel: the list, marking read, and the settings. */
export function NotificationSystem(props: Props) {
  const { isOpen, onOpenChange, triggerRef, state, connection, onOpenNotification } = props
  const intl = useIntl()
  const [showsSettings, setShowsSettings] = useState(false)
  const open = (notification: NotificationFieldsFragment) => {
    if (notification.readAt === null) void state.markRead([notification.id])
    onOpenNotification(notification)
  }
  return (
    <Popover
      className={styles.popover ?? ''}
      triggerRef={triggerRef}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      placement="bottom end"
    >
      <Dialog className={styles.dialog ?? ''} aria-label={intl.formatMessage({ id: 'notifications.title' })}>
        <div className={styles.head}>
          <h2>
            <FormattedMessage id="notifications.title" />
          </h2>
          <span className={styles.status}>
            <ConnectionStatus connection={connection} />
          </span>
          <button
            type="button"
            className={controls.iconButton}
            aria-label={intl.formatMessage({ id: 'notifications.settings' })}
            aria-expanded={showsSettings}
            onClick={() => setShowsSettings(!showsSettings)}
          >
            <Settings size={20} aria-hidden="true" />
          </button>
          <button
            type="button"
            className={controls.iconButton}
            aria-label={intl.formatMessage({ id: 'common.close' })}
            onClick={() => onOpenChange(false)}
          >
            <X size={20} aria-hidden="true" />
          </button>
        </div>
        <div className={styles.scroll} data-scroller>
          {showsSettings && <NotificationSettings state={state} />}
          <div className={styles.bar}>
            <button
              type="button"
              className={controls.button}
              data-tone="quiet"
              onClick={() => {
                if (state.unreadNotifications > 0) void state.markRead()
              }}
            >
              <CheckCheck size={18} aria-hidden="true" />
              <FormattedMessage id="notifications.markAll" />
            </button>
          </div>
          <NotificationList state={state} connection={connection} onOpen={open} />
        </div>
      </Dialog>
    </Popover>
  )
}

/** More are rendered when the end of these is reached: the list opens as fast, however much was looked through before. */
const ROWS_AT_ONCE = 40

type ListProps = {
  state: NotificationsState
  connection: ConnectionState
  onOpen(notification: NotificationFieldsFragment): void
}

function NotificationList({ state, connection, onOpen }: ListProps) {
  const intl = useIntl()
  const [shown, setShown] = useState(ROWS_AT_ONCE)
  const rows = useMemo(() => groupNotifications(state.notifications.slice(0, shown)), [state.notifications, shown])
  const showMore = () => {
    setShown(shown + ROWS_AT_ONCE)
    if (state.notifications.length <= shown + ROWS_AT_ONCE) void state.loadMore()
  }
  const end = useEndReached<HTMLLIElement>(`${rows.length} ${connection.status}`, showMore)
  const actions = useSteadyActions(state, onOpen)
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
  return (
    <ul className={styles.list} aria-label={intl.formatMessage({ id: 'notifications.list' })}>
      {rows.map((row) => (
        <NotificationItem key={row.notification.id} row={row} onOpen={actions.open} onMarkRead={actions.markRead} />
      ))}
      {(state.hasMore || state.notifications.length > shown) && (
        <li ref={end} className={styles.more}>
          <button type="button" className={controls.button} data-tone="quiet" onClick={showMore}>
            <FormattedMessage id="common.more" />
          </button>
        </li>
      )}
    </ul>
  )
}

/** The same functions for as long as the list is there, doing what is right by then: rows needn't be rendered for them. */
function useSteadyActions({ markRead }: NotificationsState, onOpen: ListProps['onOpen']) {
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
