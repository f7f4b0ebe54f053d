// @vitest-environment happy-dom
import { formatDocument, stringifyDocument } from '@urql/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { hashOf } from '../../client/graphql/document-hash.ts'
import { EventsDocument } from '../../client/graphql/generated/graphql.ts'
import { createEventStream, type EventStream, retryDelayMs } from '../../client/realtime/event-stream.ts'
import { createNetwork, type Network } from '../../client/realtime/network.ts'
import { EventServer } from './support/event-server.ts'
import { FakeApi } from './support/fake-api.ts'
import { QuietSocket } from './support/quiet-socket.ts'

const EVENTS = { text: stringifyDocument(formatDocument(EventsDocument)), hash: hashOf(EventsDocument) }

let api: FakeApi
let server: EventServer
let network: Network
let stream: EventStream
let received: string[]
let stop: () => void
let token: string

beforeEach(async () => {
  api = new FakeApi()
  api.addChat('a')
  server = await new EventServer(api).open()
  network = createNetwork(window)
  received = []
  token = 'first'
  stream = createEventStream({
    url: server.url,
    network,
    readToken: () => token,
    onTokenExpired: () => {
      token = 'second'
    },
    minRetryMs: 5,
    maxRetryMs: 20,
    webSocketImpl: QuietSocket,
  })
  stream.onEvent((event) => received.push(event.__typename === 'MessageAdded' ? event.message.text : event.__typename))
  stop = stream.run(EVENTS, { next: () => {} })
  await live()
})

afterEach(async () => {
  stop()
  network.close()
  await server.close()
})

/** Generous: the machine may be busy. What is waited for comes in milliseconds. */
const until = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 5 })
const live = () => until(() => expect(stream.state.get().status).toBe('live'))
const texts = () => received.filter((text) => text.startsWith('№'))
const send = (text: string) => api.addMessage('a', 'expert', text)

vi.setConfig({ testTimeout: 20_000 })

