import type { Client } from '@urql/core'
import { createOkoClient } from '../graphql/client.ts'
import { EventsDocument } from '../graphql/generated/graphql.ts'
import { createDrafts, type Drafts } from '../messages/drafts.ts'
import { createOutbox, type Outbox, type OutboxOptions } from '../messages/outbox.ts'
import { createOutboxStorage } from '../messages/outbox-storage.ts'
import type { Refusal } from '../messages/refusal.ts'
import { sendItem } from '../messages/send.ts'
import { createEventStream, type EventStream, type EventStreamOptions } from '../realtime/event-stream.ts'
import { createNetwork, type Network } from '../realtime/network.ts'
import { createStore, type Store } from '../realtime/store.ts'
import { createTyping, type Typing } from '../realtime/typing.ts'
import { browserStorage, type SafeStorage } from './storage.ts'
import { subjectOf, type TokenSource } from './token.ts'

export type SessionOptions = {
  /** Path or address of the API; its WebSocket is the same with ws(s). */
  graphqlUrl: string
  tokens: TokenSource
  readLocale(): string
  storage?: SafeStorage
  network?: Network
  stream?: Pick<EventStreamOptions, 'minRetryMs' | 'maxRetryMs' | 'webSocketImpl'>
  outbox?: Pick<OutboxOptions, 'minRetryMs' | 'patienceMs'>
}

/** Everything the dashboard of one viewer holds that outlives a component: connections, cache, outbox, drafts. */
export type Session = {
  client: Client
  network: Network
  stream: EventStream
  outbox: Outbox
  drafts: Drafts
  typing: Typing
  storage: SafeStorage
  /** The last refused text of each chat, until it is changed or sent. */
  refusals: Store<ReadonlyMap<string, Refusal>>
  /** True once the server has refused the newest token there is. */
  isSignedOut: Store<boolean>
  close(): void
}

/** A fresh token that takes longer than this is missed by whoever looks, though the host has longer to come up with it. */
const RENEWAL_MS = 3000

/** Opens the live connection and the outbox of whoever the token speaks for. */
export function createSession(options: SessionOptions): Session {
  const { tokens, readLocale } = options
  const storage = options.storage ?? browserStorage()
  const network = options.network ?? createNetwork()
  const url = new URL(options.graphqlUrl, window.location.href)
  const isSignedOut = createStore(false)
  const onTokenExpired = async (refused: string | null) => {
    const tell = () => isSignedOut.set(tokens.read() === refused)
    const timer = setTimeout(tell, RENEWAL_MS)
    // A late refusal of an earlier token says nothing of the present one.
    if (tokens.read() === refused) await tokens.onExpired()
    clearTimeout(timer)
    tell()
  }
  const stream = createEventStream({
    ...options.stream,
    url: url.href.replace(/^http/, 'ws'),
    network,
    readToken: tokens.read,
    onTokenExpired,
  })
  const client = createOkoClient({
    url: url.href,
    fetch: network.fetch,
    readToken: tokens.read,
    readLocale,
    onUnauthenticated: onTokenExpired,
    stream,
  })
  const identity = subjectOf(tokens.read())
  const drafts = createDrafts(storage, identity)
  const refusals = createStore<ReadonlyMap<string, Refusal>>(new Map())
  const outbox = createOutbox({
    ...options.outbox,
    send: (item) => sendItem(client, item),
    onRefused: (item, refusal) => {
      drafts.restore(item.chatId, item.text)
      refusals.set(new Map(refusals.get()).set(item.chatId, refusal))
    },
    storage: createOutboxStorage(storage, identity),
  })
  const typing = createTyping(stream)
  const events = client.subscription(EventsDocument, {}).subscribe(() => {})
  const stopRetrying = stream.state.subscribe(() => {
    if (stream.state.get().status !== 'live') return
    isSignedOut.set(false)
    outbox.retry()
  })
  return {
    client,
    network,
    stream,
    outbox,
    drafts,
    typing,
    storage,
    refusals,
    isSignedOut,
    close: () => {
      events.unsubscribe()
      stopRetrying()
      outbox.close()
      typing.close()
      network.close()
    },
  }
}
