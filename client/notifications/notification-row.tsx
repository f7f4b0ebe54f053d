import { Circle, Megaphone, MessageCircle } from 'lucide-react'
import { FormattedMessage, useIntl } from 'react-intl'
import { previewOf } from '../chats/preview.ts'
import type { NotificationFieldsFragment } from '../graphql/generated/graphql.ts'
import controls from '../ui/controls.module.css'
import { formatShort } from '../ui/times.ts'
import styles from './notification-system.module.css'

type Props = {
  notification: NotificationFieldsFragment
  onOpen(notification: NotificationFieldsFragment): void
  onMarkRead(id: string): void
}

const ICONS = { MESSAGE: MessageCircle, HOST: Megaphone }

/** One notification; opening it reads it. */
export function NotificationRow({ notification, onOpen, onMarkRead }: Props) {
  const intl = useIntl()
  const isUnread = notification.readAt === null
  const Icon = ICONS[notification.kind]
  return (
    <li className={styles.item} data-unread={isUnread || undefined}>
      <button type="button" className={styles.open} onClick={() => onOpen(notification)}>
        <span className={styles.icon}>
          <Icon size={20} aria-hidden="true" />
        </span>
        <span className={styles.body}>
          <span className={styles.line}>
            <span className={styles.title}>{notification.title}</span>
            <span className={styles.time}>{formatShort(intl, notification.createdAt)}</span>
          </span>
          {notification.kind === 'MESSAGE' && notification.chat && (
            <span className={styles.about}>{notification.chat.title}</span>
          )}
          {notification.body && <span className={styles.text}>{previewOf(notification.body)}</span>}
          {isUnread && (
            <span className={controls.srOnly}>
              <FormattedMessage id="notifications.unread" />
            </span>
          )}
        </span>
      </button>
      {isUnread && (
        <button
          type="button"
          className={`${controls.iconButton} ${styles.markOne}`}
          aria-label={intl.formatMessage({ id: 'notifications.markOne' })}
          title={intl.formatMessage({ id: 'notifications.markOne' })}
          onClick={() => onMarkRead(notification.id)}
        >
          <Circle size={16} aria-hidden="true" />
        </button>
      )}
    </li>
  )
}
