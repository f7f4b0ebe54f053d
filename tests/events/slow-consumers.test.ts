import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { subscribeAll } from '../bench/ws-load.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { newPair, newPeople, range } from '../support/chat.ts'
import { eventsSubscription, listen, mark } from '../support/events.ts'
import { reachableHeapBytes } from '../support/heap.ts'
import type { Person } from '../support/market.ts'
import { missEvents } from '../support/missed-events.ts'
import { connectSocket, openSocket } from '../support/socket.ts'

const mebibyte = 2 ** 20
const slimEvents = 'subscription ($after: String) { stream: events(after: $after) { __typename cursor } }'

describe('a consumer', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp('postgresql', { env: { LIMIT_SOCKETS_PER_USER: '0' } })
  })
  afterAll(() => app.close())

  const gauge = async (name: string) =>
    Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(await (await fetch(`${app.url}/metrics`)).text())?.[1])

  it('that reads nothing of 10,000 events costs little and gets 1013, while another gets all of them', async () => {
    const [reader] = (await newPeople('reader')) as [Person]
    const healthy = await listen(app.url, reader.token, {}, slimEvents)
    const frozen = await connectSocket(app.url, reader.token)
    frozen.send({ id: '1', type: 'subscribe', payload: { query: eventsSubscription } })
    await frozen.nextOf('1')
    frozen.socket.pause()
    // 60 MB of JSON for the frozen one: far more than the system's own buffers take.
    await missEvents(app.database, reader.externalId, 10_000, 3000)
    const before = reachableHeapBytes()
    // As soon as that happens, however long the other one still reads: what is not taken in 10 s is cut off.
    const givenUp = expect
      .poll(() => gauge('oko_websockets_given_up_total'), { timeout: 90_000, interval: 250 })
      .toBe(1)
      .then(() => frozen.socket.resume())
    const isLast = await mark(app.url, reader.externalId)
    let missed = 0
    let most = 0
    for (; missed < 10_000; missed++) {
      await healthy.next(20_000)
      if (missed % 1000 === 0) most = Math.max(most, reachableHeapBytes() - before)
    }
    expect(isLast({})).toBe(false)
    expect((await healthy.next()).__typename).toBe('NotificationAdded')
    expect(most).toBeLessThan(20 * mebibyte)
    await givenUp
    expect(await frozen.closed).toMatchObject({ code: 1013 })
    healthy.close()
    await expect.poll(() => gauge('oko_subscriptions')).toBe(0)
    await expect.poll(() => gauge('oko_websockets')).toBe(0)
  }, 120_000)

  it('whose events all fit on the way, but who no longer reads, finds 1013 behind them', async () => {
    const [reader] = (await newPeople('reader')) as [Person]
    const frozen = await connectSocket(app.url, reader.token)
    frozen.send({ id: '1', type: 'subscribe', payload: { query: slimEvents } })
    const { payload } = await frozen.nextOf('1')
    frozen.socket.pause()
    await missEvents(app.database, reader.externalId, 100)
    await mark(app.url, reader.externalId)
    await expect.poll(() => gauge('oko_websockets'), { timeout: 20_000, interval: 250 }).toBe(0)
    frozen.socket.resume()
    expect(payload.data.stream.__typename).toBe('StreamReady')
    for (const _event of range(101)) expect((await frozen.nextOf('1')).type).toBe('next')
    expect(await frozen.closed).toMatchObject({ code: 1013 })
  }, 60_000)

  it('that is not there any more is found within 15 s', async () => {
    const [reader] = (await newPeople('reader')) as [Person]
    // Never answers a ping, as a machine that lost its network would not.
    const socket = new WebSocket(`${app.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      autoPong: false,
    })
    await new Promise((resolve) => socket.once('open', resolve))
    socket.send(JSON.stringify({ type: 'connection_init', payload: { Authorization: `Bearer ${reader.token}` } }))
    await expect.poll(() => gauge('oko_websockets')).toBe(1)
    await expect.poll(() => gauge('oko_websockets'), { timeout: 20_000, interval: 250 }).toBe(0)
    socket.terminate()
  }, 60_000)

  it('that only listens takes little room', async () => {
    const [reader] = (await newPeople('reader')) as [Person]
    const port = Number(new URL(app.url).port)
    const options = { port, token: reader.token, query: slimEvents, onEvent: () => undefined }
    const listenMore = (count: number) => subscribeAll(range(count).map(() => options))
    // What all share is made for the first.
    const first = await listenMore(100)
    const before = reachableHeapBytes()
    const more = await listenMore(400)
    // Both ends of each are in this process: a bare socket of ws, a socket of node, and what this adds to them.
    expect((reachableHeapBytes() - before) / 400).toBeLessThan(16 * 1024)
    for (const subscriber of [...first, ...more]) subscriber.close()
    await expect.poll(() => gauge('oko_websockets'), { timeout: 20_000 }).toBe(0)
  }, 60_000)

  it('leaves nothing behind: 10,000 times subscribed and dropped', async () => {
    const { anna } = await newPair(app.url)
    /** On one socket after another, half of them cut off in the middle of a subscription. */
    async function subscribeAndDrop(times: number): Promise<void> {
      const perSocket = 50
      for (const round of range(times / perSocket)) {
        const socket = await connectSocket(app.url, anna.token)
        for (const id of range(perSocket)) {
          socket.send({ id: String(id), type: 'subscribe', payload: { query: slimEvents } })
        }
        for (const _id of range(perSocket)) expect((await socket.next()).type).toBe('next')
        if (round % 2) socket.socket.terminate()
        else for (const id of range(perSocket)) socket.send({ id: String(id), type: 'complete' })
        await socket.close()
      }
      await expect.poll(() => gauge('oko_subscriptions')).toBe(0)
      await expect.poll(() => gauge('oko_websockets')).toBe(0)
    }
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
    await subscribeAndDrop(2000)
    const before = { heap: reachableHeapBytes(), timers: timers() }
    await subscribeAndDrop(10_000)
    const after = { heap: reachableHeapBytes(), timers: timers() }
    // A kilobyte a subscription would be ten mebibytes.
    expect(after.heap - before.heap).toBeLessThan(5 * mebibyte)
    expect(after.timers).toBeLessThanOrEqual(before.timers + 2)
    await (await openSocket(app.url)).close()
  }, 120_000)
})
