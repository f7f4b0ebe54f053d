import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../api/db.ts'
import { createLocalBus } from '../../api/events/bus.ts'
import { createEventLog } from '../../api/events/event-log.ts'
import { createKeyedQueue } from '../../api/keyed-queue.ts'
import { positionOf } from '../faults/operations.ts'
import { providers, startTestApp, type TestApp } from '../support/app.ts'
import { newPair, range, sayPatiently } from '../support/chat.ts'
import { listen } from '../support/events.ts'
import { reachableHeapBytes } from '../support/heap.ts'
import { run } from '../support/market.ts'
import { missEvents } from '../support/missed-events.ts'

const mebibyte = 2 ** 20
const missed = 40_000
/** Nothing that has to be loaded for each event: what is tried here is the log. */
const slimEvents =
  'subscription ($after: String) { stream: events(after: $after) { __typename cursor ... on StreamReady { resumed } ... on MessageAdded { message { text } } } }'

describe.each(providers)('a resume of 40,000 events on %s', (provider) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp(provider)
  })
  afterAll(() => app?.close())

  it('brings all of them and what comes meanwhile, once, in order, page by page', async () => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    const { ready, close } = await listen(app.url, dmitry.token)
    close()
    await missEvents(app.database, dmitry.externalId, missed)
    app.statements.reset()
    const heapBefore = reachableHeapBytes()
    const stream = await listen(app.url, dmitry.token, { after: ready.cursor }, slimEvents)
    expect(stream.ready).toMatchObject({ resumed: true, cursor: ready.cursor })
    let position = positionOf((await stream.next()).cursor)
    expect(position).toBe(positionOf(ready.cursor) + 1)

    const sends = (async () => {
      for (const index of range(20)) await sayPatiently(app.url, anna, chatId, `meanwhile ${index}`)
    })()
    const texts: string[] = []
    let most = 0
    while (texts.length < 20) {
      const event = await stream.next(20_000)
      if (positionOf(event.cursor) !== position + 1) expect(positionOf(event.cursor)).toBe(position + 1)
      position++
      if (event.message) texts.push(event.message.text)
      if (position % 10_000 === 0) most = Math.max(most, reachableHeapBytes() - heapBefore)
    }
    await sends
    expect(texts).toEqual(range(20).map((index) => `meanwhile ${index}`))
    expect(position).toBeGreaterThan(missed)
    // All of them at once would be over twenty.
    expect(most).toBeLessThan(10 * mebibyte)
    const pages = app.statements.list.filter((text) => /"Event" e WHERE/.test(text))
    expect(pages.length).toBeGreaterThanOrEqual(missed / 200)
    stream.close()
  }, 180_000)
})

describe('a long resume', () => {
  it('holds nobody up, where the database answers without waiting', async () => {
    const app = await startTestApp('sqlite')
    const { anna, dmitry } = await newPair(app.url)
    const { ready, close } = await listen(app.url, dmitry.token)
    close()
    const events = 5000
    await missEvents(app.database, dmitry.externalId, events)
    const stream = await listen(app.url, dmitry.token, { after: ready.cursor })
    let heard = 0
    let heardBeforeAnswer = events
    const asked = run(app.url, anna.token, '{ viewer { id } }').then(() => {
      heardBeforeAnswer = heard
    })
    for (; heard < events; heard++) await stream.next(20_000)
    await asked
    expect(heardBeforeAnswer).toBeLessThan(events / 2)
    stream.close()
    await app.close()
  }, 60_000)
})

describe('a resume that the retention overtakes', () => {
  it('says so, and leaves no other gap', async () => {
    const app = await startTestApp('postgresql')
    const { chatId, anna, dmitry } = await newPair(app.url)
    const { ready, close } = await listen(app.url, dmitry.token)
    close()
    await missEvents(app.database, dmitry.externalId, 20_000)
    const stream = await listen(app.url, dmitry.token, { after: ready.cursor }, slimEvents)
    let position = positionOf(ready.cursor)
    for (const _event of range(500)) expect(positionOf((await stream.next()).cursor)).toBe(++position)

    const db = await openDatabase({ provider: 'postgresql', url: app.database.url }, 'a test', () => undefined)
    const log = createEventLog({
      db,
      bus: createLocalBus(),
      clock: () => new Date(),
      chatTurns: createKeyedQueue(1000),
    })
    // In a minute all that is there now will be too old.
    while ((await log.prune(new Date(Date.now() + 60_000), 1000)) > 0);
    await db.close()

    await sayPatiently(app.url, anna, chatId, 'before the start')
    let starts = 0
    for (;;) {
      const event = await stream.next(20_000)
      if (event.__typename === 'StreamReady') {
        expect(event.resumed).toBe(false)
        position = positionOf(event.cursor)
        expect(position).toBeGreaterThan(20_000)
        if (++starts === 1) await sayPatiently(app.url, anna, chatId, 'after the start')
        continue
      }
      expect(positionOf(event.cursor)).toBe(++position)
      if (event.message?.text === 'after the start') break
    }
    expect(starts).toBe(1)
    stream.close()
    await app.close()
  }, 120_000)
})
