import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type DocumentNode, type ExecutionArgs, GraphQLError, getOperationAST } from 'graphql'
import { CloseCode, handleProtocols, makeServer } from 'graphql-ws'
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws'
import type { Authenticator } from '../auth/authenticator.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { Config } from '../config.ts'
import type { Context } from '../context.ts'
import { badUserInput, OkoError, unavailable } from '../errors.ts'
import { endable } from '../events/endable.ts'
import type { Presence } from '../events/presence.ts'
import { type Locale, localeOf } from '../i18n.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import { newRequestId } from '../request-id.ts'
import type { Turns } from '../turns.ts'
import { within } from '../within.ts'
import { atExpiry } from './at-expiry.ts'
import type { ToClientError } from './client-errors.ts'
import { closeCodes } from './close-codes.ts'
import { watchConsumer } from './consumer-watch.ts'
import { createDirectDelivery } from './direct-delivery.ts'
import type { GraphQLServer } from './graphql.ts'
import {
  connectionInitTimeoutMs,
  longDocumentCharacters,
  maxFragments,
  maxFrameBytes,
  maxSubscriptionsPerSocket,
} from './limits.ts'
import type { OperationLimiter } from './operation-limiter.ts'
import { type PacedReader, readInTurn } from './paced-reader.ts'
import { clientOf, isAllowedOrigin, refuseConnection } from './request.ts'
import { textFrame } from './text-frame.ts'
import type { TrustedDocuments } from './trusted-documents.ts'

/** How long a connection_init that has come may wait for us, and how often that is looked at. */
const maxInitWaitMs = 10_000
const initLookMs = 100
/** How long the other side may take to answer a close; then the connection is cut. */
const closeTimeoutMs = 10_000

interface Extra {
  request: IncomingMessage
  socket: WebSocket
  /** As limits know it without a token. */
  client: string
  viewer: Viewer | null
  /** Whether connection_init has come. */
  hasBegun: boolean
  locale: Locale
  onClose: (() => void)[]
  /** By operation: to be called when its last answer has been taken. */
  onTaken: Map<string, () => void>
  /** What was sent has been taken. */
  took(): void
}

interface Dependencies {
  yoga: GraphQLServer
  documents: TrustedDocuments
  authenticate: Authenticator
  limiter: OperationLimiter
  presence: Presence
  toClientError: ToClientError
  config: Pick<Config, 'allowedOrigins' | 'trustProxy' | 'limits'>
  turns: Turns
  metrics: Metrics
  logger: Logger
  clock: () => Date
}

