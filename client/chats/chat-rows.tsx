import {
  type ComponentProps,
  type RefObject,
  useCallback,
  useEffectEvent,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { FormattedMessage, useIntl } from 'react-intl'
import { Virtuoso, type VirtuosoHandle } from 'react-virtuoso'
import { useSession, useStore } from '../session/context.tsx'
import controls from '../ui/controls.module.css'
import { useEndReached } from '../ui/use-end-reached.ts'
import styles from './chat-list.module.css'
import { ChatRow } from './chat-row.tsx'
import type { ChatState } from './use-chat.ts'
import type { ListedChats } from './use-chat-search.ts'

/** Every row's height, as chat-list.module.css has it: places in a long list are known without laying it out. */
const ROW_PX = 78
const OVERSCAN_PX = 6 * ROW_PX

export type ChatRowsHandle = {
  /** Where the row is that has the focus, or has it within; -1 where none has. */
  focusedIndex(): number
  /** Brings a row into view and gives it the focus. */
  focus(index: number): void
}

type Props = {
  ref: RefObject<ChatRowsHandle | null>
  state: ChatState
  listed: ListedChats
  selectedId: string | null
  focusedId: string | null
  onSelect(chatId: string): void
}

/** The rows of the list, of which only those in view, and some around, are in the document. */
export function ChatRows({ ref, state, listed, selectedId, focusedId, onSelect }: Props) {
  const { chats } = listed
  const { typing, drafts } = useSession()
  const typingUsers = useStore(typing.users)
  const list = useRef<VirtuosoHandle>(null)
  const scroller = useRef<HTMLElement | null>(null)
  const rowOf = (id: string | undefined) =>
    scroller.current?.querySelector<HTMLElement>(`[data-chat="${CSS.escape(id ?? '')}"]`)
  const focus = (index: number) => {
    const id = chats[index]?.id
    if (rowOf(id)) return rowOf(id)?.focus()
    list.current?.scrollToIndex({ index, align: 'center' })
    // It comes with the frame after.
    requestAnimationFrame(() => requestAnimationFrame(() => rowOf(id)?.focus()))
  }
  const focusedIndex = () => {
    const root = scroller.current?.getRootNode() as Document | ShadowRoot | undefined
    const id = root?.activeElement?.closest('li')?.querySelector<HTMLElement>('[data-chat]')?.dataset.chat
    return chats.findIndex((chat) => chat.id === id)
  }
  useImperativeHandle(ref, () => ({ focus, focusedIndex }))
  const [start] = useState(() => ({
    index: Math.max(
      0,
      chats.findIndex(({ id }) => id === focusedId),
    ),
    align: 'center' as const,
  }))
  const focusLeft = useEffectEvent(() => rowOf(focusedId ?? undefined)?.focus())
  useLayoutEffect(() => {
    // The rows come a frame after their list.
    const frame = requestAnimationFrame(() => focusLeft())
    return () => cancelAnimationFrame(frame)
  }, [])
  useSteadyPlace(scroller, chats)

  return (
    <Virtuoso
      ref={list}
      scrollerRef={useCallback((element: HTMLElement | Window | null) => {
        scroller.current = element instanceof HTMLElement ? element : null
      }, [])}
      className={styles.list ?? ''}
      data-scroller
      tabIndex={-1}
      data={chats}
      context={{ listed, status: state.connection.status }}
      fixedItemHeight={ROW_PX}
      increaseViewportBy={OVERSCAN_PX}
      initialTopMostItemIndex={start}
      computeItemKey={(_, chat) => chat.id}
      components={COMPONENTS}
      itemContent={(_, chat) => (
        <ChatRow
          chat={chat}
          viewerId={state.viewer?.id}
          isSelected={chat.id === selectedId}
          isTyping={(typingUsers.get(chat.id)?.length ?? 0) > 0}
          draft={chat.id === selectedId ? '' : drafts.read(chat.id).trim()}
          onSelect={onSelect}
          onSetMuted={(id, muted) => void state.setMuted(id, muted)}
        />
      )}
    />
  )
}

/** Whoever has scrolled down keeps what they look at where it is, when a chat moves to the top over it. */
function useSteadyPlace(scroller: RefObject<HTMLElement | null>, chats: ListedChats['chats']) {
  const before = useRef(chats)
  useLayoutEffect(() => {
    const [previous, element] = [before.current, scroller.current]
    before.current = chats
    if (!element || previous === chats || element.scrollTop < ROW_PX) return
    const top = Math.ceil(element.scrollTop / ROW_PX)
    const places = new Map(chats.map(({ id }, index) => [id, index]))
    // Most of what is in view has moved by as much; what has moved by more is the chat that something happened in.
    const shifts = previous.slice(top, top + 3).map(({ id }, index) => (places.get(id) ?? 0) - (top + index))
    const [, shift = 0] = shifts.toSorted((a, b) => a - b)
    if (shift !== 0) element.scrollTop += shift * ROW_PX
  }, [chats, scroller])
}

type Context = { listed: ListedChats; status: string }

function List(props: ComponentProps<'ul'> & { context?: Context }) {
  const { context: _, ...rest } = props
  const intl = useIntl()
  return <ul {...rest} className={styles.rows} aria-label={intl.formatMessage({ id: 'chats.list' })} />
}

function Item(props: ComponentProps<'li'> & { context?: Context; item?: unknown; 'data-index'?: number }) {
  const { context, item: _, ...rest } = props
  // Of a list that goes on, nobody knows how long it is.
  const size = context?.listed.hasMore ? -1 : context?.listed.chats.length
  return <li {...rest} className={styles.item} aria-posinset={Number(props['data-index']) + 1} aria-setsize={size} />
}

function More({ context }: { context?: Context }) {
  const listed = context?.listed
  const end = useEndReached<HTMLDivElement>(`${listed?.chats.length} ${context?.status}`, () => void listed?.loadMore())
  if (!listed?.hasMore) return null
  return (
    <div ref={end} className={styles.more}>
      <button type="button" className={controls.button} data-tone="quiet" onClick={() => void listed.loadMore()}>
        <FormattedMessage id="common.more" />
      </button>
    </div>
  )
}

const COMPONENTS = { List, Item, Footer: More }
