import { useCallback, useMemo, useRef } from 'react'
import { useClient, useMutation, useQuery } from 'urql'
import {
  ChatDocument,
  type ChatFieldsFragment,
  ChatsDocument,
  DashboardDocument,
  type MessageFieldsFragment,
  MessagesDocument,
  SetChatMutedDocument,
  type UserFieldsFragment,
} from '../graphql/generated/graphql.ts'
import type { ConnectionState } from '../realtime/connection-state.ts'
import { useRefresh, useRetryWhenLive } from '../realtime/use-refresh.ts'
import { useSession, useStore } from '../session/context.tsx'

const CHATS_PER_PAGE = 20
const MESSAGES_PER_PAGE = 40

export type UseChatOptions = {
  /** How often to fetch while the live connection is down. Default 15 000. */
  refreshIntervalMs?: number
  /** The open chat: its messages are kept loaded. */
  chatId?: string | null
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
  messages: MessageFieldsFragment[]
  isLoadingMessages: boolean
  hasMessagesError: boolean
  hasOlderMessages: boolean
  loadOlderMessages(): Promise<void>
  setMuted(chatId: string, muted: boolean): Promise<void>
  refresh(): void
}

/**
 * Chats, the open chat's messages and their unread counters: live by events, fetched every `refreshIntervalMs` while the
 * live connection is down, and live again by itself.
 */
export function useChat({ refreshIntervalMs = 15_000, chatId = null }: UseChatOptions = {}): ChatState {
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
  const [history, refetchMessages] = useQuery({
    query: MessagesDocument,
    variables: { chatId: chatId ?? '', last: MESSAGES_PER_PAGE },
    pause: chatId === null,
  })
  const [, mutateMuted] = useMutation(SetChatMutedDocument)

  const refresh = useCallback(() => {
    refetchDashboard({ requestPolicy: 'network-only' })
    refetchChats({ requestPolicy: 'network-only' })
    if (chatId !== null) refetchMessages({ requestPolicy: 'network-only' })
  }, [refetchDashboard, refetchChats, refetchMessages, chatId])
  useRefresh(refresh, refreshIntervalMs)

  const isPaging = useRef(false)
  const page = useCallback(async (fetchPage: () => PromiseLike<unknown>) => {
    if (isPaging.current) return
    isPaging.current = true
    await fetchPage()
    isPaging.current = false
  }, [])

  // Variables of the previous chat may still be answered: show only what belongs to the open one.
  const messagesData = history.operation?.variables.chatId === chatId ? history.data?.messages : undefined
  const messages = useMemo(() => messagesData?.edges.map(({ node }) => node) ?? [], [messagesData])
  const before = messagesData?.pageInfo.startCursor
  const after = list.data?.chats.pageInfo.endCursor

  const hasError = list.error !== undefined && !list.data
  const hasMessagesError = chatId !== null && history.error !== undefined && !messagesData
  useRetryWhenLive(hasError || hasMessagesError, refresh)

  return {
    viewer: dashboard.data?.viewer ?? null,
    connection,
    chats,
    isLoading: !list.data && !list.error,
    hasError,
    hasMoreChats: list.data?.chats.pageInfo.hasNextPage ?? false,
    loadMoreChats: () =>
      page(() => client.query(ChatsDocument, { first: CHATS_PER_PAGE, after: after ?? null }).toPromise()),
    unreadMessages: dashboard.data?.counters.unreadMessages ?? 0,
    unreadChats: dashboard.data?.counters.unreadChats ?? 0,
    chat: listed ?? (single.data?.chat.id === chatId ? single.data.chat : null),
    messages,
    isLoadingMessages: chatId !== null && !messagesData && !hasMessagesError,
    hasMessagesError,
    hasOlderMessages: messagesData?.pageInfo.hasPreviousPage ?? false,
    loadOlderMessages: () =>
      page(() =>
        client
          .query(MessagesDocument, { chatId: chatId ?? '', last: MESSAGES_PER_PAGE, before: before ?? null })
          .toPromise(),
      ),
    setMuted: async (id, muted) => {
      await mutateMuted({ chatId: id, muted })
      if (connection.status !== 'live') refresh()
    },
    refresh,
  }
}
