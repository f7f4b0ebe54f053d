import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { CloseCode, handleProtocols } from 'graphql-ws'
import { type ServerOptions, WebSocketServer } from 'ws'
import type { Authenticator } from '../auth/authenticator.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { Config } from '../config.ts'
import type { Services } from '../context.ts'
import { OkoError } from '../errors.ts'
import { localeOf } from '../i18n.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import type { Turns } from '../turns.ts'
import { within } from '../within.ts'
import type { ToClientError } from './client-errors.ts'
import { ClientSocket, type SocketHost } from './client-socket.ts'
import { closeCodes } from './close-codes.ts'
import type { CostInFlight } from './cost-in-flight.ts'
import type { GraphQLServer } from './graphql.ts'
import { maxFragments, maxFrameBytes } from './limits.ts'
import type { OperationLimiter } from './operation-limiter.ts'
import { clientOf, isAllowedOrigin, refuseConnection } from './request.ts'
import { createSocketOperations, turnKeyOf } from './socket-operation.ts'
import type { TrustedDocuments } from './trusted-documents.ts'

/** How often sockets are looked at: so late is what has its time with them. */
const lookIntervalMs = 100
/** How long the other side may take to answer a close; then the connection is cut. */
const closeTimeoutMs = 10_000

interface Dependencies {
  yoga: GraphQLServer
  services: Services
  documents: TrustedDocuments
  inFlight: CostInFlight
  authenticate: Authenticator
  limiter: OperationLimiter
  toClientError: ToClientError
  config: Pick<Config, 'allowedOrigins' | 'trustProxy' | 'limits'>
  turns: Turns
  metrics: Metrics
  logger: Logger
  clock: () => Date
}

/** GraphQL over WebSocket (the graphql-transport-ws protocol), with the same checks and functions as HTTP. */
export function createWebSocketServer(deps: Dependencies) {
  const { authenticate, services, toClientError, turns, config, metrics, logger, clock } = deps
  const { presence } = services
  /** Queries and mutations; subscriptions end with their socket. */
  let inFlight = 0
  let closing = false
  let onDrained: (() => void) | undefined
  const options: ServerOptions<typeof ClientSocket> & { closeTimeout: number; maxFragments: number } = {
    noServer: true,
    WebSocket: ClientSocket,
    maxPayload: maxFrameBytes,
    maxFragments,
    perMessageDeflate: false,
    // One frame in a round of the event loop, and what comes behind it isn't read from the network before.
    allowSynchronousEvents: false,
    handleProtocols,
    // The types of ws don't know these yet.
    closeTimeout: closeTimeoutMs,
  }
  const wss = new WebSocketServer(options)
  const nowMs = () => Math.round(performance.now())

  const takeTurn = (socket: ClientSocket) => turns.take(turnKeyOf(socket))
  const toFlush: ClientSocket[] = []
  const flushAll = () => {
    for (const socket of toFlush.splice(0)) socket.flush()
  }

  const operation = createSocketOperations({
    ...deps,
    takeTurn,
    isClosing: () => closing,
    began: () => {
      inFlight++
    },
    ended() {
      // When the answer has been handed to the socket, which takes no longer than this turn.
      setImmediate(() => {
        inFlight--
        if (inFlight === 0) onDrained?.()
      })
    },
  })

  const host: SocketHost = {
    operation,
    takeTurn,
    async admit(socket, authorization) {
      let viewer: Viewer | null
      try {
        viewer = await authenticate(authorization)
      } catch (error) {
        if (error instanceof OkoError && error.code === 'UNAUTHENTICATED') return false
        throw error
      }
      // Who went away meanwhile must leave nothing behind.
      if (!viewer || !socket.isOpen) return false
      socket.viewer = viewer
      socket.locale = viewer.locale ?? socket.locale
      if (viewer.kind !== 'user') return true
      const limit = config.limits.socketsPerUser
      if (limit > 0 && presence.connections(viewer.userId) >= limit)
        socket.end(closeCodes.tryAgainLater, 'Too many sockets')
      else socket.disconnected = presence.connected(viewer.userId)
      return true
    },
    broke(socket, error) {
      const { extensions } = toClientError(error)
      if (extensions.code === 'UNAVAILABLE') socket.end(closeCodes.tryAgainLater, 'Try again later')
      else socket.end(CloseCode.BadRequest, 'Invalid message')
    },
    flushSoon(socket) {
      if (toFlush.push(socket) === 1) process.nextTick(flushAll)
    },
    givenUp: () => metrics.socketsGivenUp.inc(),
    closed: () => metrics.sockets.dec(),
    failed: (error) => logger.debug({ err: error }, 'websocket'),
  }

  const looking = setInterval(() => {
    const now = nowMs()
    const clockMs = clock().getTime()
    for (const socket of wss.clients) socket.look(now, clockMs)
  }, lookIntervalMs).unref()

  return {
    /** Takes an upgrade request, or answers 403 to a page of a foreign origin. */
    upgrade(request: IncomingMessage, connection: Duplex, head: Buffer): void {
      if (!isAllowedOrigin(request, config.allowedOrigins)) {
        refuseConnection(connection, 403)
        return
      }
      wss.handleUpgrade(request, connection, head, (socket) => {
        metrics.sockets.inc()
        socket.client = clientOf(request, config.trustProxy)
        socket.locale = localeOf(request.headers['accept-language'])
        socket.open(host, request, nowMs())
      })
    },
    /**
     * Answers what is in flight, then sends everybody away with 1012.
     *
     * @param graceMs how long either may take; what has not ended by then is cut off
     */
    async close(graceMs: number): Promise<void> {
      closing = true
      if (inFlight > 0) await within(graceMs, new Promise<void>((resolve) => (onDrained = resolve)))
      const clients = [...wss.clients]
      const closed = clients.map(
        (client) =>
          new Promise((resolve) => (client.readyState === client.CLOSED ? resolve(0) : client.once('close', resolve))),
      )
      for (const client of clients) client.end(closeCodes.shutdown, 'Restarting')
      await within(graceMs, Promise.all(closed))
      for (const client of wss.clients) client.terminate()
      clearInterval(looking)
      wss.close()
    },
  }
}

export type OkoWebSocketServer = ReturnType<typeof createWebSocketServer>
