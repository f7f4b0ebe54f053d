import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../api/db.ts'
import { type Bus, createLocalBus } from '../../api/events/bus.ts'
import { positionOf, type StoredEvent, type StreamEvent } from '../../api/events/event.ts'
import { createEventLog } from '../../api/events/event-log.ts'
import { startLogWatch } from '../../api/events/log-watch.ts'
import { EventStream } from '../../api/events/stream.ts'
import { createKeyedQueue } from '../../api/keyed-queue.ts'
import { createLogger } from '../../api/logger.ts'
import { createMetrics } from '../../api/metrics.ts'
import { createTestDatabase, providers, type TestDatabase } from '../support/app.ts'
import { range } from '../support/chat.ts'

/** What becomes of a hint. */
const fate = fc.constantFrom('arrives', 'is lost', 'comes twice', 'comes late', 'comes before the one ahead of it')
type Fate = typeof fate extends fc.Arbitrary<infer T> ? T : never

/** A bus that treats each hint as it is told, and says that it is not reliable. */
function createUnreliableBus(fates: readonly Fate[]): Bus {
  const bus = createLocalBus()
  const late: StoredEvent[][] = []
  let told = 0
  return {
    ...bus,
    reliable: () => false,
    publishStored(events) {
      const held = late.splice(0)
      const copy = [...events]
      switch (fates[told++ % fates.length]) {
        case 'arrives':
          bus.publishStored(copy)
          break
        case 'comes twice':
          bus.publishStored(copy)
          bus.publishStored(copy)
          break
        case 'comes late':
          late.push(copy)
          break
        case 'comes before the one ahead of it':
          bus.publishStored(copy.toReversed())
          break
      }
      for (const events of held) bus.publishStored(events)
    },
  }
}

describe.each(providers)('a stream whose hints are lost, doubled, late and out of order, on %s', (provider) => {
  let database: TestDatabase
  let db: Database
  let people = 0
  beforeAll(async () => {
    database = await createTestDatabase(provider)
    db = await openDatabase({ provider, url: database.url }, 'a test', () => undefined)
  })
  afterAll(async () => {
    await db?.close()
    await database?.drop()
  })

  it('brings every event once and in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fate, { minLength: 1, maxLength: 12 }), fc.array(fc.nat(3), { maxLength: 12 }), holds),
      { numRuns: 6, endOnFailure: true },
    )
  }, 120_000)

  /** @param pauses after how many writes the reader takes an event */
  async function holds(fates: readonly Fate[], pauses: readonly number[]): Promise<void> {
    const userId = `user_hints_${provider}_${people++}`
    const now = new Date()
    await db.client.user.create({
      data: { id: userId, externalId: userId, name: userId, role: 'CLIENT', createdAt: now },
    })
    await db.client.inbox.create({ data: { userId } })
    const bus = createUnreliableBus(fates)
    const log = createEventLog({ db, bus, clock: () => new Date(), chatTurns: createKeyedQueue(1000) })
    const stopWatching = startLogWatch(log, bus, createLogger('silent'))
    const events = new EventStream(
      { userId, view: { kind: 'ALL' }, after: 0 },
      {
        ...{ log, bus, clock: () => new Date(), metrics: createMetrics() },
        memberOf: async (_userId, chatIds) => new Set(chatIds),
        withFacts: async (events) => events,
        removed: () => new Error('removed'),
      },
    )
    const stream = events[Symbol.asyncIterator]()
    const next = async (): Promise<StreamEvent | undefined> => (await stream.next()).value
    const nextPosition = async () => {
      const event = await next()
      return event ? positionOf(event) : 0
    }
    expect(await next()).toMatchObject({ kind: 'STREAM_READY', resumed: true })
    const heard: number[] = []
    let written = 0
    const write = async (count: number) => {
      await log.write(async ({ inboxes, lockInboxes }) => {
        await lockInboxes([userId])
        for (const _event of range(count)) inboxes.append(userId, { kind: 'CHAT_CHANGED', chatId: 'chat' })
      })
      written += count
    }
    for (const pause of [...pauses, 3]) {
      await write(1 + (pause % 3))
      if (pause > 1 && heard.length < written) heard.push(await nextPosition())
    }
    while (heard.length < written) heard.push(await nextPosition())
    expect(heard).toEqual(range(written).map((index) => index + 1))
    await stream.return?.()
    await stopWatching()
  }
})
