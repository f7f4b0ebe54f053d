import { connect, type Socket } from 'node:net'
import { range } from '../support/chat.ts'
import { frame } from '../support/raw.ts'
import { connectSocket, type RawSocket } from '../support/socket.ts'

/** Somebody with a large account, and one of their chats. */
export interface Target {
  url: string
  token: string
  chatId: string
}

/** Does its worst until the server has dealt with all of it; says what the server answered. */
export type Attack = (target: Target) => Promise<string>

const frames = 20_000

/** Sends messages as fast as the socket takes them; the last answer is that to an operation behind them. */
const flood =
  (message: (index: number) => string, count = frames): Attack =>
  async ({ url, token }) => {
    const socket = await connectSocket(url, token)
    const answers = countAnswers(socket)
    for (const index of range(count)) socket.send(message(index))
    socket.send({ id: 'behind', type: 'subscribe', payload: { query: '{ __typename }' } })
    const end = await Promise.race([socket.closed.then(({ code }) => `closed with ${code}`), answers.behind])
    await socket.close()
    return `${answers.count()} answers, ${end}`
  }

function countAnswers({ socket }: RawSocket) {
  let count = 0
  const behind = new Promise<string>((resolve) => {
    socket.on('message', (data) => {
      count++
      if (String(data).includes('"behind"')) resolve('all read')
    })
  })
  return { count: () => count, behind }
}

/** Writes raw bytes of WebSocket frames behind the handshake of `ws`. */
const rawFlood =
  (bytes: Buffer): Attack =>
  async ({ url, token }) => {
    const socket = await connectSocket(url, token)
    const answers = countAnswers(socket)
    const under = (socket.socket as unknown as { _socket: Socket })._socket
    under.write(bytes)
    socket.send({ id: 'behind', type: 'subscribe', payload: { query: '{ __typename }' } })
    const end = await Promise.race([socket.closed.then(({ code }) => `closed with ${code}`), answers.behind])
    await socket.close()
    return end
  }
const floodUnread =
  (message: string): Attack =>
  async ({ url, token }) => {
    const socket = await connectSocket(url, token)
    const under = (socket.socket as unknown as { _socket: Socket })._socket
    under.pause()
    const data = Buffer.concat(range(200_000).map(() => frame(0x81, message)))
    let done = false
    under.write(data, () => {
      done = true
    })
    await new Promise((resolve) => setTimeout(resolve, 5000))
    socket.socket.terminate()
    return done ? 'all was read' : 'was not read to the end'
  }

const pipelined =
  (one: string, count: number): Attack =>
  async ({ url }) => {
    const { port } = new URL(url)
    const socket = connect(Number(port), '127.0.0.1')
    let text = ''
    let answers = 0
    const done = new Promise<void>((resolve) => {
      socket.on('data', (data) => {
        text += String(data)
        const found = text.split('HTTP/1.1 ').length - 1
        answers += found
        text = text.slice(-8)
        if (answers >= count) resolve()
      })
      socket.on('close', () => resolve())
      socket.on('error', () => resolve())
    })
    socket.write(one.repeat(count))
    await done
    socket.destroy()
    return `${answers} answers`
  }

/** Much of what costs little. */
export const floods: Readonly<Record<string, Attack>> = {
  nothing: async () => {
    await new Promise((resolve) => setTimeout(resolve, 1000))
    return ''
  },
  'pings of graphql-ws': flood(() => '{"type":"ping"}'),
  'pongs of graphql-ws': flood(() => '{"type":"pong"}'),
  'completes of unknown ids': flood((index) => `{"id":"${index}","type":"complete"}`),
  'operations over the limit': flood(
    (index) => `{"id":"${index}","type":"subscribe","payload":{"query":"{ __typename }"}}`,
  ),
  'operations of one id': flood(() => '{"id":"1","type":"subscribe","payload":{"query":"{ __typename }"}}'),
  'subscriptions that begin and end': flood(
    (index) =>
      index % 2
        ? `{"id":"${index - 1}","type":"complete"}`
        : `{"id":"${index}","type":"subscribe","payload":{"query":"subscription { events { cursor } }"}}`,
    6000,
  ),
  'messages after a close': flood((index) => (index === 0 ? 'x' : '{"type":"ping"}')),
  'largest frames': flood(
    (index) =>
      JSON.stringify({
        id: `${index}`,
        type: 'subscribe',
        payload: { query: `{ __typename } # ${index}${'x'.repeat(60_000)}` },
      }),
    500,
  ),
  'ping frames': rawFlood(Buffer.concat(range(frames).map(() => frame(0x89, 'x')))),
  'pong frames': rawFlood(Buffer.concat(range(frames).map(() => frame(0x8a, 'x')))),
  'empty fragments': rawFlood(Buffer.concat([frame(0x01), ...range(frames).map(() => frame(0x00))])),
  'pings whose answers are not read': floodUnread('{"type":"ping"}'),
  'pipelined GET': pipelined('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n', frames),
  'pipelined OPTIONS': pipelined('OPTIONS /graphql HTTP/1.1\r\nHost: x\r\n\r\n', frames),
  'pipelined 404': pipelined('GET /x HTTP/1.1\r\nHost: x\r\n\r\n', frames),
  'pipelined refused operations': pipelined(
    'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 24\r\n\r\n{"query":"{__typename}"}',
    5000,
  ),
}
