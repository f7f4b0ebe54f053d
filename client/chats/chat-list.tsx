import { MessagesSquare, Search, SearchX, X } from 'lucide-react'
import { type KeyboardEvent, type RefObject, useRef, useState } from 'react'
import { Button, Input, SearchField } from 'react-aria-components'
import { useIntl } from 'react-intl'
import { EmptyState, LoadFailedState } from '../ui/empty-state.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import styles from './chat-list.module.css'
import { ChatRows, type ChatRowsHandle } from './chat-rows.tsx'
import type { ChatState } from './use-chat.ts'
import { type ListedChats, useChatSearch } from './use-chat-search.ts'

type Props = {
  state: ChatState
  selectedId: string | null
  /** Whose row has the focus when the list appears: the one that was left. */
  focusedId: string | null
  /** A row was pressed; `isSelected`: of the chat that is open already. */
  onSelect(chatId: string, isSelected: boolean): void
}

/** The viewer's chats, latest activity first, with a search over all of them. Arrow keys go from chat to chat. */
export function ChatList(props: Props) {
  const intl = useIntl()
  const [search, setSearch] = useState('')
  const listed = useChatSearch(props.state, search)
  const side = useRef<HTMLDivElement>(null)
  const rows = useRef<ChatRowsHandle>(null)
  const move = (event: KeyboardEvent) => {
    const at = rows.current?.focusedIndex() ?? -1
    const last = listed.chats.length - 1
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: last }[event.key]
    // In the field, Home and End are for the text.
    if (next === undefined || (at < 0 && event.key !== 'ArrowDown')) return
    event.preventDefault()
    if (next < 0) side.current?.querySelector('input')?.focus()
    else rows.current?.focus(Math.min(next, last))
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
      <Content {...props} rows={rows} listed={listed} isSearch={search.trim() !== ''} />
    </div>
  )
}

type ContentProps = Props & { rows: RefObject<ChatRowsHandle | null>; listed: ListedChats; isSearch: boolean }

function Content({ rows, listed, isSearch, ...props }: ContentProps) {
  const intl = useIntl()
  if (listed.isLoading) return <Skeleton rows={6} label={intl.formatMessage({ id: 'common.loading' })} />
  if (listed.hasError) return <LoadFailedState />
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
  return <ChatRows ref={rows} listed={listed} {...props} />
}
