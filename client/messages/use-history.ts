import { useEffect, useEffectEvent, useState } from 'react'
import { useClient } from 'urql'
import { ownReadSeq } from '../chats/people.ts'
import type { ChatFieldsFragment } from '../graphql/generated/graphql.ts'
import { createStore } from '../realtime/store.ts'
import { useStore } from '../session/context.tsx'
import { createHistory, EMPTY_HISTORY, type History, type HistoryState } from './history.ts'

const nothing = createStore(EMPTY_HISTORY)

/**
 * The history of a chat, opened at `atSeq`, else where the viewer stopped reading, else at its end. Null until the chat and
 * its viewer are known.
 */
export function useHistory(
  chat: ChatFieldsFragment | null,
  viewerId: string | undefined,
  atSeq: number | null,
): { history: History | null; state: HistoryState } {
  const client = useClient()
  const [history, setHistory] = useState<History | null>(null)
  const chatId = viewerId === undefined ? undefined : chat?.id
  const open = useEffectEvent(() => {
    if (!chat) return null
    const firstUnread = chat.unreadCount > 0 ? ownReadSeq(chat, viewerId) + 1 : chat.lastSeq
    return createHistory(client, chat.id, chat.lastSeq, atSeq ?? firstUnread)
  })
  useEffect(() => {
    if (chatId === undefined) return
    const opened = open()
    setHistory(opened)
    return () => opened?.close()
  }, [chatId])

  // What another chat left behind is not this one's.
  const current = history !== null && history.chatId === chatId ? history : null
  const lastSeq = chat?.lastSeq ?? 0
  useEffect(() => current?.follow(lastSeq), [current, lastSeq])
  useEffect(() => {
    if (atSeq !== null) current?.jumpTo(atSeq)
  }, [current, atSeq])
  return { history: current, state: useStore(current ? current.state : nothing) }
}
