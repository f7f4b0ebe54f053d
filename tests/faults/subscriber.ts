import { once } from 'node:events'
import type { Person } from '../support/market.ts'
import { tokenFor } from '../support/tokens.ts'
import type { ListenerRecord, Session } from './history.ts'
import type { Instance } from './instance.ts'
import { countersOf, positionOf, streamDocuments, subjectOf } from './operations.ts'
import type { Random } from './random.ts'
import { openEvents } from './sse-wire.ts'
import { wait, within } from './waiting.ts'
import { openWire } from './wire.ts'
import type { World } from './world.ts'

/** An open stream, whatever carries it. */
interface Stream {
  closed: Promise<string>
  cut(): void
  freeze(): void
  thaw(): void
}

/** A device that listens: for as long as the run takes, with a new connection whenever the last one ends. */
export interface Subscriber {
  record: ListenerRecord
  /** Resolves when the first stream is ready. */
  ready: Promise<void>
  run(): Promise<void>
  /** Ends the current connection without a word. */
  cut(): void
  /** Reads nothing for a while. */
  freeze(ms: number): Promise<void>
}

export function createSubscriber(
  world: World,
  who: Person,
  view: ListenerRecord['view'],
  name: string,
  random: Random,
): Subscriber {
  const { history, listening } = world
  const record: ListenerRecord = { name, user: who.externalId, view, origin: -1, sessions: [], arrivals: [] }
  history.listeners.push(record)
  let cursor: string | null = null
  let current: { stream: Stream; session: Session } | null = null
  let becomeReady: () => void = () => undefined
  const ready = new Promise<void>((resolve) => {
    becomeReady = resolve
  })

  /** Only a database that can't be reached may end a stream with an error. */
  function failed(errors: any): void {
    const codes = [errors].flat().map((error) => error?.extensions?.code)
    if (codes.some((code) => code !== 'UNAVAILABLE')) {
      history.surprises.push(`${name}: a stream ended with ${JSON.stringify(errors)}`)
    }
  }

  function take(session: Session, payload: any): void {
    const event = payload?.data?.stream
    // A stream that could not begin.
    if (payload?.errors && !event) {
      failed(payload.errors)
      return
    }
    if (payload?.errors || !event) {
      history.surprises.push(`${name}: a stream brought ${JSON.stringify(payload)}`)
      return
    }
    const position = positionOf(event.cursor)
    if (event.__typename === 'StreamReady') {
      session.readyAt = Date.now()
      if (cursor !== null && !event.resumed)
        history.surprises.push(`${name}: could not resume from ${positionOf(cursor)}`)
      if (cursor !== null && event.cursor !== cursor) history.surprises.push(`${name}: resumed elsewhere`)
      if (cursor === null) record.origin = position
      becomeReady()
    } else if (event.counters) {
      record.arrivals.push({
        position,
        type: event.__typename,
        at: Date.now(),
        subject: subjectOf(event),
        counters: countersOf(event.counters),
      })
    }
    cursor = event.cursor
  }

  async function open(instance: Instance, session: Session): Promise<Stream> {
    const token =
      session.expiresAt === null ? who.token : await tokenFor(who.externalId, { exp: session.expiresAt / 1000 })
    const variables = { after: cursor, ...(view.kind === 'MESSAGES' && { chatId: view.chatId }) }
    const query = streamDocuments[view.kind]
    if (session.transport === 'sse') {
      return openEvents(instance.url, token, { query, variables }, (payload) => take(session, payload))
    }
    const wire = await openWire(instance.url, token, 5000)
    let end: (how: string) => void = () => undefined
    const closed = new Promise<string>((resolve) => {
      end = resolve
    })
    void wire.closed.then(({ code }) => end(String(code)))
    wire.operate({ query, variables }, ({ type, payload }) => {
      if (type === 'next') return take(session, payload)
      if (type === 'error') failed(payload)
      end(type)
      wire.close()
    })
    return { closed, cut: wire.cut, freeze: wire.freeze, thaw: wire.thaw }
  }

  /** One connection from its opening to its end, which comes by itself or after a while. */
  async function connect(): Promise<void> {
    const instance = random.pick(world.instances)
    const transport = random.chance(0.2) ? 'sse' : 'ws'
    const session: Session = {
      ...{ instance: instance.name, transport, readyAt: 0, endedAt: null, frozen: [], end: 'cut by us' },
      expiresAt: random.chance(0.2) ? (Math.floor(Date.now() / 1000) + random.between(3, 12)) * 1000 : null,
      firstArrival: record.arrivals.length,
    }
    const stream = await open(instance, session)
    record.sessions.push(session)
    current = { stream, session }
    const enough = new AbortController()
    const bored = wait(random.between(4000, 40_000)).then(() => 'cut by us')
    const stopped = once(listening, 'abort', { signal: enough.signal }).then(
      () => 'end of the run',
      () => '',
    )
    session.end = await Promise.race([stream.closed, bored, ...(listening.aborted ? [] : [stopped])])
    enough.abort()
    current = null
    session.endedAt = Date.now()
    stream.cut()
    await within(stream.closed, 5000, 'close').catch(() => undefined)
  }

  return {
    record,
    ready,
    async run() {
      while (!listening.aborted) {
        await connect().catch(() => undefined)
        if (!listening.aborted) await wait(random.between(20, 300))
      }
    },
    cut: () => current?.stream.cut(),
    async freeze(ms) {
      if (!current) return
      const { stream, session } = current
      const period = { from: Date.now(), to: Number.POSITIVE_INFINITY }
      session.frozen.push(period)
      stream.freeze()
      await wait(ms)
      stream.thaw()
      period.to = Date.now()
    },
  }
}
