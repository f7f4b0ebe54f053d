import WebSocket from 'ws'
import { createQueue } from './queue.ts'

/** A bare WebSocket that speaks graphql-transport-ws by hand, so that a test can also break its rules. */
export interface RawSocket {
  /** Sends a protocol message, or a string as it is. */
  send(message: object | string): void
  /** The next message of the server, pings answered and left out. */
  next(timeoutMs?: number): Promise<any>
  /** The next message for an operation. */
  nextOf(id: string): Promise<any>
  /** How many messages have come and were not taken. */
  pending(): number
  closed: Promise<{ code: number; reason: string }>
  socket: WebSocket
  /** Closes it and waits for that. */
  close(): Promise<void>
}

export interface SocketOptions {
  protocol?: string
  headers?: Record<string, string>
  /** The query of the URL, with its question mark. */
  search?: string
}

/** Opens a socket; rejects with `Unexpected server response: STATUS` where the upgrade is refused. */
export async function openSocket(url: string, options: SocketOptions = {}): Promise<RawSocket> {
  const socket = new WebSocket(
    `${url.replace('http', 'ws')}/graphql${options.search ?? ''}`,
    options.protocol ?? 'graphql-transport-ws',
    options.headers ? { headers: options.headers } : {},
  )
  const queue = createQueue<any>()
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once('close', (code, reason) => {
      resolve({ code, reason: String(reason) })
      queue.end({ code, reason: String(reason) })
    })
  })
  socket.on('message', (data) => {
    const message = JSON.parse(String(data))
    if (message.type === 'ping') socket.send(JSON.stringify({ type: 'pong' }))
    else queue.push(message)
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  socket.on('error', () => undefined)
  return {
    socket,
    closed,
    send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    next: (timeoutMs) => queue.next(timeoutMs),
    pending: () => queue.size(),
    async nextOf(id) {
      for (;;) {
        const message = await queue.next()
        if (message.id === id) return message
      }
    },
    async close() {
      socket.close()
      await closed
    },
  }
}

/** A socket after connection_init was acknowledged. */
export async function connectSocket(url: string, token: string, options: SocketOptions = {}): Promise<RawSocket> {
  const socket = await openSocket(url, options)
  socket.send({ type: 'connection_init', payload: { Authorization: `Bearer ${token}` } })
  const message = await socket.next()
  if (message.type !== 'connection_ack') throw new Error(`expected an acknowledgement, got ${JSON.stringify(message)}`)
  return socket
}

/** One operation over an open socket: its results until it completes, or its errors. */
export async function operate(socket: RawSocket, id: string, query: string, variables?: object): Promise<any[]> {
  socket.send({ id, type: 'subscribe', payload: { query, variables } })
  const results: any[] = []
  for (;;) {
    const message = await socket.nextOf(id)
    if (message.type === 'complete') return results
    results.push(message.payload)
    if (message.type === 'error') return results
  }
}
