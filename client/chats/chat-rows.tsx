import {
  type CSSProperties,
  type RefObject,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { flushSync } from 'react-dom'
import { FormattedMessage, useIntl } from 'react-intl'
import { useSession, useStore } from '../session/context.tsx'
import controls from '../ui/controls.module.css'
import { useEndReached } from '../ui/use-end-reached.ts'
import styles from './chat-list.module.css'
import { ChatRow } from './chat-row.tsx'
import type { ChatState } from './use-chat.ts'
import type { ListedChats } from './use-chat-search.ts'
import { useRowsInView } from './use-rows-in-view.ts'

/** Every row's height: its place in a list however long is known without laying the others out. */
const ROW_PX = 78

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
  /** Whose row has the focus when the list appears. */
  focusedId: string | null
  onSelect(chatId: string, isSelected: boolean): void
}

/** The rows of the list, of which those in view, some around, and the one that has the focus are in the document. */
export function ChatRows({ ref, state, listed, selectedId, focusedId, onSelect }: Props) {
  const { chats } = listed
  const intl = useIntl()
  const { typing, drafts } = useSession()
  const typingUsers = useStore(typing.users)
  const list = useRef<HTMLUListElement>(null)
  const end = useEndReached<HTMLLIElement>(`${chats.length} ${state.connection.status}`, () => void listed.loadMore())
  const inView = useRowsInView(list, ROW_PX)
  // The row with the focus stays where it is scrolled out of view: the keys go on from there.
  const [keptId, setKeptId] = useState(focusedId)
  const shown = useMemo(
    () =>
      chats
        .map((chat, index) => ({ chat, index }))
        .filter(({ chat, index }) => (index >= inView.first && index < inView.end) || chat.id === keptId),
    [chats, inView, keptId],
  )

  const rowOf = (id: string) => list.current?.querySelector<HTMLElement>(`[data-chat="${CSS.escape(id)}"]`)
  useImperativeHandle(ref, () => ({
    focus: (index) => {
      const id = chats[index]?.id
      if (id === undefined) return
      flushSync(() => setKeptId(id))
      rowOf(id)?.focus()
    },
    focusedIndex: () => {
      const root = list.current?.getRootNode() as Document | ShadowRoot | undefined
      const id = chatIdOf(root?.activeElement)
      return chats.findIndex((chat) => chat.id === id)
    },
  }))
  const toFocus = useRef(focusedId)
  useLayoutEffect(() => {
    const row = toFocus.current === null ? null : rowOf(toFocus.current)
    toFocus.current = null
    row?.scrollIntoView({ block: 'center' })
    row?.focus()
  })
  useSteadyPlace(list, chats)

  return (
    <ul
      ref={list}
      className={styles.list}
      data-scroller
      aria-label={intl.formatMessage({ id: 'chats.list' })}
      style={{ '--oko-rows-height': `${chats.length * ROW_PX}px` } as CSSProperties}
      onFocus={({ target }) => setKeptId(chatIdOf(target) ?? null)}
    >
      {shown.map(({ chat, index }) => (
        <li
          key={chat.id}
          className={styles.item}
          style={{ top: index * ROW_PX, height: ROW_PX }}
          aria-posinset={index + 1}
          // Of a list that goes on, nobody knows how long it is.
          aria-setsize={listed.hasMore ? -1 : chats.length}
        >
          <ChatRow
            chat={chat}
            viewerId={state.viewer?.id}
            isSelected={chat.id === selectedId}
            isTyping={(typingUsers.get(chat.id)?.length ?? 0) > 0}
            draft={chat.id === selectedId ? '' : drafts.read(chat.id).trim()}
            onSelect={onSelect}
            onSetMuted={state.setMuted}
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

const chatIdOf = (element: Element | null | undefined) =>
  element?.closest('li')?.querySelector<HTMLElement>('[data-chat]')?.dataset.chat

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
