import { setImmediate } from 'node:timers/promises'
import type { Metrics } from '../metrics.ts'
import type { Bus, BusListener } from './bus.ts'
import type { StoredEvent, StreamEvent, TransientEvent } from './event.ts'
import type { EventFacts } from './event-facts.ts'
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
}

/** Who a stream shows its events to. */
export interface Consumer {
  /** Resolves when the consumer can take more; nothing else is shown before. What it throws ends the stream. */
  show(event: StreamEvent): Promise<void> | void
  /** Takes an event at once, having taken all before it; false where it can't. It is then shown as any other. */
  take(event: StreamEvent): boolean
  /** The stream has ended by itself, and is closed. */
  failed(error: unknown): void
}

export interface StreamDependencies {
  log: EventLog
  bus: Bus
  clock: () => Date
  metrics: Pick<Metrics, 'subscriptions' | 'subscriptionStart' | 'deliveryLag' | 'resumeLength' | 'holesFilled'>
  /** Which of these chats the user takes part in now. */
  memberOf(userId: string, chatIds: readonly string[]): Promise<ReadonlySet<string>>
  /** The events with what they show, as it is now, where that can be read for many at once. */
  withFacts: EventFacts
  /** What ends a view of a chat whose user has been removed from it. */
  removed(): Error
}

const pageSize = 200
/** How long what came with an event is as good as what would be read; whoever is later reads what has become of it. */
const freshMs = 2000
/** How long a reader may go on before others get their turn. */
const turnMs = 5

/**
 * A user's log as a stream: StreamReady, what came after the cursor, then what comes. Every stored event once and in order,
 * whatever the bus loses, doubles or delays: a hint only wakes the reader, and where it isn't the very next event, the
 * reader reads the log. Nothing is read ahead of the consumer, so a slow one costs a bounded buffer.
 *
 * While it has shown all that is known, it is this object and nothing else: no timer, no promise and no waiting function.
 */
export class EventStream implements BusListener {
  readonly #request: StreamRequest
  readonly #deps: StreamDependencies
  #consumer: Consumer | undefined
  #state: 'new' | 'reading' | 'idle' | 'ended' = 'new'
  #hasStarted = false
  #position = 0
  /** The newest position that anybody has told of. */
  #newest = 0
  /** What was in the log when the stream began; only what came after it should have been told of by a hint. */
  #missedThrough = 0
  /** What has arrived and was not shown yet, if anything. */
  #live: LiveBuffer | undefined
  /** Chats that the user is known to have been removed from by an event that was not shown yet. */
  #leaving: Set<string> | undefined
  /** Chats that the stream has said the user was removed from: who was writing there meanwhile is not theirs to see. */
  #left: Set<string> | undefined

  constructor(request: StreamRequest, deps: StreamDependencies) {
    this.#request = request
    this.#deps = deps
  }