/** GraphQL over WebSocket (the graphql-transport-ws protocol), with the same checks and functions as HTTP. */
export function createWebSocketServer(deps: Dependencies) {
  const { yoga, documents, authenticate, limiter, presence, toClientError, turns, config, metrics } = deps
  const { logger, clock } = deps
  const direct = createDirectDelivery()
  /** Queries and mutations; subscriptions end with their socket. */
  let inFlight = 0
  let closing = false
  let onDrained: (() => void) | undefined
  const options: ServerOptions & { closeTimeout: number; maxFragments: number } = {
    noServer: true,
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

  const server = makeServer<Record<string, unknown>, Extra>({
    // We watch it ourselves (expectInit).
    connectionInitWaitTimeout: 0,

    async onConnect({ connectionParams, extra }) {
      extra.hasBegun = true
      let viewer: Viewer | null
      try {
        viewer = await authenticate(connectionParams?.Authorization ?? connectionParams?.authorization)
      } catch (error) {
        if (error instanceof OkoError && error.code === 'UNAUTHENTICATED') return false
        throw error
      }
      // Who went away meanwhile must leave nothing behind: what `onClose` undoes has been undone.
      if (!viewer || extra.socket.readyState !== extra.socket.OPEN) return false
      extra.viewer = viewer
      extra.locale = viewer.locale ?? extra.locale
      const expire = () => extra.socket.close(CloseCode.Forbidden, 'The token has expired')
      extra.onClose.push(atExpiry(viewer.expiresAtMs, clock, expire))
      if (viewer.kind === 'user' && !admit(extra, viewer.userId))
        extra.socket.close(closeCodes.tryAgainLater, 'Too many sockets')
      return true
    },

    async onSubscribe({ extra, subscriptions }, id, { query, extensions, operationName, variables }) {
      const requestId = newRequestId()
      try {
        if (closing) throw unavailable()
        await limiter.take(extra.viewer, extra.client)
        if (Object.keys(subscriptions).length > maxSubscriptionsPerSocket) {
          throw new OkoError('LIMIT_EXCEEDED', `At most ${maxSubscriptionsPerSocket} subscriptions at once`)
        }
        const { viewer, locale } = extra
        const client = turnKeyOf(extra)
        const takeTurn = () => turns.take(client)
        let onTaken: () => void = () => undefined
        const taken = new Promise<void>((resolve) => {
          onTaken = resolve
        })
        const receivedAtMs = performance.now()
        const operation = { viewer, locale, client, takeTurn, taken, receivedAtMs, requestId }
        const { parse, validate, contextFactory, schema, execute, subscribe } = yoga.getEnveloped(operation)
        const text = documents.textOf({ query, extensions }) ?? query
        // Parsing and validation can't be interrupted: of a long document each is a piece of work.
        const pause = async () => {
          if (text.length > longDocumentCharacters) await takeTurn()
        }
        const document = parseDocument(parse, text)
        if (document instanceof GraphQLError) return [coded(document, 'GRAPHQL_PARSE_FAILED')]
        await pause()
        const errors: readonly GraphQLError[] = validate(schema, document)
        await pause()
        if (errors.length > 0) return errors.map((error) => coded(error, 'GRAPHQL_VALIDATION_FAILED'))
        if (!getOperationAST(document, operationName)) throw badUserInput('The operation to run is not named')
        const contextValue = (await contextFactory()) as Context
        const subscription = { schema, document, operationName, contextValue }
        extra.onTaken.set(id, onTaken)
        contextValue.deliver = (event) => deliver(extra, id, () => direct.answer(subscription, event))
        return {
          schema,
          document,
          operationName,
          variableValues: variables,
          contextValue,
          // Handed on to the functions below: they belong to this operation.
          rootValue: { execute, subscribe },
        }
      } catch (error) {
        return [toClientError(error, requestId)]
      }
    },
    async execute(args) {
      inFlight++
      try {
        return await functionsOf(args).execute({ ...args, rootValue: undefined })
      } finally {
        // When the answer has been handed to the socket, which takes no longer than this turn.
        setImmediate(() => {
          inFlight--
          if (inFlight === 0) onDrained?.()
        })
      }
    },
    subscribe: (args) => functionsOf(args).subscribe({ ...args, rootValue: undefined }),

    onComplete({ extra }, id) {
      extra.onTaken.get(id)?.()
      extra.onTaken.delete(id)
    },

    onOperation(_context, _id, _payload, _args, result) {
      return Symbol.asyncIterator in result ? endable(result, { toError: toClientError }) : undefined
    },
  })

  /**
   * Closes a socket whose connection_init doesn't come in time. What has come and waits for us is in time: where many come back at
   * once, sending them away for it would only make them come again.
   */
  function expectInit(extra: Extra, reader: PacedReader): void {
    const lastLookMs = performance.now() + maxInitWaitMs
    const look = () => {
      if (extra.hasBegun || extra.socket.readyState !== extra.socket.OPEN) return
      if (reader.isBehind() && performance.now() < lastLookMs) timer = setTimeout(look, initLookMs)
      else extra.socket.close(CloseCode.ConnectionInitialisationTimeout, 'Connection initialisation timeout')
    }
    // After what lies in the system's buffers has been read.
    let timer = setTimeout(() => setImmediate(() => setImmediate(look)), connectionInitTimeoutMs)
    extra.onClose.push(() => clearTimeout(timer))
  }

  /** Sends an event's answer, as JSON, to who has taken all that was sent before. */
  function deliver({ socket, request, took }: Extra, id: string, toAnswer: () => string | null): boolean {
    const connection = request.socket
    if (socket.readyState !== socket.OPEN || (connection.writableLength > 0 && connection.writableCorked === 0))
      return false
    const answer = toAnswer()
    if (answer === null) return false
    // What one commit tells a user goes out together.
    if (connection.writableCorked === 0) {
      connection.cork()
      process.nextTick(() => connection.uncork())
    }
    connection.write(textFrame(`{"id":${JSON.stringify(id)},"type":"next","payload":{"data":${answer}}}`), took)
    return true
  }

  /** Counts the user's sockets and shows the user online; false when there are too many. */
  function admit(extra: Extra, userId: string): boolean {
    const limit = config.limits.socketsPerUser
    if (limit > 0 && presence.connections(userId) >= limit) return false
    extra.onClose.push(presence.connected(userId))
    return true
  }

  wss.on('connection', (socket: WebSocket, request: IncomingMessage) => {
    metrics.sockets.inc()
    const extra: Extra = {
      request,
      socket,
      client: clientOf(request, config.trustProxy),
      viewer: null,
      hasBegun: false,
      locale: localeOf(request.headers['accept-language']),
      onClose: [],
      onTaken: new Map(),
      took: () => {
        consumer.took()
        reader.wrote()
      },
    }
    // A frame that is too large, or breaks the protocol: ws closes the socket with the right code.
    socket.on('error', (error) => logger.debug({ err: error }, 'websocket'))
    const consumer = watchConsumer(socket, metrics)
    const reader = readInTurn(socket, () => turns.take(turnKeyOf(extra)))
    expectInit(extra, reader)
    const closed = server.opened(
      {
        protocol: socket.protocol,
        // Resolves when the system has taken the frame: a consumer that reads nothing holds up its own streams only.
        send: (data) =>
          new Promise((resolve) => {
            if (socket.readyState !== socket.OPEN) return resolve()
            socket.send(data, () => {
              extra.took()
              resolve()
            })
          }),
        close: (code, reason) => socket.close(code, shortened(reason)),
        onMessage: (listener) =>
          reader.onMessage((message) =>
            listener(message).catch((error: unknown) => {
              const { extensions } = toClientError(error)
              if (extensions.code === 'UNAVAILABLE') socket.close(closeCodes.tryAgainLater, 'Try again later')
              else socket.close(CloseCode.BadRequest, 'Invalid message')
            }),
          ),
      },
      extra,
    )
    socket.once('close', (code, reason) => {
      metrics.sockets.dec()
      consumer.forget()
      for (const undo of [...extra.onClose, ...extra.onTaken.values()]) undo()
      closed(code, String(reason)).catch((error: unknown) => logger.warn({ err: error }, 'websocket close'))
    })
  })

  return {
    /** Takes an upgrade request, or answers 403 to a page of a foreign origin. */
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      if (!isAllowedOrigin(request, config.allowedOrigins)) {
        refuseConnection(socket, 403)
        return
      }
      wss.handleUpgrade(request, socket, head, (webSocket) => wss.emit('connection', webSocket, request))
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
      for (const client of clients) client.close(closeCodes.shutdown, 'Restarting')
      await within(graceMs, Promise.all(closed))
      for (const client of wss.clients) client.terminate()
      wss.close()
    },
  }
}

export type OkoWebSocketServer = ReturnType<typeof createWebSocketServer>

/** A reason that fits into a close frame (RFC 6455, 5.5): some have an id of the client's in them. */
const shortened = (reason = ''): string => Buffer.from(reason).subarray(0, 120).toString()

/** Whose turn a message of a socket needs. */
const turnKeyOf = ({ viewer, client }: Extra): string => (viewer?.kind === 'user' ? viewer.userId : client)

type Enveloped = ReturnType<GraphQLServer['getEnveloped']>

const functionsOf = ({ rootValue }: ExecutionArgs) => rootValue as Pick<Enveloped, 'execute' | 'subscribe'>

function parseDocument(parse: Enveloped['parse'], query: string): DocumentNode | GraphQLError {
  try {
    return parse(query)
  } catch (error) {
    if (error instanceof GraphQLError) return error
    throw error
  }
}

function coded(error: GraphQLError, code: string): GraphQLError {
  const { message, nodes, source, positions, extensions } = error
  return new GraphQLError(message, { nodes, source, positions, extensions: { code, ...extensions } })
}
