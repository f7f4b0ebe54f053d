import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { startTestApp, type TestApp } from '../support/app.ts'
import { chatOf, newPair, range } from '../support/chat.ts'
import { eventsSubscription } from '../support/events.ts'
import { person, sendMutation } from '../support/market.ts'
import { connectSocket, openSocket, operate, type RawSocket } from '../support/socket.ts'
import { tokenFor } from '../support/tokens.ts'

describe('the WebSocket', () => {
  let app: TestApp
  let token: string
  beforeAll(async () => {
    app = await startTestApp('sqlite', { env: { LIMIT_SOCKETS_PER_USER: '0' } })
    token = await tokenFor('anna')
  })
  afterAll(() => app.close())

  const init = () => ({ type: 'connection_init', payload: { Authorization: `Bearer ${token}` } })
  const viewer = { query: '{ viewer { externalId } }' }

  it.each([
    ['no JSON', 'hello'],
    ['JSON that is no message', '7'],
    ['null', 'null'],
    ['a message without a type', '{}'],
    ['a message of an unknown type', '{"type":"hello"}'],
    ['an operation without an id', JSON.stringify({ type: 'subscribe', payload: viewer })],
    ['an operation without a query', JSON.stringify({ id: '1', type: 'subscribe', payload: {} })],
    [
      'an operation with variables that are none',
      JSON.stringify({ id: '1', type: 'subscribe', payload: { ...viewer, variables: 'x' } }),
    ],
  ])('closes with 4400 on %s', async (_name, message) => {
    const socket = await connectSocket(app.url, token)
    socket.send(message)
    expect((await socket.closed).code).toBe(4400)
  })

  it('closes with 4401 on an operation before connection_init', async () => {
    const socket = await openSocket(app.url)
    socket.send({ id: '1', type: 'subscribe', payload: viewer })
    expect((await socket.closed).code).toBe(4401)
  })

  it('closes with 4403 on an invalid or expired token', async () => {
    for (const bad of ['garbage', await tokenFor('anna', { exp: 1 })]) {
      const socket = await openSocket(app.url)
      socket.send({ type: 'connection_init', payload: { Authorization: `Bearer ${bad}` } })
      expect((await socket.closed).code).toBe(4403)
    }
  })

  it('closes with 4403 within a second of the token’s expiry', async () => {
    const exp = Math.floor(Date.now() / 1000) + 2
    const socket = await connectSocket(app.url, await tokenFor('anna', { exp }))
    socket.send({ id: '1', type: 'subscribe', payload: { query: 'subscription { events { cursor } }' } })
    await socket.nextOf('1')
    expect((await socket.closed).code).toBe(4403)
    const lateMs = Date.now() - exp * 1000
    expect(lateMs).toBeGreaterThan(-50)
    expect(lateMs).toBeLessThan(1000)
  })

  it('closes with 4406 on another subprotocol, or none', async () => {
    const bare = await new Promise<number>((resolve) => {
      new WebSocket(`${app.url.replace('http', 'ws')}/graphql`).once('close', resolve)
    })
    expect(bare).toBe(4406)
    // The ws client itself gives up where the server agrees to none of its subprotocols.
    await expect(openSocket(app.url, { protocol: 'graphql-ws' })).rejects.toThrow('subprotocol')
  })

  it('closes with 4408 when connection_init doesn’t come', async () => {
    const socket = await openSocket(app.url)
    expect((await socket.closed).code).toBe(4408)
  })

  it('closes with 4409 on an id that is in use', async () => {
    const socket = await connectSocket(app.url, token)
    for (let i = 0; i < 2; i++)
      socket.send({ id: '1', type: 'subscribe', payload: { query: 'subscription { events { cursor } }' } })
    expect((await socket.closed).code).toBe(4409)
  })

  it('closes with 4429 on a second connection_init', async () => {
    const socket = await openSocket(app.url)
    socket.send(init())
    socket.send(init())
    expect((await socket.closed).code).toBe(4429)
  })

  it('closes with 1009 on a frame over 64 KiB, and takes one of 64 KiB', async () => {
    const socket = await connectSocket(app.url, token)
    const message = (length: number) => {
      const bare = JSON.stringify({ id: '1', type: 'subscribe', payload: { ...viewer, variables: { x: '' } } })
      return bare.replace('""', `"${'x'.repeat(length - bare.length)}"`)
    }
    socket.send(message(64 * 1024))
    expect((await socket.nextOf('1')).payload.data.viewer.externalId).toBe('anna')
    expect((await socket.nextOf('1')).type).toBe('complete')
    socket.send(message(64 * 1024 + 1))
    expect((await socket.closed).code).toBe(1009)
  })

  it('answers pings', async () => {
    const socket = await connectSocket(app.url, token)
    socket.send({ type: 'ping', payload: { at: 1 } })
    expect((await socket.next()).type).toBe('pong')
    await socket.close()
  })

  it('answers syntax, validation and other errors per operation, and stays open', async () => {
    const socket = await connectSocket(app.url, token)
    for (const [query, code] of [
      ['subscription {', 'GRAPHQL_PARSE_FAILED'],
      ['{ nonsense }', 'GRAPHQL_VALIDATION_FAILED'],
      ['subscription { events { nonsense } }', 'GRAPHQL_VALIDATION_FAILED'],
      ['subscription { events { cursor } notificationAdded { cursor } }', 'GRAPHQL_VALIDATION_FAILED'],
    ] as const) {
      socket.send({ id: query, type: 'subscribe', payload: { query } })
      const answer = await socket.nextOf(query)
      expect([query, answer.type, answer.payload[0]?.extensions.code]).toEqual([query, 'error', code])
    }
    for (const [query, variables, code] of [
      ['query ($id: ID!) { chat(id: $id) { id } }', {}, 'BAD_USER_INPUT'],
      ['query ($id: ID!) { chat(id: $id) { id } }', { id: 'x' }, 'FORBIDDEN'],
      ['subscription ($id: ID!) { messageAdded(chatId: $id) { cursor } }', {}, 'BAD_USER_INPUT'],
      ['subscription ($after: String) { events(after: $after) { cursor } }', { after: 'x' }, 'BAD_USER_INPUT'],
      ['query A { __typename } query B { __typename }', {}, 'BAD_USER_INPUT'],
    ] as const) {
      const [answer] = await operate(socket, 'x', query, variables)
      const errors = Array.isArray(answer) ? answer : answer.errors
      expect([query, errors[0].extensions.code]).toEqual([query, code])
    }
    expect((await operate(socket, 'last', viewer.query))[0].data.viewer.externalId).toBe('anna')
    await socket.close()
  })

  it('runs mutations', async () => {
    const { chatId, anna } = await newPair(app.url)
    const socket = await connectSocket(app.url, anna.token)
    const [{ data }] = await operate(socket, '1', sendMutation, { input: { chatId, text: 'По сокету' } })
    expect(data.sendMessage).toMatchObject({ __typename: 'SendMessageSuccess', sent: { seq: 1 } })
    await socket.close()
  })

  it('sends nothing of an operation after the client completed it', async () => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    const [socket, sender] = [await connectSocket(app.url, dmitry.token), await connectSocket(app.url, anna.token)]
    const open = (id: string) => socket.send({ id, type: 'subscribe', payload: { query: eventsSubscription } })
    for (const round of range(10)) {
      const id = `stream ${round}`
      open(id)
      await socket.nextOf(id)
      // The events are on their way when the client completes.
      for (const text of range(3)) {
        sender.send({
          id: `${round} ${text}`,
          type: 'subscribe',
          payload: { query: sendMutation, variables: { input: { chatId, text: `${text}` } } },
        })
      }
      if (round % 2) await socket.nextOf(id)
      socket.send({ id, type: 'complete' })
      // What the server had sent by the time it saw the completion has arrived once it answers this.
      socket.send({ type: 'ping' })
      await untilPong(socket)
      for (const text of range(3)) {
        await sender.nextOf(`${round} ${text}`)
        await sender.nextOf(`${round} ${text}`)
      }
      const answer = await untilAnswer(socket, `after ${round}`, viewer.query)
      expect(answer.filter((message) => message.id === id)).toEqual([])
    }
    await socket.close()
    await sender.close()
  })

  async function untilPong(socket: RawSocket) {
    for (;;) if ((await socket.next()).type === 'pong') return
  }

  /** All that comes until an operation is answered. */
  async function untilAnswer(socket: RawSocket, id: string, query: string): Promise<any[]> {
    socket.send({ id, type: 'subscribe', payload: { query } })
    const messages: any[] = []
    for (;;) {
      const message = await socket.next()
      messages.push(message)
      if (message.id === id && message.type === 'complete') return messages
    }
  }

  it('lets go of everything when operations complete and sockets close', async () => {
    const gauges = async () => {
      const text = await (await fetch(`${app.url}/metrics`)).text()
      return ['oko_subscriptions', 'oko_websockets'].map((name) =>
        Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1]),
      )
    }
    const [subscriptions = 0, sockets = 0] = await gauges()
    const open = await Promise.all(range(4).map(() => connectSocket(app.url, token)))
    for (const socket of open) {
      for (const id of ['a', 'b', 'c']) {
        socket.send({ id, type: 'subscribe', payload: { query: 'subscription { events { cursor } }' } })
        await socket.nextOf(id)
      }
    }
    expect(await gauges()).toEqual([subscriptions + 12, sockets + 4])
    const [first, second, third, fourth] = open as [RawSocket, RawSocket, RawSocket, RawSocket]
    for (const id of ['a', 'b', 'c']) first.send({ id, type: 'complete' })
    await untilAnswer(first, 'done', viewer.query)
    expect(await gauges()).toEqual([subscriptions + 9, sockets + 4])
    await second.close()
    third.socket.terminate()
    fourth.send('not JSON')
    await Promise.all([third.closed, fourth.closed, first.close()])
    await expect.poll(gauges).toEqual([subscriptions, sockets])
  })

  it('takes 50 subscriptions on one socket, and says so at the next', async () => {
    const socket = await connectSocket(app.url, token)
    for (const index of range(50)) {
      socket.send({ id: `${index}`, type: 'subscribe', payload: { query: 'subscription { events { cursor } }' } })
      expect((await socket.nextOf(`${index}`)).type).toBe('next')
    }
    socket.send({ id: 'more', type: 'subscribe', payload: { query: 'subscription { events { cursor } }' } })
    expect(await socket.nextOf('more')).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'LIMIT_EXCEEDED' } }],
    })
    await socket.close()
  })
})

