import { Bell, BellOff } from 'lucide-react'
import { memo, useId } from 'react'
import { FormattedMessage, useIntl } from 'react-intl'
import type { ChatFieldsFragment } from '../graphql/generated/graphql.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Badge } from '../ui/badge.tsx'
import controls from '../ui/controls.module.css'
import { formatShort } from '../ui/times.ts'
import styles from './chat-list.module.css'
import { LastMessage } from './last-message.tsx'
import { othersOf } from './people.ts'
import { previewOf } from './preview.ts'

type Props = {
  chat: ChatFieldsFragment
  viewerId: string | undefined
  isSelected: boolean
  isTyping: boolean
  /** What the viewer has written here and not sent. */
  draft: string
  onSelect(chatId: string, isSelected: boolean): void
  onSetMuted(chatId: string, muted: boolean): void
}

/**
 * A chat in the list: a button named by its order, and a switch that mutes it. The switch is always seen where it is on,
 * else when the row is pointed at or has the focus; on touch screens always.
 */
export const ChatRow = memo(function ChatRow(props: Props) {
  const { chat, viewerId, isSelected, isTyping, draft, onSelect, onSetMuted } = props
  const intl = useIntl()
  const others = othersOf(chat, viewerId)
  const titleId = useId()
  const Bells = chat.muted ? BellOff : Bell
  return (
    <>
      <button
        type="button"
        className={styles.row}
        aria-current={isSelected}
        data-chat={chat.id}
        onClick={() => onSelect(chat.id, isSelected)}
      >
        {others[0] && <Avatar user={others[0]} sizePx={44} />}
        <span className={styles.body}>
          <span className={styles.line}>
            <span id={titleId} className={styles.title} title={chat.title}>
              {chat.title}
            </span>
            <span className={styles.meta}>{formatShort(intl, chat.lastActivityAt)}</span>
            {chat.muted && (
              <span className={controls.srOnly}>
                <FormattedMessage id="chats.muted" />
              </span>
            )}
          </span>
          <span className={styles.line}>
            <span className={styles.name}>
              {others.map(({ name }) => name).join(', ')}
              {others.length === 1 && others[0]?.online && (
                <span className={controls.srOnly}>
                  {', '}
                  <FormattedMessage id="person.online" />
                </span>
              )}
            </span>
          </span>
          <span className={styles.line}>
            <span className={styles.preview} data-tone={isTyping ? 'typing' : draft !== '' ? 'draft' : undefined}>
              {isTyping ? (
                <FormattedMessage id="messages.typingShort" />
              ) : draft !== '' ? (
                <FormattedMessage id="chats.draft" values={{ text: previewOf(draft) }} />
              ) : (
                <LastMessage chat={chat} viewerId={viewerId} />
              )}
            </span>
            {chat.unreadCount > 0 && (
              <span className={controls.srOnly}>
                <FormattedMessage id="chats.unread" values={{ count: chat.unreadCount }} />
              </span>
            )}
            <Badge count={chat.unreadCount} isMuted={chat.muted} />
          </span>
        </span>
      </button>
      <button
        type="button"
        role="switch"
        className={styles.mute}
        aria-checked={chat.muted}
        aria-label={intl.formatMessage({ id: 'chats.muted' })}
        aria-describedby={titleId}
        title={intl.formatMessage({ id: chat.muted ? 'chats.unmute' : 'chats.mute' })}
        onClick={() => onSetMuted(chat.id, !chat.muted)}
      >
        <Bells size={16} aria-hidden="true" />
      </button>
    </>
  )
})