  /** Begins to show events; once. */
  flowTo(consumer: Consumer): void {
    if (this.#state !== 'new') return
    this.#state = 'reading'
    this.#consumer = consumer
    this.#deps.metrics.subscriptions.inc()
    // Armed before the log is looked at, so that nothing can fall between the two.
    this.#deps.bus.subscribe(this.#request.userId, this)
    void this.#read()
  }

  /** Nothing is shown any more. */
  end(): void {
    if (this.#state === 'reading' || this.#state === 'idle') {
      this.#deps.bus.unsubscribe(this.#request.userId, this)
      this.#deps.metrics.subscriptions.dec()
    }
    this.#state = 'ended'
    this.#live = undefined
  }

  stored(event: StoredEvent): void {
    if (event.kind === 'CHAT_LEFT') {
      this.#leaving ??= new Set()
      this.#leaving.add(event.chatId)
    }
    if (this.#state === 'idle' && event.seq === this.#position + 1 && this.#isTaken(event)) {
      this.#position = event.seq
      this.#newest = Math.max(this.#newest, event.seq)
      return
    }
    this.#newest = Math.max(this.#newest, event.seq)
    this.#buffer().addStored(event)
    this.#wakeUp()
  }

  reached(seq: number): void {
    if (seq <= this.#newest) return
    this.#newest = seq
    this.#wakeUp()
  }

  transient(event: TransientEvent): void {
    if (this.#request.view.kind !== 'ALL' || this.#isLeft(event)) return
    if (this.#state === 'idle' && this.#consumer?.take({ position: this.#position, ...event })) return
    this.#buffer().addTransient(event)
    this.#wakeUp()
  }

  /** For whoever pulls: each event is shown when it is asked for. `return` ends it at once, also while it waits. */
  [Symbol.asyncIterator](): AsyncIterableIterator<StreamEvent> {
    return pullFrom(this)
  }

  #buffer(): LiveBuffer {
    this.#live ??= new LiveBuffer()
    return this.#live
  }

  #wakeUp(): void {
    if (this.#state !== 'idle') return
    this.#state = 'reading'
    void this.#read()
  }

  /** Shows all that there is to show. */
  async #read(): Promise<void> {
    try {
      const pauses = createPauses()
      if (!this.#hasStarted) await this.#start(this.#request.after)
      while (this.#isOpen()) {
        await pauses.make()
        if (this.#hasMore()) await this.#readOn(pauses)
        else return this.#rest()
      }
    } catch (error) {
      if (!this.#isOpen()) return
      this.end()
      this.#consumer?.failed(error)
    }
  }

  #hasMore(): boolean {
    return this.#newest > this.#position || this.#live?.hasTransient() === true
  }

  #rest(): void {
    if (this.#isOpen()) this.#state = 'idle'
    this.#live = undefined
  }

  /** Shows some of what there is. */
  async #readOn(pauses: Pauses): Promise<void> {
    const { log, metrics } = this.#deps
    const next = this.#live?.take(this.#position)
    if (next) {
      this.#position = next.seq
      this.#observeLag(next)
      // Of a consumer that was slow, or of an event overtaken by a removal.
      const isPast = next.kind !== 'CHAT_LEFT' && 'chatId' in next && this.#leaving?.has(next.chatId ?? '')
      for (const event of isPast ? await this.#visible([next]) : [next]) await this.#show(this.#lasting(event))
      return
    }
    if (this.#newest > this.#position) {
      this.#live?.dropThrough(this.#position)
      const page = await log.readAfter(this.#request.userId, this.#position, pageSize)
      if (page[0]?.seq !== this.#position + 1) {
        // Pruned before it was read: where the stream can't continue, it says so.
        await this.#start(null)
        return
      }
      await this.#showPage(await this.#visible(page), pauses)
      if (!this.#isOpen()) return
      this.#position = page.at(-1)?.seq ?? this.#position
      if (this.#position > this.#missedThrough)
        metrics.holesFilled.inc(page.filter(({ seq }) => seq > this.#missedThrough).length)
      return
    }
    const transient = this.#live?.takeTransient()
    if (transient && !this.#isLeft(transient)) await this.#say({ position: this.#position, ...transient })
  }

  /** Shows what was read from the log, each with what it shows by then. */
  async #showPage(page: readonly StoredEvent[], pauses: Pauses): Promise<void> {
    let left = page.filter((event) => this.#isShown(event) || event.kind === 'CHAT_LEFT')
    while (left.length > 0) {
      const known = await this.#deps.withFacts(left)
      const readAtMs = performance.now()
      let shown = 0
      // To a consumer that is slow, the rest as it is then.
      while (shown < known.length && performance.now() - readAtMs < freshMs) {
        await pauses.make()
        const event = known[shown++]
        if (!event || !this.#isOpen()) return
        this.#position = event.seq
        await this.#show(event)
      }
      left = left.slice(shown)
    }
  }

  /** @param after where to begin; null: now */
  async #start(after: number | null): Promise<void> {
    const { log, metrics, clock } = this.#deps
    const startedAtMs = performance.now()
    const { seq, prunedSeq } = await log.extent(this.#request.userId)
    const resumed = after !== null && after >= prunedSeq && after <= seq
    this.#position = resumed ? after : seq
    this.#hasStarted = true
    this.#missedThrough = seq
    metrics.subscriptionStart.observe((performance.now() - startedAtMs) / 1000)
    if (resumed) metrics.resumeLength.observe(seq - this.#position)
    this.#newest = Math.max(this.#newest, seq)
    await this.#say({ kind: 'STREAM_READY', position: this.#position, at: clock(), resumed })
  }

  async #show(event: StoredEvent): Promise<void> {
    if (event.kind === 'CHAT_CHANGED') this.#left?.delete(event.chatId)
    if (event.kind === 'CHAT_LEFT') {
      this.#leaving?.delete(event.chatId)
      this.#left ??= new Set()
      this.#left.add(event.chatId)
      const { view } = this.#request
      if (view.kind === 'MESSAGES' && event.chatId === view.chatId) throw this.#deps.removed()
    }
    if (this.#isShown(event)) await this.#say(event)
  }

  /** An event as its commit told it, without what may have changed since. */
  #lasting(event: StoredEvent): StoredEvent {
    if (!event.live || this.#isFresh(event)) return event
    const { live: _past, ...lasting } = event
    // The kind stays what it was.
    return lasting as StoredEvent
  }

  async #say(event: StreamEvent): Promise<void> {
    if (this.#isOpen()) await this.#consumer?.show(event)
  }

  /** Deals with a message's event at once where that is all there is to do. */
  #isTaken(event: StoredEvent): boolean {
    if (event.kind !== 'MESSAGE_ADDED' && event.kind !== 'NOTIFICATION_ADDED') return false
    if (this.#leaving?.has(event.chatId ?? '')) return false
    if (this.#isShown(event) && !(this.#isFresh(event) && this.#consumer?.take(event))) return false
    this.#observeLag(event)
    return true
  }

  #isOpen(): boolean {
    return this.#state !== 'ended'
  }

  #isShown(event: StoredEvent): boolean {
    const { view } = this.#request
    if (view.kind === 'ALL') return true
    if (view.kind === 'NOTIFICATIONS') return event.kind === 'NOTIFICATION_ADDED'
    return event.kind === 'MESSAGE_ADDED' && event.chatId === view.chatId
  }

  /** Who writes in a chat that the user was removed from is not theirs to see. */
  #isLeft(event: TransientEvent): boolean {
    return event.kind === 'TYPING' && this.#left?.has(event.chatId) === true
  }

  #isFresh({ at }: StoredEvent): boolean {
    return this.#deps.clock().getTime() - at.getTime() < freshMs
  }

  #observeLag({ at }: StoredEvent): void {
    const { metrics, clock } = this.#deps
    metrics.deliveryLag.observe(Math.max(0, clock().getTime() - at.getTime()) / 1000)
  }

  /** Leaves out what belongs to chats that the user was removed from since: it is not theirs to see any more. */
  async #visible(page: readonly StoredEvent[]): Promise<readonly StoredEvent[]> {
    const chatOf = (event: StoredEvent) => ('chatId' in event ? event.chatId : null)
    const chatIds = [...new Set(page.map(chatOf).filter((id) => id !== null))]
    if (chatIds.length === 0) return page
    const { userId, view } = this.#request
    const member = await this.#deps.memberOf(userId, chatIds)
    return page.filter((event) => {
      const chatId = chatOf(event)
      if (chatId === null) return true
      // Whoever was added again is a participant: an old departure doesn't end the view.
      if (event.kind === 'CHAT_LEFT') return view.kind === 'ALL' || !member.has(chatId)
      return member.has(chatId)
    })
  }
}

/** A stream as an iterator; it begins when the first event is asked for. */
function pullFrom(stream: EventStream): AsyncIterableIterator<StreamEvent> {
  const nothingMore = { done: true, value: undefined } as const
  let asked: { resolve(result: IteratorResult<StreamEvent, undefined>): void; reject(error: unknown): void } | undefined
  let goOn: (() => void) | undefined
  let ended = false
  const end = () => {
    ended = true
    stream.end()
    asked?.resolve(nothingMore)
    goOn?.()
  }
  const consumer: Consumer = {
    show: (event) =>
      new Promise((resolve) => {
        goOn = resolve
        asked?.resolve({ done: false, value: event })
        asked = undefined
      }),
    // An event is worked out when it is asked for, not before.
    take: () => false,
    failed(error) {
      ended = true
      asked?.reject(error)
    },
  }
  return {
    next: () =>
      new Promise((resolve, reject) => {
        if (ended) return resolve(nothingMore)
        asked = { resolve, reject }
        goOn?.()
        stream.flowTo(consumer)
      }),
    return: () => {
      end()
      return Promise.resolve(nothingMore)
    },
    throw: (error) => {
      end()
      return Promise.reject(error)
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

type Pauses = ReturnType<typeof createPauses>

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
