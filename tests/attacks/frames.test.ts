import { deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { range } from '../support/chat.ts'
import { request } from '../support/client.ts'
import { reachableHeapBytes } from '../support/heap.ts'
import { frame, messageFrame, openFrames } from '../support/raw.ts'
import { connectSocket, openSocket, operate } from '../support/socket.ts'
import { tokenFor } from '../support/tokens.ts'

const events = { query: 'subscription { events { cursor } }' }
const viewer = '{ viewer { externalId } }'

describe('a WebSocket under attack', () => {
  let app: TestApp
  let token: string
  beforeAll(async () => {
    app = await startTestApp('sqlite', { env: { LIMIT_SOCKETS_PER_USER: '0' } })
    token = await tokenFor('eve')
    await request(app.url, token, viewer)
  })
  afterAll(() => app.close())

  const init = () => messageFrame({ type: 'connection_init', payload: { Authorization: `Bearer ${token}` } })
  const bomb = deflateRawSync(Buffer.alloc(10_000_000))

  const broken: Record<string, { code: number; frames: () => Buffer[]; headers?: string[] }> = {
    'an unmasked frame': { code: 1002, frames: () => [frame(0x81, '{"type":"ping"}', { masked: false })] },
    'a first reserved bit': { code: 1002, frames: () => [frame(0xc1, '{"type":"ping"}')] },
    'a second reserved bit': { code: 1002, frames: () => [frame(0xa1, '{"type":"ping"}')] },
    'a third reserved bit': { code: 1002, frames: () => [frame(0x91, '{"type":"ping"}')] },
    ...Object.fromEntries(
      [3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map((opcode) => [
        `reserved opcode ${opcode}`,
        { code: 1002, frames: () => [frame(0x80 | opcode, 'x')] },
      ]),
    ),
    'a continuation of nothing': { code: 1002, frames: () => [frame(0x80, 'x')] },
    'a text inside a fragmented text': { code: 1002, frames: () => [frame(0x01, 'x'), frame(0x81, 'x')] },
    'a fragmented ping': { code: 1002, frames: () => [frame(0x09, 'x')] },
    'a ping over 125 bytes': { code: 1002, frames: () => [frame(0x89, 'x'.repeat(126))] },
    'a close of one byte': { code: 1002, frames: () => [frame(0x88, 'x')] },
    'a close with a code that may not be sent': {
      code: 1002,
      frames: () => [frame(0x88, Buffer.from([0x03, 0xee]))],
    },
    'a text that is no UTF-8': {
      code: 1007,
      frames: () => [frame(0x81, Buffer.from('{"type":"ping\xff"}', 'latin1'))],
    },
    'a text that ends within a character': { code: 1007, frames: () => [frame(0x81, Buffer.from([0x22, 0xd0]))] },
    'an encoded surrogate': { code: 1007, frames: () => [frame(0x81, Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]))] },
    'a close whose reason is no UTF-8': {
      code: 1007,
      frames: () => [frame(0x88, Buffer.from([0x03, 0xe8, 0xff]))],
    },
    'a frame over 64 KiB': { code: 1009, frames: () => [frame(0x81, 'x'.repeat(65_537))] },
    'the header alone of a frame of 1 GiB': { code: 1009, frames: () => [frame(0x81, '', { length: 2 ** 30 })] },
    'the header alone of a frame of 2^62 bytes': { code: 1009, frames: () => [frame(0x81, '', { length: 2 ** 62 })] },
    'fragments that are over 64 KiB together': {
      code: 1009,
      frames: () => [frame(0x01, 'x'.repeat(40_000)), frame(0x00, 'x'.repeat(40_000))],
    },
    'fragments without end': { code: 1008, frames: () => [frame(0x01), ...range(20_000).map(() => frame(0x00))] },
    'a deflate bomb, after asking for compression': {
      code: 1002,
      headers: ['Sec-WebSocket-Extensions: permessage-deflate'],
      frames: () => [frame(0xc1, bomb.subarray(0, 60_000))],
    },
    'an operation before connection_init': {
      code: 4401,
      frames: () => [messageFrame({ id: '1', type: 'subscribe', payload: events })],
    },
    'a second connection_init': { code: 4429, frames: () => [init(), init()] },
    'a token in the payload under another name': {
      code: 4403,
      frames: () => [messageFrame({ type: 'connection_init', payload: { token: `Bearer ${token}` } })],
    },
    'a message of the server': { code: 4400, frames: () => [messageFrame({ type: 'connection_ack' })] },
    'a text of NUL': { code: 4400, frames: () => [frame(0x81, '\0')] },
    'JSON 20,000 deep': { code: 4400, frames: () => [frame(0x81, `${'['.repeat(20_000)}${']'.repeat(20_000)}`)] },
  }
  it.each(Object.entries(broken))('closes on %s', async (_name, { code, frames, headers }) => {
    const raw = await openFrames(app.url, headers)
    raw.write(...frames())
    expect(await raw.closed).toBe(code)
  })

  it.each([
    ['empty', ''],
    ['a number', 1],
    ['null', null],
    ['a list', ['1']],
    ['an object', { toString: '1' }],
    ['left out', undefined],
  ])('closes with 4400 on an operation whose id is %s', async (_name, id) => {
    const socket = await connectSocket(app.url, token)
    socket.send({ id, type: 'subscribe', payload: { query: viewer } })
    expect((await socket.closed).code).toBe(4400)
  })

  it.each([
    ...['__proto__', 'constructor', 'toString', 'я\u202e<b>', ' ', '\n'].map((id) => [JSON.stringify(id), id]),
    ['of 20,000 characters', 'я'.repeat(20_000)],
  ])('answers an operation whose id is odd: %s', async (_name, id = '') => {
    const socket = await connectSocket(app.url, token)
    socket.send({ id, type: 'subscribe', payload: events })
    expect(await socket.nextOf(id)).toMatchObject({ type: 'next' })
    socket.send({ id, type: 'subscribe', payload: events })
    expect((await socket.closed).code).toBe(4409)
  })

  const odd: Record<string, unknown> = {
    'a query that is null': { query: null },
    'a query that is a list': { query: [viewer] },
    'an operationName that is a number': { query: viewer, operationName: 7 },
    'variables that are a list': { query: viewer, variables: [1] },
    'extensions that are a string': { query: viewer, extensions: 'x' },
    'a payload that is a batch': [{ query: viewer }],
    'a payload that is a string': viewer,
  }
  it.each(Object.entries(odd))('closes with 4400, or takes as nothing, %s', async (_name, payload) => {
    const socket = await connectSocket(app.url, token)
    socket.send({ id: '1', type: 'subscribe', payload })
    const answer = await Promise.race([socket.closed, socket.nextOf('1').catch(() => socket.closed)])
    if ('code' in answer) expect(answer.code).toBe(4400)
    else expect(['error', 'next']).toContain(answer.type)
    await socket.close()
    expect((await request(app.url, token, viewer)).status).toBe(200)
  })

  it('leaves the prototypes of its own objects alone', async () => {
    const socket = await connectSocket(app.url, token)
    socket.send(
      `{"id":"1","type":"subscribe","__proto__":{"polluted":1},"payload":{"query":"${viewer}","variables":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}},"extensions":{"__proto__":{"polluted":1}}}}`,
    )
    expect((await socket.nextOf('1')).payload.data).toEqual({ viewer: { externalId: 'eve' } })
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
    await socket.close()
  })

  const floods: Record<string, (index: number) => Buffer> = {
    'pings of the protocol': () => messageFrame({ type: 'ping' }),
    'pongs of the protocol': () => messageFrame({ type: 'pong' }),
    'completes of unknown ids': (index) => messageFrame({ id: `${index}`, type: 'complete' }),
    'ping frames': () => frame(0x89, 'x'),
    'pong frames': () => frame(0x8a, 'x'),
  }
  it.each(Object.entries(floods))('reads a flood of %s in turns, with others served meanwhile', async (name, one) => {
    const raw = await openFrames(app.url)
    raw.write(init())
    await expect.poll(() => raw.count(1)).toBe(1)
    const flood = Buffer.concat(range(5000).map(one))
    const other = await connectSocket(app.url, await tokenFor('boris'))
    raw.write(flood, messageFrame({ id: 'behind', type: 'subscribe', payload: { query: '{ __typename }' } }))
    expect((await operate(other, '1', viewer))[0].data.viewer.externalId).toBe('boris')
    const answered = name === 'pings of the protocol' ? 5000 : 0
    // The acknowledgement, and the operation's answer and end, stand behind all of the flood.
    await expect.poll(() => raw.count(1), { timeout: 15_000 }).toBe(answered + 3)
    raw.end()
    await other.close()
  })

  it('doesn’t read on while its answers aren’t taken', async () => {
    const socket = await connectSocket(app.url, token)
    const under = (socket.socket as unknown as { _socket: import('node:net').Socket })._socket
    const before = reachableHeapBytes()
    under.pause()
    // Pongs carry their payload back: 100 MB, of which the system takes some on the way.
    const ping = messageFrame({ type: 'ping', payload: { x: 'x'.repeat(50_000) } })
    for (const _index of range(2000)) under.write(ping)
    await expect
      .poll(() => under.writableLength, { timeout: 5000, interval: 500 })
      .toSatisfy((length: number) => length > 50_000_000)
    const other = await connectSocket(app.url, await tokenFor('boris'))
    expect((await operate(other, '1', viewer))[0].data.viewer.externalId).toBe('boris')
    expect(reachableHeapBytes() - before).toBeLessThan(30 * 2 ** 20)
    socket.socket.terminate()
    await other.close()
  })

  it('answers nothing any more once it is closing', async () => {
    const raw = await openFrames(app.url)
    raw.write(init())
    await expect.poll(() => raw.count(1)).toBe(1)
    raw.write(frame(0x81, 'no JSON'), ...range(1000).map(() => messageFrame({ type: 'ping' })))
    expect(await raw.closed).toBe(4400)
    expect(raw.count(1)).toBe(1)
  })
})

describe('a foreign page’s WebSocket', () => {
  it.each(['https://evil.example', 'null', 'http://oko.evil.example', 'http://evil.example:80@oko', '', 'file://'])(
    'gets 403 at the upgrade: Origin %j',
    async (origin) => {
      const app = await startTestApp('sqlite')
      try {
        await expect(openSocket(app.url, { headers: { origin } })).rejects.toThrow('403')
      } finally {
        await app.close()
      }
    },
  )
})
