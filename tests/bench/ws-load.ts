import { connect } from 'node:net'

/** One subscription on a socket of its own. */
export interface Subscriber {
  /** Resolves with the first event. */
  ready: Promise<string>
  close(): void
}

export interface SubscriberOptions {
  port: number
  token: string
  query: string
  variables?: object
  /** Every event but the first, as it came over the wire. */
  onEvent(frame: Buffer): void
}

const opcodes = { text: 1, close: 8, ping: 9, pong: 10 } as const

/**
 * Subscribes and waits for nothing but events; an error or an early end is thrown by `ready` or by the process. The frames are read
 * from a bare socket, since what measures shares the machine with what is measured.
 */
export function subscribe({ port, token, query, variables, onEvent }: SubscriberOptions): Subscriber {
  const socket = connect(port, '127.0.0.1').setNoDelay(true)
  let closed = false
  let upgraded = false
  let isFirst = true
  let rest: Buffer | null = null
  const say = (message: object) => socket.write(clientFrame(opcodes.text, Buffer.from(JSON.stringify(message))))
  const ready = new Promise<string>((resolve, reject) => {
    // Nothing can be measured any more, whoever waits for what.
    const fail = (why: string) => {
      if (!isFirst) console.error(why)
      reject(new Error(why))
    }
    socket.on('error', (error) => fail(error.message))
    socket.on('close', () => {
      if (!closed) fail('a subscriber was cut off')
    })
    socket.write(
      'GET /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n',
    )
    socket.on('data', (data) => {
      let bytes = rest ? Buffer.concat([rest, data]) : data
      rest = null
      if (!upgraded) {
        const end = bytes.indexOf('\r\n\r\n')
        if (end < 0) rest = bytes
        else if (!bytes.toString('latin1', 0, 12).endsWith('101'))
          fail(`no upgrade: ${bytes.toString('latin1', 0, 300)}`)
        else {
          upgraded = true
          say({ type: 'connection_init', payload: { Authorization: `Bearer ${token}` } })
          bytes = bytes.subarray(end + 4)
        }
      }
      if (!upgraded) return
      let from = 0
      for (;;) {
        const frame = frameAt(bytes, from)
        if (!frame) break
        from = frame.end
        onFrame(frame.opcode, bytes.subarray(frame.start, frame.end))
      }
      if (from < bytes.length) rest = bytes.subarray(from)
    })

    function onFrame(opcode: number, payload: Buffer): void {
      if (opcode === opcodes.ping) socket.write(clientFrame(opcodes.pong, payload))
      else if (opcode === opcodes.close) {
        closed = true
        fail(`a subscriber was closed with ${payload.readUInt16BE(0)}`)
      } else if (payload.includes('"type":"next"')) {
        if (isFirst) resolve(payload.toString())
        else onEvent(payload)
        isFirst = false
      } else if (payload.includes('"connection_ack"'))
        say({ id: '1', type: 'subscribe', payload: { query, variables } })
      else fail(`an unexpected frame: ${payload.toString('utf8', 0, 500)}`)
    }
  })
  return {
    ready,
    close() {
      closed = true
      socket.destroy()
    },
  }
}

/** Where a frame (RFC 6455, 5.2) that begins at `from` has its payload; null where it has not come whole. */
function frameAt(bytes: Buffer, from: number): { opcode: number; start: number; end: number } | null {
  if (bytes.length < from + 2) return null
  const short = bytes.readUInt8(from + 1) & 127
  const start = from + (short < 126 ? 2 : short === 126 ? 4 : 10)
  if (bytes.length < start) return null
  const length =
    short < 126 ? short : short === 126 ? bytes.readUInt16BE(from + 2) : Number(bytes.readBigUInt64BE(from + 2))
  return bytes.length < start + length ? null : { opcode: bytes.readUInt8(from) & 15, start, end: start + length }
}

/** A frame of a client, masked with zeros: what it holds stays as it is. */
function clientFrame(opcode: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(payload.length < 126 ? 6 : 8)
  head[0] = 0x80 | opcode
  head[1] = 0x80 | Math.min(payload.length, 126)
  if (payload.length >= 126) head.writeUInt16BE(payload.length, 2)
  return Buffer.concat([head, payload])
}

/** Opens many, some at a time; resolves when each has had its first event. */
export async function subscribeAll(options: readonly SubscriberOptions[], atOnce = 100): Promise<Subscriber[]> {
  const subscribers: Subscriber[] = []
  for (let from = 0; from < options.length; from += atOnce) {
    const some = options.slice(from, from + atOnce).map(subscribe)
    subscribers.push(...some)
    await Promise.all(some.map(({ ready }) => ready))
  }
  return subscribers
}

/** Counts to a number that others wait for. */
export function createCounter() {
  let count = 0
  let target = Number.POSITIVE_INFINITY
  let reached: (() => void) | undefined
  return {
    add(): void {
      if (++count >= target) reached?.()
    },
    /** Resolves when that many more have come. @throws after a minute */
    more(number: number): Promise<void> {
      return new Promise((resolve, reject) => {
        target = count + number
        const timer = setTimeout(() => reject(new Error(`${target - count} of ${number} did not come`)), 60_000)
        reached = () => {
          clearTimeout(timer)
          target = Number.POSITIVE_INFINITY
          resolve()
        }
      })
    },
  }
}
