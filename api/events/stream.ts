import { setImmediate } from 'node:timers/promises'
import type { Metrics } from '../metrics.ts'
import type { Bus } from './bus.ts'
import type { StoredEvent, StreamEvent, TransientEvent } from './event.ts'
import type { EventLog } from './event-log.ts'
import { LiveBuffer } from './live-buffer.ts'

/** What of a user's log a stream shows; all views share one cursor space. */
export type StreamView =
  | { kind: 'ALL' }
  /** MessageAdded of one chat. */
  | { kind: 'MESSAGES'; chatId: string }
  /** NotificationAdded. */
  | { kind: 'NOTIFICATIONS' }

export interface StreamRequest {
  userId: string
  view: StreamView
  /** The position to go on from; null: from now. */
  after: number | null
  /**
   * Hands an event straight to the consumer, who has taken all that was there before; false where it can't. The reader then
   * yields it as any other.
   */
  deliver?: ((event: StreamEvent) => boolean) | undefined
}

export interface StreamDependencies {
  log: EventLog
  bus: Bus
  clock: () => Date
  metrics: Pick<Metrics, 'subscriptionStart' | 'deliveryLag' | 'resumeLength' | 'holesFilled'>
  /** Which of these chats the user takes part in now. */
  memberOf(userId: string, chatIds: readonly string[]): Promise<ReadonlySet<string>>
  /** What ends a view of a chat whose user has been removed from it. */
  removed(): Error
}

const pageSize = 200
/**
 * A user's log as a stream: StreamReady, what came after the cursor, then what comes. Every stored event once and in order,
 * whatever the bus loses, doubles or delays: a hint only wakes the reader, and where it isn't the very next event, the
 * reader reads the log. Nothing is read ahead of the consumer, so a slow one costs a bounded buffer.
 *
 * The iterator's `return` ends it at once, also while it waits.
 */
