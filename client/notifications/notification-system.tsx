import { CheckCheck, Settings, X } from 'lucide-react'
import { type RefObject, useState } from 'react'
import { Dialog, Popover } from 'react-aria-components'
import { FormattedMessage, useIntl } from 'react-intl'
import type { NotificationFieldsFragment } from '../graphql/generated/graphql.ts'
import type { ConnectionState } from '../realtime/connection-state.ts'
import { ConnectionStatus } from '../realtime/connection-status.tsx'
import controls from '../ui/controls.module.css'
import { NotificationList } from './notification-list.tsx'
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
  const [scroller, setScroller] = useState<HTMLElement | null>(null)
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
        <div ref={setScroller} className={styles.scroll} data-scroller tabIndex={-1}>
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
          {scroller && <NotificationList scroller={scroller} state={state} connection={connection} onOpen={open} />}
        </div>
      </Dialog>
    </Popover>
  )
}
