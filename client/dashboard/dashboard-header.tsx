import { Bell, ChartNoAxesColumn, Eye, MessageCircle } from 'lucide-react'
import type { Ref } from 'react'
import { useIntl } from 'react-intl'
import type { ConnectionState } from '../realtime/connection-state.ts'
import { ConnectionStatus } from '../realtime/connection-status.tsx'
import { Badge } from '../ui/badge.tsx'
import controls from '../ui/controls.module.css'
import styles from './dashboard-header.module.css'
import { ViewerMenu } from './viewer-menu.tsx'

type Props = {
  viewer: { id: string; name: string; avatarUrl?: string | null } | null
  /** null while a dialog on top shows it instead. */
  connection: ConnectionState | null
  unreadMessages: number
  unreadNotifications: number
  onOpenMessages(): void
  onToggleNotifications(): void
  /** Somebody is about to press: the pointer or the focus is there. */
  onMessagesIntent(): void
  onNotificationsIntent(): void
  /** For the marketplace's own people alone. */
  onOpenStaffView?: (() => void) | undefined
  isMessagesOpen: boolean
  isNotificationsOpen: boolean
  /** What the notifications panel is placed at. */
  notificationsButtonRef?: Ref<HTMLButtonElement>
}

/** The bar above the dashboard: messages and notifications with their live unread counters, and the viewer's menu. */
export function DashboardHeader(props: Props) {
  const { viewer, connection, unreadMessages, unreadNotifications } = props
  const intl = useIntl()
  return (
    <header className={styles.header}>
      <span className={styles.mark}>
        <Eye size={22} aria-hidden="true" />
        <span className={styles.name}>Oko</span>
      </span>
      <span className={styles.status}>{connection && <ConnectionStatus connection={connection} />}</span>
      {props.onOpenStaffView && (
        <button
          type="button"
          className={controls.iconButton}
          aria-label={intl.formatMessage({ id: 'staff.open' })}
          aria-haspopup="dialog"
          onClick={props.onOpenStaffView}
        >
          <ChartNoAxesColumn size={20} aria-hidden="true" />
        </button>
      )}
      <button
        type="button"
        className={controls.iconButton}
        aria-label={intl.formatMessage({ id: 'header.messages' }, { count: unreadMessages })}
        aria-haspopup="dialog"
        aria-expanded={props.isMessagesOpen}
        onClick={props.onOpenMessages}
        onPointerEnter={props.onMessagesIntent}
        onFocus={props.onMessagesIntent}
      >
        <MessageCircle size={20} aria-hidden="true" />
        <Badge count={unreadMessages} isCorner />
      </button>
      <button
        ref={props.notificationsButtonRef}
        type="button"
        className={controls.iconButton}
        aria-label={intl.formatMessage({ id: 'header.notifications' }, { count: unreadNotifications })}
        aria-haspopup="dialog"
        aria-expanded={props.isNotificationsOpen}
        onClick={props.onToggleNotifications}
        onPointerEnter={props.onNotificationsIntent}
        onFocus={props.onNotificationsIntent}
      >
        <Bell size={20} aria-hidden="true" />
        <Badge count={unreadNotifications} isCorner />
      </button>
      {viewer && <ViewerMenu viewer={viewer} />}
    </header>
  )
}
