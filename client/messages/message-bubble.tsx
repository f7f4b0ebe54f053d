import { memo } from 'react'
import { FormattedMessage, FormattedTime } from 'react-intl'
import type { MessageFieldsFragment } from '../graphql/generated/graphql.ts'
import type { ConnectionState } from '../realtime/connection-state.ts'
import { Avatar } from '../ui/avatar.tsx'
import controls from '../ui/controls.module.css'
import { DeliveryMark } from './delivery-mark.tsx'
import { MessageActions } from './message-actions.tsx'
import styles from './message-bubble.module.css'
import { MessageText } from './message-text.tsx'
import type { OutboxItem } from './outbox.ts'
import type { Delivery } from './timeline.ts'

type MessageProps = {
  message: MessageFieldsFragment
  delivery: Delivery
  startsGroup: boolean
  onEdit(message: MessageFieldsFragment): void
  onDelete(message: MessageFieldsFragment): void
}

/** One message of the history. `delivery` is null for other people's. */
export const MessageBubble = memo(function MessageBubble(props: MessageProps) {
  const { message, delivery, startsGroup, onEdit, onDelete } = props
  const isOwn = delivery !== null
  const actions = message.deletedAt === null && (
    <MessageActions
      onCopy={() => void navigator.clipboard?.writeText(message.text)}
      onEdit={isOwn ? () => onEdit(message) : undefined}
      onDelete={isOwn ? () => onDelete(message) : undefined}
    />
  )
  return (
    <div
      className={styles.row}
      data-own={isOwn || undefined}
      data-starts-group={startsGroup || undefined}
      data-seq={message.seq}
    >
      {isOwn ? (
        actions
      ) : (
        <span className={styles.face}>{startsGroup && <Avatar user={message.author} sizePx={32} />}</span>
      )}
      <div className={styles.bubble}>
        {/* Seen by its place and colour; told to those who hear it. */}
        <span className={!isOwn && startsGroup ? styles.author : controls.srOnly}>{message.author.name}</span>
        {message.deletedAt ? (
          <span className={styles.deleted}>
            <FormattedMessage id="chats.deleted" />
          </span>
        ) : (
          <MessageText text={message.text} />
        )}
        <span className={styles.meta}>
          {message.editedAt && !message.deletedAt && (
            <span>
              <FormattedMessage id="messages.edited" />
            </span>
          )}
          <FormattedTime value={message.createdAt} />
          <DeliveryMark delivery={message.deletedAt ? null : delivery} />
        </span>
      </div>
      {!isOwn && actions}
    </div>
  )
})

type OutgoingProps = {
  item: OutboxItem
  connection: ConnectionState
  startsGroup: boolean
  onRetry(): void
  onDiscard(clientMessageId: string): void
}

/** Calm while it sends itself or waits for the connection; a failure only where the connection lives and it is late. */
function deliveryOf(item: OutboxItem, { status }: ConnectionState): 'sending' | 'waiting' | 'failed' {
  if (status === 'live') return item.isLate ? 'failed' : 'sending'
  return status === 'offline' || item.isLate ? 'waiting' : 'sending'
}

/** A message on its way: shown at once, with what became of it. */
export function OutgoingBubble({ item, connection, startsGroup, onRetry, onDiscard }: OutgoingProps) {
  const delivery = deliveryOf(item, connection)
  return (
    <div className={styles.row} data-own data-starts-group={startsGroup || undefined}>
      <div className={styles.bubble}>
        <MessageText text={item.text} />
        <span className={styles.meta} data-tone={delivery === 'failed' ? 'danger' : undefined}>
          <FormattedTime value={item.createdAt} />
          <DeliveryMark delivery={delivery} />
        </span>
        {delivery !== 'sending' && (
          <span className={styles.unsent} data-tone={delivery === 'failed' ? 'danger' : undefined}>
            <FormattedMessage id={`messages.${delivery}`} />
            {delivery === 'failed' && (
              <button type="button" onClick={onRetry}>
                <FormattedMessage id="messages.retry" />
              </button>
            )}
            <button type="button" onClick={() => onDiscard(item.clientMessageId)}>
              <FormattedMessage id="messages.discard" />
            </button>
          </span>
        )}
      </div>
    </div>
  )
}
