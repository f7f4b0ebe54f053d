import WebSocket from 'ws'
import { within } from './waiting.ts'

/** How long a connection may stay silent, pings included, before it is given up for dead. */
const silenceMs = 5000
const pingIntervalMs = 2000

/** A connection that speaks graphql-transport-ws, with the means to hurt it. */
export interface Wire {
  /** Runs an operation; `tell` gets its messages (next, error, complete). Returns what ends it. */
  operate(payload: object, tell: (message: { type: string; payload?: any }) => void): () => void
  closed: Promise<{ code: number; reason: string }>
  isOpen(): boolean
  /** Stops reading: what the server sends stays in the system's buffers, and later in the server's. */
  freeze(): void
  thaw(): void
  /** Ends it without a word to the other side. */
  cut(): void
  close(): void
}

/** Opens a connection and waits until it is acknowledged. */
export async function openWire(url: string, token: string, timeoutMs: number): Promise<Wire> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
  const operations = new Map<string, (message: any) => void>()
  let acknowledge: () => void = () => undefined
  const acknowledged = new Promise<void>((resolve) => {
    acknowledge = resolve
  })
  let heardAt = Date.now()
  let frozen = false
  let count = 0

  socket.on('error', () => undefined)
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.once('close', (code, reason) => resolve({ code, reason: String(reason) })),
  )
  socket.on('open', () =>
    socket.send(JSON.stringify({ type: 'connection_init', payload: { Authorization: `Bearer ${token}` } })),
  )
  socket.on('ping', () => {
    heardAt = Date.now()
  })
  socket.on('message', (data) => {
    heardAt = Date.now()
    const message = JSON.parse(String(data))
    if (message.type === 'connection_ack') acknowledge()
    else if (message.type === 'ping') socket.send('{"type":"pong"}')
    else if (message.id) operations.get(message.id)?.(message)
  })
  const timer = setInterval(() => {
    if (socket.readyState !== WebSocket.OPEN || frozen) return
    if (Date.now() - heardAt > silenceMs) socket.terminate()
    else socket.send('{"type":"ping"}')
  }, pingIntervalMs)
  void closed.then(() => clearInterval(timer))

  try {
    const gone = closed.then(({ code }) => {
      throw new Error(`closed with ${code}`)
    })
    gone.catch(() => undefined)
    await within(Promise.race([acknowledged, gone]), timeoutMs, 'connection_ack')
  } catch (error) {
    socket.terminate()
    throw error
  }

  return {
    operate(payload, tell) {
      const id = String(++count)
      operations.set(id, (message) => {
        if (message.type !== 'next') operations.delete(id)
        tell(message)
      })
      socket.send(JSON.stringify({ id, type: 'subscribe', payload }))
      return () => {
        if (operations.delete(id)) socket.send(JSON.stringify({ id, type: 'complete' }))
      }
    },
    closed,
    isOpen: () => socket.readyState === WebSocket.OPEN,
    freeze() {
      frozen = true
      socket.pause()
    },
    thaw() {
      heardAt = Date.now()
      frozen = false
      socket.resume()
    },
    cut: () => socket.terminate(),
    close: () => socket.close(1000),
  }
}

/** One query or mutation over an open connection. @throws when the connection ends first, or no answer comes in time */
export async function askOver(wire: Wire, query: string, variables: object, timeoutMs: number): Promise<any> {
  const answer = new Promise<any>((resolve, reject) => {
    wire.operate({ query, variables }, (message) => {
      if (message.type === 'next') resolve(message.payload)
      else if (message.type === 'error') resolve({ errors: message.payload })
    })
    void wire.closed.then(({ code }) => reject(new Error(`closed with ${code}`)))
  })
  return within(answer, timeoutMs, 'answer')
}