export function openStream(request: StreamRequest, deps: StreamDependencies): AsyncIterableIterator<StreamEvent> {
  const ended = new AbortController()
  const events = read(request, deps, ended.signal)
  return {
    next: () => events.next(),
    return: () => {
      ended.abort()
      return events.return(undefined)
    },
    throw: (error) => {
      ended.abort()
      return events.throw(error)
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

async function* read(
  { userId, view, after, deliver }: StreamRequest,
  { log, bus, clock, metrics, memberOf, removed }: StreamDependencies,
  ended: AbortSignal,
): AsyncGenerator<StreamEvent, void> {
  const live = new LiveBuffer()
  const subscribedAtMs = performance.now()
  /** What was in the log when the stream began; only what came after it should have been told of by a hint. */
  let missedThrough = 0
  const wake = createWake(ended)
  const pauses = createPauses()
  /** Chats that the user is known to have been removed from by an event that was not shown yet. */
  const leaving = new Set<string>()
  /** Chats that the stream has said the user was removed from: who was writing there meanwhile is not theirs to see. */
  const left = new Set<string>()
  let position = 0
  /** All that is known was shown and taken. */
  let idle = false
  const wakeUp = () => {
    idle = false
    wake.signal()
  }
  // Armed before the log is looked at, so that nothing can fall between the two.
  const unsubscribe = bus.subscribe(userId, {
    stored(event) {
      if (event.kind === 'CHAT_LEFT') leaving.add(event.chatId)
      if (idle && event.seq === position + 1 && isDelivered(event)) {
        position = event.seq
        live.newest = Math.max(live.newest, position)
        return
      }
      live.addStored(event)
      wakeUp()
    },
    reached(seq) {
      if (seq <= live.newest) return
      live.newest = seq
      wakeUp()
    },
    transient(event) {
      if (view.kind !== 'ALL' || isLeft(event)) return
      if (idle && !ended.aborted && deliver?.({ ...event, position })) return
      live.addTransient(event)
      wakeUp()
    },
  })
  try {
    position = yield* start()
    while (!ended.aborted) {
      await pauses.make()
      const next = live.take(position)
      if (next) {
        position = next.seq
        observeLag(next)
        // Of a consumer that was slow, or of an event overtaken by a removal.
        const isPast = next.kind !== 'CHAT_LEFT' && 'chatId' in next && leaving.has(next.chatId ?? '')
        for (const event of isPast ? await visible([next]) : [next]) yield* show(event)
        continue
      }
      if (live.newest > position) {
        live.dropThrough(position)
        const page = await log.readAfter(userId, position, pageSize)
        if (page[0]?.seq !== position + 1) {
          // Pruned before it was read: where the stream can't continue, it says so.
          position = yield* start()
          continue
        }
        for (const event of await visible(page)) {
          await pauses.make()
          if (ended.aborted) return
          position = event.seq
          yield* show(event)
        }
        position = page.at(-1)?.seq ?? position
        if (position > missedThrough) metrics.holesFilled.inc(page.filter(({ seq }) => seq > missedThrough).length)
        continue
      }
      const transient = live.takeTransient()
      if (transient) {
        if (!isLeft(transient)) yield { ...transient, position }
        continue
      }
      idle = true
      await wake.wait()
      idle = false
    }
  } finally {
    idle = false
    unsubscribe()
  }

  /** Deals with a message's event at once where that is all there is to do. */
  function isDelivered(event: StoredEvent): boolean {
    if (event.kind !== 'MESSAGE_ADDED' && event.kind !== 'NOTIFICATION_ADDED') return false
    if (ended.aborted || leaving.has(event.chatId ?? '')) return false
    if (isShown(event) && !(isFresh(event) && deliver?.({ ...event, position: event.seq }))) return false
    observeLag(event)
    return true
  }

  function isShown({ kind, ...event }: StoredEvent): boolean {
    if (view.kind === 'ALL') return true
    if (view.kind === 'NOTIFICATIONS') return kind === 'NOTIFICATION_ADDED'
    return kind === 'MESSAGE_ADDED' && 'chatId' in event && event.chatId === view.chatId
  }

  /** Who writes in a chat that the user was removed from is not theirs to see. */
  function isLeft(event: TransientEvent): boolean {
    return event.kind === 'TYPING' && left.has(event.chatId)
  }

  function isFresh({ at }: StoredEvent): boolean {
    return clock().getTime() - at.getTime() < freshMs
  }

  function observeLag({ at }: StoredEvent): void {
    metrics.deliveryLag.observe(Math.max(0, clock().getTime() - at.getTime()) / 1000)
  }

  async function* start(): AsyncGenerator<StreamEvent, number> {
    const { seq, prunedSeq } = await log.extent(userId)
    const resumed = after !== null && after >= prunedSeq && after <= seq
    const position = resumed && after !== null ? after : seq
    // From here on a start is a fresh one.
    after = null
    missedThrough = seq
    metrics.subscriptionStart.observe((performance.now() - subscribedAtMs) / 1000)
    if (resumed) metrics.resumeLength.observe(seq - position)
    live.newest = Math.max(live.newest, seq)
    yield { kind: 'STREAM_READY', position, at: clock(), resumed }
    return position
  }

  function* show(event: StoredEvent): Generator<StreamEvent> {
    const { live: _past, ...lasting } = event
    // The kind stays what it was.
    const positioned = { ...(isFresh(event) ? event : lasting), position: event.seq } as StoredEvent & {
      position: number
    }
    if (event.kind === 'CHAT_CHANGED') left.delete(event.chatId)
    if (event.kind === 'CHAT_LEFT') {
      leaving.delete(event.chatId)
      left.add(event.chatId)
    }
    if (view.kind === 'MESSAGES' && event.kind === 'CHAT_LEFT' && event.chatId === view.chatId) throw removed()
    if (isShown(event)) yield positioned
  }

  /** Leaves out what belongs to chats that the user was removed from since: it is not theirs to see any more. */
  async function visible(page: readonly StoredEvent[]): Promise<readonly StoredEvent[]> {
    const chatOf = (event: StoredEvent) => ('chatId' in event ? event.chatId : null)
    const chatIds = [...new Set(page.map(chatOf).filter((id) => id !== null))]
    if (chatIds.length === 0) return page
    const member = await memberOf(userId, chatIds)
    return page.filter((event) => {
      const chatId = chatOf(event)
      if (chatId === null) return true
      // Whoever was added again is a participant: an old departure doesn't end the view.
      if (event.kind === 'CHAT_LEFT') return view.kind === 'ALL' || !member.has(chatId)
      return member.has(chatId)
    })
  }
}

/** How long what came with an event is as good as what would be read; whoever is later reads what has become of it. */
const freshMs = 2000
/** How long a reader may go on before others get their turn. */
const turnMs = 5

/**
 * Lets the rest of the process have its turn now and then: where the log and what is loaded for each event come without waiting
 * (SQLite), and the client takes all at once, a long resume would hold up everybody until its end.
 */
function createPauses() {
  let tookAtMs = performance.now()
  return {
    async make(): Promise<void> {
      if (performance.now() - tookAtMs < turnMs) return
      await setImmediate()
      tookAtMs = performance.now()
    },
  }
}

/** Lets one reader wait for a signal or the end. */
function createWake(ended: AbortSignal) {
  let signalled = false
  let resolve: (() => void) | undefined
  const signal = () => {
    signalled = true
    resolve?.()
  }
  ended.addEventListener('abort', signal, { once: true })
  return {
    signal,
    async wait(): Promise<void> {
      if (!signalled) {
        await new Promise<void>((done) => {
          resolve = done
        })
      }
      resolve = undefined
      signalled = false
    },
  }
}
