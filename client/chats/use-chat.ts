import { useCallback, useMemo, useRef } from 'react'
import { useClient, useMutation, useQuery } from 'urql'
import {
  ChatDocument,
  type ChatFieldsFragment,
  ChatsDocument,
  DashboardDocument,
  SetChatMutedDocument,
  type UserFieldsFragment,
} from '../graphql/generated/graphql.ts'
import type { HistoryState } from '../messages/history.ts'
import { useHistory } from '../messages/use-history.ts'
import type { ConnectionState } from '../realtime/connection-state.ts'
import { useRefresh, useRetryWhenLive } from '../realtime/use-refresh.ts'
import { useSession, useStore } from '../session/context.tsx'

/** How many chats a page has. */
export const CHATS_PER_PAGE = 20

export type UseChatOptions = {
  /** How often to fetch while the live connection is down. Default 15 000. */
  refreshIntervalMs?: number
  /** The open chat: its messages are kept loaded. */
  chatId?: string | null
  /** Where to open its history, instead of where the viewer stopped reading. */
  atSeq?: number | null
}

/** What useChat gives: lists in the order they are shown, and what can be done with them. */
export type ChatState = {
  viewer: UserFieldsFragment | null
  connection: ConnectionState
  chats: ChatFieldsFragment[]
  /** Nothing to show yet. */
  isLoading: boolean
  hasError: boolean
  hasMoreChats: boolean
  loadMoreChats(): Promise<void>
  unreadMessages: number
  unreadChats: number
  /** The open chat. */
  chat: ChatFieldsFragment | null
  /** Its messages that are held: a part of its history without holes, which `history` tells more of. */
  messages: HistoryState['messages']
  history: HistoryState
  loadOlderMessages(): void
  loadNewerMessages(): void
  /** Moves to where a message is, wherever in the history. */
  jumpToMessage(seq: number): void
  setMuted(chatId: string, muted: boolean): Promise<void>
  refresh(): void
}

/**
 * Chats, the open chat's messages and their unread counters: live by events, fetched every `refreshIntervalMs` while the
 * live connection is down, and live again by itself.
 */
export function useChat({ refreshIntervalMs = 15_000, chatId = null, atSeq = null }: UseChatOptions = {}): ChatState {
  const client = useClient()
  const { stream } = useSession()
  const connection = useStore(stream.state)
  const [dashboard, refetchDashboard] = useQuery({ query: DashboardDocument })
  const [list, refetchChats] = useQuery({ query: ChatsDocument, variables: { first: CHATS_PER_PAGE } })
  const chats = useMemo(() => list.data?.chats.edges.map(({ node }) => node) ?? [], [list.data])
  const listed = chats.find(({ id }) => id === chatId) ?? null
  // A chat beyond the loaded pages, reached by a notification or a link.
  const [single] = useQuery({
    query: ChatDocument,
    variables: { id: chatId ?? '' },
    pause: chatId === null || listed !== null || !list.data,
  })
  const chat = listed ?? (single.data?.chat.id === chatId ? single.data.chat : null)
  const viewer = dashboard.data?.viewer ?? null
  const { history, state: historyState } = useHistory(chat, viewer?.id, atSeq)
  const [, mutateMuted] = useMutation(SetChatMutedDocument)

  const refreshLists = useCallback(() => {
    refetchDashboard({ requestPolicy: 'network-only' })
    refetchChats({ requestPolicy: 'network-only' })
  }, [refetchDashboard, refetchChats])
  const refresh = useCallback(() => {
    refreshLists()
    history?.refresh()
  }, [refreshLists, history])
  useRefresh(refresh, refreshIntervalMs)

  const isPaging = useRef(false)
  const page = useCallback(async (fetchPage: () => PromiseLike<unknown>) => {
    if (isPaging.current) return
    isPaging.current = true
    await fetchPage()
    isPaging.current = false
  }, [])

  // The same function for as long as may be: rows that show what they showed aren't rendered again for it.
  const setMuted = useCallback(
    async (id: string, muted: boolean) => {
      await mutateMuted({ chatId: id, muted })
      if (stream.state.get().status !== 'live') refreshLists()
    },
    [mutateMuted, stream, refreshLists],
  )

  const after = list.data?.chats.pageInfo.endCursor

  const hasError = list.error !== undefined && !list.data
  useRetryWhenLive(hasError, refresh)
  useRetryWhenLive(historyState.hasFailed, () => history?.retry())

  return {
    viewer,
    connection,
    chats,
    isLoading: !list.data && !list.error,
    hasError,
    hasMoreChats: list.data?.chats.pageInfo.hasNextPage ?? false,
    loadMoreChats: () =>
      page(() => client.query(ChatsDocument, { first: CHATS_PER_PAGE, after: after ?? null }).toPromise()),
    unreadMessages: dashboard.data?.counters.unreadMessages ?? 0,
    unreadChats: dashboard.data?.counters.unreadChats ?? 0,
    chat,
    messages: historyState.messages,
    history: historyState,
    loadOlderMessages: () => history?.loadOlder(),
    loadNewerMessages: () => history?.loadNewer(),
    jumpToMessage: (seq) => history?.jumpTo(seq),
    setMuted,
    refresh,
  }
}
