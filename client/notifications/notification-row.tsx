import { Circle, Megaphone, MessageCircle } from 'lucide-react'
import { type MouseEvent, memo, useLayoutEffect, useRef } from 'react'
import { FormattedMessage, useIntl } from 'react-intl'
import { previewOf } from '../chats/preview.ts'
import type { NotificationFieldsFragment } from '../graphql/generated/graphql.ts'
import controls from '../ui/controls.module.css'
import { formatDay } from '../ui/times.ts'
import type { NotificationRow } from './grouping.ts'
import styles from './notification-system.module.css'

type Props = {
  row: NotificationRow
  onOpen(notification: NotificationFieldsFragment): void
  onMarkRead(id: string): void
  /** For the focus, which outlives the row; returns how to let go of it. */
  attach(element: HTMLElement, id: string): () => void
}

const ICONS = { MESSAGE: MessageCircle, HOST: Megaphone }

/** One notification, with the day and the chat it begins above it; opening it reads it. */
export const NotificationItem = memo(function NotificationItem({ row, onOpen, onMarkRead, attach }: Props) {
  const intl = useIntl()
  const { notification, day, startsGroup } = row
  const ref = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => (ref.current ? attach(ref.current, notification.id) : undefined), [attach, notification.id])
  const isUnread = notification.readAt === null
  const Icon = ICONS[notification.kind]
  const markRead = ({ currentTarget }: MouseEvent<HTMLButtonElement>) => {
    // The button goes; whoever came by the keyboard stays with the notification.
    currentTarget.parentElement?.querySelector('button')?.focus()
    onMarkRead(notification.id)
  }
  return (
    <>
      {day !== null && <h3 className={styles.day}>{formatDay(intl, day)}</h3>}
      {startsGroup && (
        <h4 className={styles.chat}>{notification.chat?.title ?? <FormattedMessage id="notifications.kind.HOST" />}</h4>
      )}
      <div ref={ref} className={styles.item} data-unread={isUnread || undefined}>
        <button type="button" className={styles.open} onClick={() => onOpen(notification)}>
          <span className={styles.icon}>
            <Icon size={20} aria-hidden="true" />
          </span>
          <span className={styles.body}>
            <span className={styles.line}>
              <span className={styles.title}>{notification.title}</span>
              <span className={styles.time}>{intl.formatTime(notification.createdAt)}</span>
            </span>
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
            onClick={markRead}
          >
            <Circle size={16} aria-hidden="true" />
          </button>
        )}
      </div>
    </>
  )
}, isSame)

// Rows are built anew with every change of the list; most say what they said before.
function isSame(before: Props, after: Props): boolean {
  return (
    before.row.notification === after.row.notification &&
    before.row.day === after.row.day &&
    before.row.startsGroup === after.row.startsGroup &&
    before.onOpen === after.onOpen &&
    before.onMarkRead === after.onMarkRead &&
    before.attach === after.attach
  )
}