describe('a WebSocket that goes away while its token is looked at', () => {
  it('leaves nobody online', async () => {
    const app = await startTestApp('postgresql')
    try {
      const { chatId, anna, dmitry } = await newPair(app.url)
      const issuedAt = Math.floor(Date.now() / 1000)
      for (const index of range(30)) {
        // A token that was not seen before, so that the database is asked.
        const { token } = await person(dmitry.externalId, { iat: issuedAt - index })
        const socket = await openSocket(app.url)
        socket.send({ type: 'connection_init', payload: { Authorization: `Bearer ${token}` } })
        socket.socket.terminate()
        await socket.closed
      }
      const online = async () => (await chatOf(app.url, anna, chatId)).participants.some(({ user }: any) => user.online)
      // Whoever was let in goes offline after a moment of grace.
      await expect.poll(online, { timeout: 10_000, interval: 200 }).toBe(false)
    } finally {
      await app.close()
    }
  }, 30_000)
})

describe('limits on WebSockets', () => {
  it('send a user’s socket beyond LIMIT_SOCKETS_PER_USER away with 1013, until another is closed', async () => {
    const app = await startTestApp('sqlite', { env: { LIMIT_SOCKETS_PER_USER: '2' } })
    try {
      const [anna, dmitry] = await Promise.all([tokenFor('anna'), tokenFor('dmitry')])
      const [first] = [await connectSocket(app.url, anna), await connectSocket(app.url, anna)]
      const third = await openSocket(app.url)
      third.send({ type: 'connection_init', payload: { Authorization: `Bearer ${anna}` } })
      expect((await third.closed).code).toBe(1013)
      await connectSocket(app.url, dmitry)
      await first.close()
      await expect
        .poll(() =>
          connectSocket(app.url, anna).then(
            () => 'connected',
            () => 'refused',
          ),
        )
        .toBe('connected')
    } finally {
      await app.close()
    }
  })

  it('count operations as over HTTP, and leave the socket open', async () => {
    const app = await startTestApp('sqlite', { env: { LIMIT_OPERATIONS_PER_SECOND: '1' } })
    try {
      const socket = await connectSocket(app.url, await tokenFor('anna'))
      const codes: unknown[] = []
      for (const index of range(12)) {
        const [answer] = await operate(socket, `${index}`, '{ viewer { id } }')
        codes.push(Array.isArray(answer) ? answer[0].extensions.code : null)
        if (Array.isArray(answer)) expect(answer[0].extensions.retryAfterMs).toBeGreaterThan(0)
      }
      expect(codes).toContain(null)
      expect(codes).toContain('RATE_LIMITED')
      expect(socket.socket.readyState).toBe(socket.socket.OPEN)
    } finally {
      await app.close()
    }
  })
})
