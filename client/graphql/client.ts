import { Client, fetchExchange, mapExchange, subscriptionExchange } from '@urql/core'
import type { EventStream } from '../realtime/event-stream.ts'
import { createCacheExchange } from './cache.ts'
import { isUnauthenticated } from './errors.ts'
import { snapshotGuardExchange } from './snapshot-guard.ts'

export type OkoClientOptions = {
  /** Where POST requests go. */
  url: string
  fetch: typeof fetch
  readToken(): string | null
  /** The language the server's messages come in. */
  readLocale(): string
  onUnauthenticated(): void
  stream: EventStream
}

/** The urql client of one viewer: normalised cache, HTTP for queries and mutations, the event stream for the rest. */
export function createOkoClient({ url, fetch, readToken, readLocale, onUnauthenticated, stream }: OkoClientOptions) {
  return new Client({
    url,
    fetch,
    preferGetMethod: false,
    fetchOptions: () => {
      const token = readToken()
      return { headers: { 'Accept-Language': readLocale(), ...(token ? { Authorization: `Bearer ${token}` } : {}) } }
    },
    exchanges: [
      mapExchange({
        onError: (error) => {
          if (isUnauthenticated(error)) onUnauthenticated()
        },
      }),
      createCacheExchange(),
      snapshotGuardExchange(stream),
      subscriptionExchange({
        forwardSubscription: ({ query }) => ({
          subscribe: (sink) => ({ unsubscribe: stream.run(query ?? '', sink) }),
        }),
      }),
      fetchExchange,
    ],
  })
}
