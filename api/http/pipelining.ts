import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { maxWaitingPerConnection } from './limits.ts'

/**
 * Bounds the requests of one connection that wait for their answers (RFC 9112, 9.3.2 lets clients send without waiting): beyond
 * that the connection isn't read until some are answered.
 */
export function boundPipelines(server: Server): void {
  const waiting = new WeakMap<Socket, number>()
  const isFull = (socket: Socket) => (waiting.get(socket) ?? 0) >= maxWaitingPerConnection
  const count = (socket: Socket, by: number) => waiting.set(socket, (waiting.get(socket) ?? 0) + by)

  server.on('connection', (socket: Socket) => {
    // Node itself resumes whenever it has read a request to its end.
    socket.on('resume', () => {
      if (isFull(socket)) socket.pause()
    })
  })
  server.on('request', ({ socket }, response) => {
    count(socket, 1)
    if (isFull(socket)) socket.pause()
    response.once('close', () => {
      count(socket, -1)
      if (!isFull(socket) && socket.isPaused()) socket.resume()
    })
  })
}
