import { BellOff, MessagesSquare } from 'lucide-react'
import { FormattedMessage, useIntl } from 'react-intl'
import type { ChatFieldsFragment } from '../graphql/generated/graphql.ts'
import { useSession, useStore } from '../session/context.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { Badge } from '../ui/badge.tsx'
import controls from '../ui/controls.module.css'
import { EmptyState } from '../ui/empty-state.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { formatShort } from '../ui/times.ts'
import styles from './chat-list.module.css'
import { LastMessage } from './last-message.tsx'
import { othersOf } from './people.ts'
import type { ChatState } from './use-chat.ts'

type Props = { state: ChatState; selectedId: string | null; onSelect(chatId: string): void }

/** The viewer's chats, latest activity first; each a button named by its order. */
export function ChatList({ state, selectedId, onSelect }: Props) {
  const intl = useIntl()
  const typing = useStore(useSession().typing.users)
  if (state.isLoading) return <Skeleton rows={6} label={intl.formatMessage({ id: 'common.loading' })} />
  if (state.hasError) return <EmptyState title={intl.formatMessage({ id: 'common.loadFailed' })} />
  if (state.chats.length === 0) {
    return (
      <EmptyState
        icon={<MessagesSquare size={28} aria-hidden="true" />}
        title={intl.formatMessage({ id: 'chats.empty' })}
        hint={intl.formatMessage({ id: 'chats.emptyHint' })}
      />
    )
  }
  return (
    <ul className={styles.list} aria-label={intl.formatMessage({ id: 'chats.list' })}>
      {state.chats.map((chat) => (
        <li key={chat.id}>
          <ChatRow
            chat={chat}
            viewerId={state.viewer?.id}
            isSelected={chat.id === selectedId}
            isTyping={(typing.get(chat.id)?.length ?? 0) > 0}
            onSelect={onSelect}
          />
        </li>
      ))}
      {state.hasMoreChats && (
        <li className={styles.more}>
          <button
            type="button"
            className={controls.button}
            data-tone="quiet"
            onClick={() => void state.loadMoreChats()}
          >
            <FormattedMessage id="common.more" />
          </button>
        </li>
      )}
    </ul>
  )
}

type RowProps = {
  chat: ChatFieldsFragment
  viewerId: string | undefined
  isSelected: boolean
  isTyping: boolean
  onSelect(chatId: string): void
}

function ChatRow({ chat, viewerId, isSelected, isTyping, onSelect }: RowProps) {
  const intl = useIntl()
  const others = othersOf(chat, viewerId)
  return (
    <button type="button" className={styles.row} aria-current={isSelected} onClick={() => onSelect(chat.id)}>
      {others[0] && <Avatar user={others[0]} sizePx={44} />}
      <span className={styles.body}>
        <span className={styles.line}>
          <span className={styles.title}>{chat.title}</span>
          {chat.muted && (
            <BellOff
              className={styles.muted}
              size={14}
              role="img"
              aria-label={intl.formatMessage({ id: 'chats.muted' })}
            />
          )}
        </span>
        <span className={styles.line}>
          <span className={styles.name}>{others.map(({ name }) => name).join(', ')}</span>
          <span className={styles.meta}>{formatShort(intl, chat.lastActivityAt)}</span>
        </span>
        <span className={styles.line}>
          <span className={styles.preview} data-typing={isTyping || undefined}>
            {isTyping ? (
              <FormattedMessage id="messages.typingShort" />
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
  )
}
