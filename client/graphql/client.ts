import { Client, fetchExchange, makeOperation, subscriptionExchange } from '@urql/core'
import { authExchange } from '@urql/exchange-auth'
import { persistedExchange } from '@urql/exchange-persisted'
import type { EventStream } from '../realtime/event-stream.ts'
import { createCacheExchange } from './cache.ts'
import { hashOf } from './document-hash.ts'
import { isUnauthenticated } from './errors.ts'
import { snapshotGuardExchange } from './snapshot-guard.ts'

declare module '@urql/core' {
  interface OperationContext {
    /** The token that went with it. */
    sentToken?: string
  }
}

export type OkoClientOptions = {
  /** Where POST requests go. */
  url: string
  fetch: typeof fetch
  readToken(): string | null
  /** The language the server's messages come in. */
  readLocale(): string
  /** The server refused this token; resolves when a fresh one may be read. */
  onUnauthenticated(refused: string | null): Promise<void>
  stream: EventStream
}

/** The urql client of one viewer: normalised cache, HTTP for queries and mutations, the event stream for the rest. */
export function createOkoClient({ url, fetch, readToken, readLocale, onUnauthenticated, stream }: OkoClientOptions) {
  return new Client({
    url,
    fetch,
    preferGetMethod: false,
    fetchOptions: () => ({ headers: { 'Accept-Language': readLocale() } }),
    exchanges: [
      createCacheExchange(),
      snapshotGuardExchange(stream),
      renewingExchange(readToken, onUnauthenticated),
      subscriptionExchange({
        forwardSubscription: ({ query = '' }, operation) => ({
          subscribe: (sink) => ({ unsubscribe: stream.run({ text: query, hash: hashOf(operation.query) }, sink) }),
        }),
      }),
      // By hash alone; the text follows where a server of another version doesn't know it.
      persistedExchange({
        enableForMutation: true,
        preferGetForPersistedQueries: false,
        generateHash: async (_text, document) => hashOf(document) ?? '',
      }),
      fetchExchange,
    ],
  })
}

/** Sends the token along. What is refused for its token goes out once more with a fresh one, before anybody hears of it. */
const renewingExchange = (
  readToken: OkoClientOptions['readToken'],
  onUnauthenticated: OkoClientOptions['onUnauthenticated'],
) =>
  authExchange(async ({ appendHeaders }) => {
    let refused: string | null = null
    return {
      addAuthToOperation: (operation) => {
        const token = readToken()
        if (!token) return operation
        const authorized = appendHeaders(operation, { Authorization: `Bearer ${token}` })
        return makeOperation(operation.kind, authorized, { ...authorized.context, sentToken: token })
      },
      didAuthError: (error, { context }) => {
        if (!isUnauthenticated(error)) return false
        refused = context.sentToken ?? null
        return true
      },
      refreshAuth: () => onUnauthenticated(refused),
    }
  })
