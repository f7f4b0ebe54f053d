import { MessagesSquare, Search, SearchX, X } from 'lucide-react'
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import { Button, Input, SearchField } from 'react-aria-components'
import { FormattedMessage, useIntl } from 'react-intl'
import { useSession, useStore } from '../session/context.tsx'
import controls from '../ui/controls.module.css'
import { EmptyState } from '../ui/empty-state.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { useEndReached } from '../ui/use-end-reached.ts'
import styles from './chat-list.module.css'
import { ChatRow } from './chat-row.tsx'
import type { ChatState } from './use-chat.ts'
import { type ListedChats, useChatSearch } from './use-chat-search.ts'

type Props = {
  state: ChatState
  selectedId: string | null
  /** Whose row has the focus when the list appears: the one that was left. */
  focusedId: string | null
  onSelect(chatId: string): void
}

/** The viewer's chats, latest activity first, with a search over all of them. Arrow keys go from chat to chat. */
export function ChatList(props: Props) {
  const intl = useIntl()
  const [search, setSearch] = useState('')
  const listed = useChatSearch(props.state, search)
  const side = useRef<HTMLDivElement>(null)
  const move = (event: KeyboardEvent) => {
    const rows = [...(side.current?.querySelectorAll<HTMLElement>('[data-chat]') ?? [])]
    const at = rows.findIndex((row) => row.contains(event.target as Node))
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key]
    // In the field, Home and End are for the text.
    if (next === undefined || (at < 0 && event.key !== 'ArrowDown')) return
    event.preventDefault()
    if (next < 0) side.current?.querySelector('input')?.focus()
    else rows[Math.min(next, rows.length - 1)]?.focus()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the field and the rows within
    <div ref={side} className={styles.side} onKeyDown={move}>
      <SearchField
        className={styles.search ?? ''}
        aria-label={intl.formatMessage({ id: 'chats.search' })}
        value={search}
        onChange={setSearch}
      >
        <Search size={18} aria-hidden="true" />
        <Input placeholder={intl.formatMessage({ id: 'chats.search' })} maxLength={200} />
        {search !== '' && (
          <Button className={styles.clear ?? ''} aria-label={intl.formatMessage({ id: 'chats.clearSearch' })}>
            <X size={16} aria-hidden="true" />
          </Button>
        )}
      </SearchField>
      <Rows {...props} listed={listed} isSearch={search.trim() !== ''} />
    </div>
  )
}

function Rows({
  state,
  selectedId,
  focusedId,
  onSelect,
  listed,
  isSearch,
}: Props & { listed: ListedChats; isSearch: boolean }) {
  const intl = useIntl()
  const { typing, drafts } = useSession()
  const typingUsers = useStore(typing.users)
  const list = useRef<HTMLUListElement>(null)
  const end = useEndReached<HTMLLIElement>(`${listed.chats.length} ${state.connection.status}`, () => {
    void listed.loadMore()
  })
  const toFocus = useRef(focusedId)
  useLayoutEffect(() => {
    if (toFocus.current === null) return
    list.current?.querySelector<HTMLElement>(`[data-chat="${CSS.escape(toFocus.current)}"]`)?.focus()
    toFocus.current = null
  }, [])

  if (listed.isLoading) return <Skeleton rows={6} label={intl.formatMessage({ id: 'common.loading' })} />
  if (listed.hasError) return <EmptyState title={intl.formatMessage({ id: 'common.loadFailed' })} />
  if (listed.chats.length === 0 && isSearch) {
    return (
      <EmptyState
        icon={<SearchX size={28} aria-hidden="true" />}
        title={intl.formatMessage({ id: 'chats.nothingFound' })}
        hint={intl.formatMessage({ id: 'chats.nothingFoundHint' })}
      />
    )
  }
  if (listed.chats.length === 0) {
    return (
      <EmptyState
        icon={<MessagesSquare size={28} aria-hidden="true" />}
        title={intl.formatMessage({ id: 'chats.empty' })}
        hint={intl.formatMessage({ id: 'chats.emptyHint' })}
      />
    )
  }
  return (
    <ul ref={list} className={styles.list} data-scroller aria-label={intl.formatMessage({ id: 'chats.list' })}>
      {listed.chats.map((chat) => (
        <li key={chat.id} className={styles.item}>
          <ChatRow
            chat={chat}
            viewerId={state.viewer?.id}
            isSelected={chat.id === selectedId}
            isTyping={(typingUsers.get(chat.id)?.length ?? 0) > 0}
            draft={chat.id === selectedId ? '' : drafts.read(chat.id).trim()}
            onSelect={onSelect}
          />
        </li>
      ))}
      {listed.hasMore && (
        <li ref={end} className={styles.more}>
          <button type="button" className={controls.button} data-tone="quiet" onClick={() => void listed.loadMore()}>
            <FormattedMessage id="common.more" />
          </button>
        </li>
      )}
    </ul>
  )
}
