import { WebSocket } from 'ws'

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
  onEvent(frame: string): void
}

/** Subscribes and waits for nothing but events; an error or an early end is thrown by `ready` or by the process. */
export function subscribe({ port, token, query, variables, onEvent }: SubscriberOptions): Subscriber {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws', { perMessageDeflate: false })
  let closed = false
  const ready = new Promise<string>((resolve, reject) => {
    let first = true
    // Nothing can be measured any more, whoever waits for what.
    const fail = (error: Error) => {
      if (!first) console.error(error.message)
      reject(error)
    }
    socket.on('error', reject)
    socket.on('close', (code) => {
      if (!closed) fail(new Error(`a subscriber was closed with ${code}`))
    })
    socket.on('open', () =>
      socket.send(JSON.stringify({ type: 'connection_init', payload: { Authorization: `Bearer ${token}` } })),
    )
    socket.on('message', (data) => {
      const frame = String(data)
      if (frame.includes('"type":"next"')) {
        if (first) resolve(frame)
        else onEvent(frame)
        first = false
      } else if (frame.startsWith('{"type":"connection_ack"')) {
        socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables } }))
      } else if (frame.startsWith('{"type":"ping"')) socket.send('{"type":"pong"}')
      else fail(new Error(`an unexpected frame: ${frame.slice(0, 500)}`))
    })
  })
  return {
    ready,
    close() {
      closed = true
      socket.terminate()
    },
  }
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
