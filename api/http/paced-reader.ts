import type { WebSocket } from 'ws'
import { maxUnreadBytes, maxWaitingPerConnection } from './limits.ts'

/** A socket whose messages are read no faster than they can be dealt with. */
export interface PacedReader {
  /** Calls the listener with each message, in order; not any more once the socket closes. */
  onMessage(listener: (message: string) => unknown): void
  /** Whether messages have come that wait for their turn. */
  isBehind(): boolean
  /** To be called when something sent has left. */
  wrote(): void
}

/**
 * Gives each message a turn. The network isn't read while too many wait, or while the client doesn't take what it was answered:
 * a flood then fills its own connection, and no memory of ours.
 */
export function readInTurn(socket: WebSocket, takeTurn: () => Promise<void>): PacedReader {
  let waiting = 0
  const pace = () => {
    const full = waiting >= maxWaitingPerConnection || socket.bufferedAmount >= maxUnreadBytes
    if (full && socket.readyState === socket.OPEN) socket.pause()
    else if (socket.isPaused) socket.resume()
  }
  return {
    onMessage(listener) {
      socket.on('message', async (data) => {
        waiting++
        pace()
        await takeTurn()
        waiting--
        pace()
        if (socket.readyState === socket.OPEN) listener(String(data))
      })
    },
    isBehind: () => waiting > 0,
    wrote: pace,
  }
}