describe('the event stream', () => {
  it('continues after the newest cursor at every attempt, without gaps or repeats', async () => {
    send('№1')
    await until(() => expect(texts()).toEqual(['№1']))
    server.drop()
    send('№2')
    await until(() => expect(texts()).toEqual(['№1', '№2']))
    const afterSecond = api.events.length
    server.drop()
    send('№3')
    await until(() => expect(texts()).toEqual(['№1', '№2', '№3']))
    expect(server.attempts.map(({ after }) => after)).toEqual([null, expect.any(String), `c${afterSecond}`])
    expect(stream.resets.get()).toBe(1)
  })

  it('comes back after the server was away, however often it failed meanwhile', async () => {
    await server.close()
    await until(() => {
      const state = stream.state.get()
      expect(state.status === 'reconnecting' && state.attempt).toBeGreaterThan(8)
    })
    send('№1')
    await server.open()
    await until(() => expect(texts()).toEqual(['№1']))
    expect(stream.state.get().status).toBe('live')
  })

  it('starts anew, and says so, when the server refuses its cursor', async () => {
    send('№1')
    await until(() => expect(texts()).toEqual(['№1']))
    server.refusals = ['badCursor']
    server.drop()
    await until(() => expect(stream.resets.get()).toBe(2))
    expect(server.attempts.slice(1).map(({ after }) => after)).toEqual([expect.any(String), null])
    send('№2')
    await until(() => expect(texts()).toEqual(['№1', '№2']))
  })

  it('sends the hash alone, and the text to a server that doesn’t know it, for as long as that is so', async () => {
    send('№1')
    await until(() => expect(texts()).toEqual(['№1']))
    api.knowsHashes = false
    server.drop()
    send('№2')
    await until(() => expect(texts()).toEqual(['№1', '№2']))
    api.knowsHashes = true
    server.drop()
    send('№3')
    await until(() => expect(texts()).toEqual(['№1', '№2', '№3']))
    expect(server.attempts.map(({ sent }) => sent)).toEqual(['hash', 'hash', 'text', 'hash'])
  })

  it('asks for a fresh token when its own is refused', async () => {
    server.refusals = ['unauthenticated']
    server.drop()
    await until(() => expect(server.attempts.at(-1)?.authorization).toBe('Bearer second'))
    await live()
  })

  it('tries nothing while the connection is cut, and continues at once when it is mended', async () => {
    network.cut()
    expect(stream.state.get().status).toBe('offline')
    const attempts = server.attempts.length
    send('№1')
    await expect(network.fetch('http://api.test/')).rejects.toThrow(TypeError)
    expect(server.attempts).toHaveLength(attempts)
    network.mend()
    await until(() => expect(texts()).toEqual(['№1']))
    expect(server.attempts).toHaveLength(attempts + 1)
  })

  describe('where the browser says that there is no network', () => {
    const say = (onLine: boolean) => {
      vi.spyOn(window.navigator, 'onLine', 'get').mockReturnValue(onLine)
      window.dispatchEvent(new Event(onLine ? 'online' : 'offline'))
    }
    afterEach(() => {
      vi.restoreAllMocks()
    })

    it('lives all the same, if the server is reachable', async () => {
      say(false)
      send('№1')
      await until(() => expect(texts()).toEqual(['№1']))
      expect(stream.state.get().status).toBe('live')
      stop()
      stop = stream.run(EVENTS, { next: () => {} })
      await live()
      send('№2')
      await until(() => expect(texts()).toEqual(['№1', '№2']))
    })

    it('says so once an attempt has failed, goes on trying, and lives as soon as one succeeds', async () => {
      await server.close()
      const seen: string[] = []
      const forget = stream.state.subscribe(() => seen.push(stream.state.get().status))
      say(false)
      await until(() => expect(seen.length).toBeGreaterThan(8))
      forget()
      expect(new Set(seen.slice(-6))).toEqual(new Set(['offline']))
      send('№1')
      await server.open()
      await until(() => expect(texts()).toEqual(['№1']))
      expect(stream.state.get().status).toBe('live')
    })

    it('tries at once when the network is back, however long it would have waited', async () => {
      stop()
      await server.close()
      const patient = createEventStream({
        url: server.url,
        network,
        readToken: () => 'token',
        onTokenExpired: () => {},
        minRetryMs: 60_000,
        maxRetryMs: 60_000,
        webSocketImpl: QuietSocket,
      })
      say(false)
      const stopPatient = patient.run(EVENTS, { next: () => {} })
      await until(() => expect(patient.state.get().status).toBe('offline'))
      await server.open()
      say(true)
      await until(() => expect(patient.state.get().status).toBe('live'))
      stopPatient()
    })
  })

  it('gives up on a line that no longer answers', async () => {
    stop()
    const silent = createEventStream({
      url: server.url,
      network,
      readToken: () => 'token',
      onTokenExpired: () => {},
      keepAliveMs: 10,
      pongTimeoutMs: 50,
      minRetryMs: 1000,
      webSocketImpl: class extends QuietSocket {
        override send(data: Parameters<QuietSocket['send']>[0]) {
          if (!String(data).includes('"ping"')) super.send(data)
        }
      },
    })
    const stopSilent = silent.run(EVENTS, { next: () => {} })
    await until(() => expect(silent.state.get().status).toBe('live'))
    await until(() => expect(silent.state.get()).toEqual({ status: 'reconnecting', attempt: 1 }))
    stopSilent()
  })
})

describe('the wait between attempts', () => {
  it('doubles up to its cap, in the upper half of each step', () => {
    for (const [attempt, ceiling] of [
      [1, 500],
      [2, 1000],
      [5, 8000],
      [6, 10_000],
      [60, 10_000],
    ] as const) {
      const wait = retryDelayMs(attempt, 500, 10_000)
      expect(wait).toBeGreaterThanOrEqual(ceiling / 2)
      expect(wait).toBeLessThanOrEqual(ceiling)
    }
  })
})
