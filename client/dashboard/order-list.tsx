import { memo, useState } from 'react'
import { FormattedMessage, useIntl } from 'react-intl'
import { LastMessage } from '../chats/last-message.tsx'
import { othersOf } from '../chats/people.ts'
import { CHATS_PER_PAGE, type ChatState } from '../chats/use-chat.ts'
import type { ChatFieldsFragment } from '../graphql/generated/graphql.ts'
import { Avatar } from '../ui/avatar.tsx'
import controls from '../ui/controls.module.css'
import { EmptyState, LoadFailedState } from '../ui/empty-state.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { formatShort } from '../ui/times.ts'
import styles from './order-list.module.css'

type Props = {
  state: ChatState
  onOpenChat(chatId: string): void
  /** Somebody is about to. */
  onIntent(): void
}

/** Stands for the host's own page behind the header: the viewer's orders, each with a way into its chat. */
export function OrderList({ state, onOpenChat, onIntent }: Props) {
  const intl = useIntl()
  // The messenger may have brought many more.
  const [shown, setShown] = useState(CHATS_PER_PAGE)
  const showMore = () => {
    setShown(shown + CHATS_PER_PAGE)
    if (state.chats.length <= shown) void state.loadMoreChats()
  }
  return (
    <main className={styles.page}>
      <h1>
        <FormattedMessage id="orders.title" />
      </h1>
      {state.isLoading && <Skeleton rows={4} label={intl.formatMessage({ id: 'common.loading' })} />}
      {state.hasError && <LoadFailedState />}
      {!state.isLoading && !state.hasError && state.chats.length === 0 && (
        <EmptyState
          title={intl.formatMessage({ id: 'orders.empty' })}
          hint={intl.formatMessage({ id: 'orders.emptyHint' })}
        />
      )}
      <ul className={styles.cards}>
        {state.chats.slice(0, shown).map((chat) => (
          <OrderCard
            key={chat.id}
            chat={chat}
            viewerId={state.viewer?.id}
            onOpenChat={onOpenChat}
            onIntent={onIntent}
          />
        ))}
      </ul>
      {(state.hasMoreChats || state.chats.length > shown) && (
        <div className={styles.more}>
          <button type="button" className={controls.button} onClick={showMore}>
            <FormattedMessage id="common.more" />
          </button>
        </div>
      )}
    </main>
  )
}

type CardProps = { chat: ChatFieldsFragment; viewerId: string | undefined } & Pick<Props, 'onOpenChat' | 'onIntent'>

const OrderCard = memo(function OrderCard({ chat, viewerId, onOpenChat, onIntent }: CardProps) {
  const intl = useIntl()
  const others = othersOf(chat, viewerId)
  return (
    <li className={styles.card}>
      <span className={styles.reference}>
        <span>{chat.externalRef}</span>
        <span>{formatShort(intl, chat.lastActivityAt)}</span>
      </span>
      <h2>{chat.title}</h2>
      {others[0] && (
        <span className={styles.person}>
          <Avatar user={others[0]} sizePx={24} />
          <span>{others.map(({ name }) => name).join(', ')}</span>
        </span>
      )}
      <p className={styles.last}>
        <LastMessage chat={chat} viewerId={viewerId} />
      </p>
      <span className={styles.foot}>
        <span className={styles.unread}>
          {chat.unreadCount > 0 && <FormattedMessage id="orders.unread" values={{ count: chat.unreadCount }} />}
        </span>
        <button
          type="button"
          className={controls.button}
          aria-label={intl.formatMessage({ id: 'orders.open' }, { title: chat.title })}
          onClick={() => onOpenChat(chat.id)}
          onPointerEnter={onIntent}
          onFocus={onIntent}
        >
          <FormattedMessage id="orders.openShort" />
        </button>
      </span>
    </li>
  )
})
