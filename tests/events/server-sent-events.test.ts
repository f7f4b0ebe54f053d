import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { type ExecutionResult, GraphQLError } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendEvents } from '../../api/http/event-source.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { newChat, newPair, removeParticipant, say } from '../support/chat.ts'
import { eventsSubscription, messagesSubscription } from '../support/events.ts'
import type { Person } from '../support/market.ts'
import { openEventSource } from '../support/sse.ts'
import { hostToken, tokenFor } from '../support/tokens.ts'

describe('a subscription over server-sent events', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp('sqlite')
  })
  afterAll(() => app.close())

  it('begins with StreamReady, goes on live, and resumes in the same cursor space', async () => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    const stream = await openEventSource(app.url, dmitry.token, eventsSubscription)
    expect([stream.status, stream.contentType]).toEqual([200, expect.stringContaining('text/event-stream')])
    const ready = (await stream.next()).data.stream
    expect(ready).toMatchObject({ __typename: 'StreamReady', resumed: false })
    await say(app.url, anna, chatId, 'Раз')
    const first = (await stream.next()).data.stream
    expect(first).toMatchObject({
      __typename: 'MessageAdded',
      message: { text: 'Раз' },
      counters: { unreadMessages: 1 },
    })
    stream.close()
    await say(app.url, anna, chatId, 'Два\n\nс пустой строкой')

    const resumed = await openEventSource(app.url, dmitry.token, messagesSubscription, { chatId, after: first.cursor })
    expect((await resumed.next()).data.stream).toMatchObject({ resumed: true, cursor: first.cursor })
    expect((await resumed.next()).data.stream.message.text).toBe('Два\n\nс пустой строкой')
    await say(app.url, anna, chatId, 'Три')
    expect((await resumed.next()).data.stream.message.text).toBe('Три')
    resumed.close()
  })

  it('answers what is refused with an error and ends', async () => {
    const { chatId, anna } = await newPair(app.url)
    const { anna: stranger } = await newPair(app.url)
    for (const [token, query, variables, code] of [
      [stranger.token, messagesSubscription, { chatId }, 'FORBIDDEN'],
      [await hostToken(), eventsSubscription, {}, 'FORBIDDEN'],
      [anna.token, eventsSubscription, { after: 'x' }, 'BAD_USER_INPUT'],
    ] as const) {
      const stream = await openEventSource(app.url, token, query, variables)
      expect((await stream.next()).errors[0].extensions.code).toBe(code)
      await stream.ended
    }
    expect((await openEventSource(app.url, 'garbage', eventsSubscription)).status).toBe(401)
  })

  it('ends messageAdded with FORBIDDEN when its user is removed', async () => {
    const { chatId, people } = await newChat(app.url, 'anna', 'dmitry', 'elena')
    const [anna] = people as [Person]
    const stream = await openEventSource(app.url, anna.token, messagesSubscription, { chatId })
    await stream.next()
    await removeParticipant(app.url, chatId, anna)
    expect((await stream.next()).errors[0].extensions.code).toBe('FORBIDDEN')
    await stream.ended
  })

  it('ends when its token expires', async () => {
    const exp = Math.floor(Date.now() / 1000) + 2
    const stream = await openEventSource(app.url, await tokenFor('anna', { exp }), eventsSubscription)
    await stream.next()
    await stream.ended
    expect(Math.abs(Date.now() - exp * 1000)).toBeLessThan(1000)
  })
})

describe('the sender of server-sent events', () => {
  /** Sends results to a client that connects to a server of its own; what the client reads, and when all is over. */
  async function sending(results: AsyncIterableIterator<ExecutionResult>, stalledMs = 10_000) {
    let over: Promise<void> | undefined
    const server = createServer((_request, response) => {
      over = sendEvents(results, response, {
        ...{ stalledMs, commentIntervalMs: 20, takeTurn: async () => undefined },
        toClientError: () => new GraphQLError('masked'),
      })
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    socket.write('GET / HTTP/1.0\r\n\r\n')
    let text = ''
    socket.on('data', (data) => {
      text += String(data)
    })
    await once(socket, 'data')
    return {
      socket,
      text: () => text,
      over: () => over,
      close: async () => {
        socket.destroy()
        server.close()
        await once(server, 'close')
      },
    }
  }

  it('has a comment now and then, by which proxies keep it open and a dead reader is noticed', async () => {
    let end: () => void = () => undefined
    const results = (async function* () {
      yield { data: { a: 1 } }
      await new Promise<void>((resolve) => {
        end = resolve
      })
    })()
    const stream = await sending(results)
    await expect.poll(stream.text).toMatch(/data: {"data":{"a":1}}.*:\n\n.*:\n\n/s)
    end()
    await stream.over()
    await expect.poll(stream.text).toMatch(/event: complete\ndata:\n\n/)
    await stream.close()
  })

  it('says in the stream what broke it, and ends', async () => {
    const results = (async function* (): AsyncGenerator<ExecutionResult> {
      yield { data: null }
      throw new Error('secret')
    })()
    const stream = await sending(results)
    await stream.over()
    await expect.poll(stream.text).toMatch(/data: {"errors":\[{"message":"masked"}\]}.*event: complete/s)
    expect(stream.text()).not.toContain('secret')
    await stream.close()
  })

  it('lets go of a reader that takes nothing, and asks for no more than it can take', async () => {
    let asked = 0
    const results = (async function* () {
      while (true) {
        asked++
        yield { data: { text: 'x'.repeat(1_000_000) } }
      }
    })()
    const stream = await sending(results, 50)
    stream.socket.pause()
    await stream.over()
    // What the system itself holds on the way.
    expect(asked).toBeLessThan(50)
    expect((await results.next()).done).toBe(true)
    await stream.close()
  })
})
