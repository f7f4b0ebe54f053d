import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Turns } from '../turns.ts'
import { maxParsedBytes, maxWaitingPerConnection } from './limits.ts'

/** How far one connection has been read. */
interface Reading {
  /** Requests that have no answer yet. */
  waiting: number
  /** What has come and was not given to the parser yet. */
  rest: Buffer | null
  /** Whether a piece of the rest waits for its turn. */
  isFeeding: boolean
  /** The last request that has begun. */
  current: IncomingMessage | null
  /** Goes on with the rest, or with reading. */
  proceed(): void
  stop(): void
}

/** Reads the connections of a server no faster than their requests can be dealt with. */
export interface PacedConnections {
  /**
   * What has come on a connection behind an upgrade; from now on it is read by somebody else. Null where requests before it have no
   * answer yet: those would be written into whatever comes then.
   */
  release(socket: Socket, head: Buffer): Buffer | null
}

/**
 * Bounds the requests of one connection that wait for their answers (RFC 9112, 9.3.2 lets clients send without waiting): beyond
 * that the connection isn't read until some are answered. Node's parser takes 64 KiB in one go, which can be 1600 requests; here it
 * gets what has come in pieces, one in a turn.
 */
export function paceConnections(server: Server, turns: Turns): PacedConnections {
  const readings = new WeakMap<Socket, Reading>()

  server.on('connection', (socket: Socket) => {
    // Node's own, which is to have all that comes.
    const [parse] = socket.listeners('data') as ((chunk: Buffer) => void)[]
    if (!parse) throw new Error('the connection is not read by Node’s parser')
    const onData = (chunk: Buffer) => {
      if (!reading.rest && chunk.length <= maxParsedBytes) return parse(chunk)
      reading.rest = reading.rest ? Buffer.concat([reading.rest, chunk]) : chunk
      socket.pause()
      void feed()
    }
    // Node itself resumes whenever it has read a request to its end, and when what it has written was taken.
    const onResume = () => {
      if (reading.rest) void feed()
      if (reading.rest || isFull(socket, reading)) socket.pause()
    }
    const reading: Reading = {
      waiting: 0,
      rest: null,
      isFeeding: false,
      current: null,
      proceed() {
        if (reading.rest) void feed()
        else if (socket.isPaused() && !isFull(socket, reading)) socket.resume()
      },
      stop() {
        socket.off('data', onData)
        socket.off('resume', onResume)
        readings.delete(socket)
      },
    }
    readings.set(socket, reading)
    socket.off('data', parse)
    socket.on('data', onData)
    socket.on('resume', onResume)

    async function feed(): Promise<void> {
      if (reading.isFeeding) return
      reading.isFeeding = true
      while (reading.rest && !isFull(socket, reading)) {
        await turns.take(socket.remoteAddress ?? '')
        const { rest } = reading
        if (!rest || isFull(socket, reading)) break
        reading.rest = rest.length > maxParsedBytes ? rest.subarray(maxParsedBytes) : null
        parse?.(rest.subarray(0, maxParsedBytes))
        // Closed by either side, or what came is no HTTP, or no longer.
        if (!socket.writable || !readings.has(socket)) reading.rest = null
      }
      reading.isFeeding = false
      if (!reading.rest && readings.has(socket)) reading.proceed()
    }
  })

  server.on('request', (request, response) => {
    const { socket } = request
    const reading = readings.get(socket)
    if (!reading) return
    reading.current = request
    reading.waiting++
    if (isFull(socket, reading)) socket.pause()
    response.once('close', () => {
      reading.waiting--
      if (readings.has(socket)) reading.proceed()
    })
  })

  return {
    release(socket, head) {
      const reading = readings.get(socket)
      const rest = reading?.rest
      reading?.stop()
      if (reading && reading.waiting > 0) return null
      return rest ? Buffer.concat([head, rest]) : head
    },
  }
}

/** Whether a connection isn't to be read now: by us, or by what Node has found. */
function isFull(socket: Socket, { waiting, current }: Reading): boolean {
  if (waiting >= maxWaitingPerConnection) return true
  // Its parser takes nothing while answers stand before a client that doesn't read them.
  if ((socket as Socket & { _paused?: boolean })._paused) return true
  // A body that nobody has read yet.
  return current !== null && !current.complete && current.readableLength >= current.readableHighWaterMark
}
