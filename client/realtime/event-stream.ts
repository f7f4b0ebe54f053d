import type { FormattedExecutionResult } from 'graphql-ws/client'
import type { EventsSubscription } from '../graphql/generated/graphql.ts'
import type { ConnectionState } from './connection-state.ts'
import { openEventSocket } from './event-socket.ts'
import type { Network } from './network.ts'
import { createStore, type Store } from './store.ts'

export type OkoEvent = EventsSubscription['events']

type Result = FormattedExecutionResult<EventsSubscription>
/** A subscription's text, and the hash that a server of our version knows it by. */
type StreamDocument = { text: string; hash: string | null }
type Sink = { next(result: Result): void }

export type EventStreamOptions = {
  url: string
  network: Network
  /** The newest token; null where there is none (nothing is tried then). */
  readToken(): string | null
  /** The server refused this token; resolves when a fresh one may be read. */
  onTokenExpired(refused: string): void | Promise<void>
  /** First wait after a failure; doubles up to `maxRetryMs`, each jittered by half. Default 500. */
  minRetryMs?: number
  /** Default 10 000. */
  maxRetryMs?: number
  /** Default 12 000. */
  keepAliveMs?: number
  /** Default 5 000. */
  pongTimeoutMs?: number
  webSocketImpl?: unknown
}

export type EventStream = {
  state: Store<ConnectionState>
  /** How often the server could not continue from our cursor (the first connection included): fetch anew each time. */
  resets: Store<number>
  /** Starts the subscription; its results go to `sink` for as long as the returned function isn't called. */
  run(document: StreamDocument, sink: Sink): () => void
  /** Every new event once, after the cache has it. Replays are not told. */
  onEvent(listener: (event: OkoEvent) => void): () => void
  /** From now on events are remembered, until the recording is stopped. */
  record(): Recording
}

/** What came by the stream for a while. */
export type Recording = {
  stop(): void
  /** Gives the events to the sink again: the cache's writes are idempotent, and win over an older fetch. */
  replay(): void
  /** Whether the stream began anew meanwhile, with a gap that no event tells of. */
  hasReset(): boolean
}

const RECENT_CURSORS = 512

/**
 * The `events` subscription as one endless stream over however many sockets it takes. At each attempt the newest cursor
 * goes along as `after`, so the server continues where the last socket ended; it is kept in memory, beside the cache it
 * belongs to. Retries for ever.
 */
export function createEventStream(options: EventStreamOptions): EventStream {
  const { network, minRetryMs = 500, maxRetryMs = 10_000 } = options
  const state = createStore<ConnectionState>({ status: 'reconnecting', attempt: 0 })
  const resets = createStore(0)
  const listeners = new Set<(event: OkoEvent) => void>()
  const recentCursors = new Set<string>()
  let cursor: string | null = null
  const recordings = new Set<Result[]>()
  let activeSink: Sink | null = null

  const accept = (result: Result, sink: Sink) => {
    const event = result.data?.events
    if (!event) return
    if (isStored(event)) {
      if (recentCursors.has(event.cursor)) return
      remember(recentCursors, event.cursor)
    }
    for (const recording of recordings) recording.push(result)
    sink.next(result)
    cursor = event.cursor
    if (event.__typename === 'StreamReady') {
      state.set({ status: 'live' })
    }
    if (isReset(event)) {
      recentCursors.clear()
      resets.set(resets.get() + 1)
    }
    for (const listener of [...listeners]) listener(event)
  }

  const run = ({ text, hash }: StreamDocument, sink: Sink) => {
    let attempt = 0
    let isHashKnown = true
    let isStopped = false
    let wasOnline = network.isOnline()
    let socket: { close(): void } | null = null
    let timer: ReturnType<typeof setTimeout> | undefined
    activeSink = sink

    const retry = (waitMs: number) => {
      if (isStopped) return
      clearTimeout(timer)
      timer = setTimeout(connect, waitMs)
    }
    // No network is believed once an attempt has failed too: browsers say so of machines that reach the server well.
    const showTrying = () => {
      if (attempt > 0 && !network.isOnline()) state.set({ status: 'offline' })
      else state.set({ status: 'reconnecting', attempt })
    }
    const disconnect = () => {
      clearTimeout(timer)
      socket?.close()
      socket = null
    }
    const connect = () => {
      clearTimeout(timer)
      timer = undefined
      if (isStopped || socket) return
      if (network.isCut()) return state.set({ status: 'offline' })
      showTrying()
      const token = options.readToken()
      if (!token) return retry(maxRetryMs)
      socket = openEventSocket({
        url: options.url,
        token,
        document: hash !== null && isHashKnown ? { hash } : { text },
        variables: cursor === null ? {} : { after: cursor },
        keepAliveMs: options.keepAliveMs ?? 12_000,
        pongTimeoutMs: options.pongTimeoutMs ?? 5_000,
        webSocketImpl: options.webSocketImpl,
        onResult: (result) => {
          attempt = 0
          // The document it answers is Events; the schema vouches for the shape.
          accept(result as unknown as Result, sink)
        },
        onEnd: async (end) => {
          socket = null
          attempt += 1
          showTrying()
          if (end.reason === 'cursorRefused') cursor = null
          isHashKnown = end.reason !== 'documentUnknown'
          if (end.reason === 'unauthenticated') await options.onTokenExpired(token)
          // The first retry after a refused cursor, token or hash can succeed at once; a second one in a row waits.
          retry(end.reason !== 'lost' && attempt === 1 ? 0 : retryDelayMs(attempt, minRetryMs, maxRetryMs))
        },
      })
    }
    const stopWatching = network.subscribe(() => {
      const isOnline = network.isOnline()
      const hasLost = wasOnline && !isOnline
      const hasFound = !wasOnline && isOnline
      wasOnline = isOnline
      // What was open or opening may hang on a network that is no more: a fresh attempt finds out at once.
      if (network.isCut() || hasLost || (hasFound && state.get().status !== 'live')) disconnect()
      if (hasFound) attempt = 0
      connect()
    })
    connect()
    return () => {
      isStopped = true
      stopWatching()
      disconnect()
      activeSink = null
    }
  }

  return {
    state,
    resets,
    run,
    onEvent: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    record: () => {
      const recording: Result[] = []
      recordings.add(recording)
      return {
        stop: () => recordings.delete(recording),
        replay: () => {
          // A reset is no fact of its own: said again, it would forget what was fetched since.
          for (const result of recording) if (!isReset(result.data?.events)) activeSink?.next(result)
        },
        hasReset: () => recording.some(({ data }) => isReset(data?.events)),
      }
    },
  }
}

/** Wait before the n-th retry in a row: doubling, capped, and anywhere in its upper half so that clients spread out. */
export function retryDelayMs(attempt: number, minMs: number, maxMs: number): number {
  const ceiling = Math.min(maxMs, minMs * 2 ** (attempt - 1))
  return ceiling / 2 + Math.random() * (ceiling / 2)
}

/** The server could not continue from our cursor. */
const isReset = (event: OkoEvent | undefined) => event?.__typename === 'StreamReady' && !event.resumed

/** Typing, PresenceChanged and StreamReady carry the cursor of the last stored event, so theirs repeats. */
const isStored = (event: OkoEvent) =>
  event.__typename !== 'Typing' && event.__typename !== 'PresenceChanged' && event.__typename !== 'StreamReady'

function remember(cursors: Set<string>, cursor: string) {
  cursors.add(cursor)
  if (cursors.size <= RECENT_CURSORS) return
  const [oldest] = cursors
  if (oldest !== undefined) cursors.delete(oldest)
}
