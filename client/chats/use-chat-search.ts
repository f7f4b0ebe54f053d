import { useEffect, useMemo, useState } from 'react'
import { useClient, useQuery } from 'urql'
import { type ChatFieldsFragment, SearchChatsDocument } from '../graphql/generated/graphql.ts'
import { filterChats } from './search.ts'
import { CHATS_PER_PAGE, type ChatState } from './use-chat.ts'

/** A pause in typing as long as this asks the server. */
const PAUSE_MS = 250

/** The list as it is shown. */
export type ListedChats = {
  chats: readonly ChatFieldsFragment[]
  isLoading: boolean
  hasError: boolean
  hasMore: boolean
  loadMore(): Promise<unknown>
}

/**
 * The viewer's chats, or those a search finds: at once among the ones that are here, then, by the server, among all. Where
 * the server can't be asked the first answer stays.
 */
export function useChatSearch(state: ChatState, search: string): ListedChats {
  const client = useClient()
  const wanted = search.trim()
  const [asked, setAsked] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setAsked(wanted), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [wanted])

  const [found] = useQuery({
    query: SearchChatsDocument,
    variables: { search: asked, first: CHATS_PER_PAGE },
    pause: asked === '',
    // Chats change without the search knowing: what was found earlier is no answer.
    requestPolicy: 'cache-and-network',
  })
  const isAnswered = asked === wanted && found.operation?.variables.search === wanted && found.data !== undefined
  const here = useMemo(
    () => (wanted === '' ? state.chats : filterChats(state.chats, state.viewer?.id, wanted)),
    [state.chats, state.viewer, wanted],
  )
  if (wanted === '') {
    const { isLoading, hasError, hasMoreChats, loadMoreChats } = state
    return { chats: here, isLoading, hasError, hasMore: hasMoreChats, loadMore: loadMoreChats }
  }
  const page = isAnswered ? found.data?.chats : undefined
  return {
    chats: page?.edges.map(({ node }) => node) ?? here,
    isLoading: !page && here.length === 0 && !found.error,
    hasError: !page && here.length === 0 && found.error !== undefined,
    hasMore: page?.pageInfo.hasNextPage ?? false,
    loadMore: () =>
      client
        .query(SearchChatsDocument, {
          search: wanted,
          first: CHATS_PER_PAGE,
          after: page?.pageInfo.endCursor ?? null,
        })
        .toPromise(),
  }
}
