import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { type Config, ConfigError } from '../config.ts'
import type { Database } from '../db.ts'
import type { ExplorerPerson } from '../demo/explorer-people.ts'
import type { Bus } from '../events/bus.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import { newRequestId } from '../request-id.ts'
import { isSameSecret } from '../secrets.ts'
import type { Turns } from '../turns.ts'
import { createGraphiQL } from './graphiql.ts'
import type { GraphQLHandler } from './graphql-handler.ts'
import { maxHeadersMs, maxRequestMs } from './limits.ts'
import { fillConfig } from './page-config.ts'
import { paceConnections } from './pipelining.ts'
import { addressOf, clientOf, isLoopback, refuseConnection, send, sendError, targetOf } from './request.ts'
import { dashboardPolicy, graphiqlPolicy, securityHeaders } from './security-headers.ts'
import type { StaticFiles } from './static-files.ts'
import type { OkoWebSocketServer } from './websocket.ts'

/** Somebody of demo mode, as the demo page knows them. */
export interface DemoPerson {
  externalId: string
  name: string
  role: string
  locale: string
  token: string
}

interface Dependencies {
  config: Config
  db: Database
  bus: Bus
  graphql: GraphQLHandler
  webSockets: OkoWebSocketServer
  files: StaticFiles
  /** Fresh tokens of the demo people; null outside demo mode. */
  demoPeople: (() => Promise<readonly DemoPerson[]>) | null
  /** The same for GraphiQL, which knows the host as well. */
  explorerPeople: (() => Promise<readonly ExplorerPerson[]>) | null
  turns: Turns
  metrics: Metrics
  logger: Logger
  /** How long nothing may move on a connection with a request. */
  stalledMs: number
}

/** The one server: HTTP and WebSocket on one port. */
export interface HttpServer {
  url: string
  /** From now on "not ready"; sockets get 1012; requests in flight are answered; then the port is free. */
  close(graceMs: number): Promise<void>
}

/** Connections that the system may hold until they are accepted: after a restart, all clients come at once. */
const maxUnaccepted = 4096

export async function startHttpServer(deps: Dependencies): Promise<HttpServer> {
  const { config, graphql, webSockets, turns, metrics, logger } = deps
  let closing = false
  /** Requests that have no answer yet. */
  let answering = 0
  const graphiql = config.graphiql ? createGraphiQL(deps.files, deps.explorerPeople) : null

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await turns.take(clientOf(request, config.trustProxy))
    if (response.destroyed) return
    // A coding that we don't undo (RFC 9112, 6.1).
    if (!/^(chunked)?$/i.test(request.headers['transfer-encoding'] ?? ''))
      return send(response, 501, 'text/plain; charset=utf-8', 'Not implemented\n', { connection: 'close' })
    const target = targetOf(request)
    if (!target) return send(response, 400, 'text/plain; charset=utf-8', 'Bad request\n')
    const { pathname } = target
    if (pathname === '/graphql') {
      const wantsPage = request.method === 'GET' && String(request.headers.accept ?? '').includes('text/html')
      if (closing)
        return sendError(request, response, 503, { message: 'Restarting', extensions: { code: 'UNAVAILABLE' } })
      if (!graphiql || !wantsPage) return graphql.handle(request, response)
      response.setHeader('content-security-policy', graphiqlPolicy)
      return graphiql.page(request, response)
    }
    if (!pages.has(pathname) && !deps.files.has(pathname))
      return send(response, 404, 'text/plain; charset=utf-8', 'Not found\n')
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return send(response, 405, 'text/plain; charset=utf-8', 'Method not allowed\n', { allow: 'GET, HEAD' })
    }
    if (pathname === '/health/live') return send(response, 200, 'application/json', '{"status":"ok"}')
    if (pathname === '/health/ready') return sendReadiness(response)
    if (pathname === '/metrics') return sendMetrics(request, response)
    if (pathname === '/' || pathname === '/index.html') return sendDashboard(response)
    deps.files.serve(pathname, request, response)
  }

  async function sendReadiness(response: ServerResponse): Promise<void> {
    const database = !closing && (await deps.db.client.$queryRaw`SELECT 1`.then(() => true).catch(() => false))
    const status = database ? (deps.bus.reliable() ? 'ok' : 'degraded') : 'unavailable'
    send(
      response,
      database ? 200 : 503,
      'application/json',
      JSON.stringify({ status, database, bus: deps.bus.reliable() }),
    )
  }

  async function sendMetrics(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { authorization = '' } = request.headers
    const authorized = config.metricsToken !== null && isSameSecret(authorization, `Bearer ${config.metricsToken}`)
    if (!authorized && !isLoopback(addressOf(request, config.trustProxy))) {
      return send(response, 403, 'text/plain; charset=utf-8', 'Forbidden\n')
    }
    send(response, 200, metrics.registry.contentType, await metrics.registry.metrics())
  }

  async function sendDashboard(response: ServerResponse): Promise<void> {
    const html = deps.files.text('/index.html')
    if (html === null)
      return send(response, 503, 'text/plain; charset=utf-8', 'The client is not built: npm run build\n')
    const people = await deps.demoPeople?.()
    const shown = { graphqlPath: '/graphql', demo: people ? { people, graphiql: graphiql !== null } : null }
    const page = fillConfig(html, shown)
    response.setHeader('content-security-policy', dashboardPolicy)
    send(response, 200, 'text/html; charset=utf-8', page, { 'cache-control': 'no-store' })
  }

  const server = createServer({ connectionsCheckingInterval: 1000 }, (request, response) => {
    const startedAt = performance.now()
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value)
    if (closing) response.setHeader('connection', 'close')
    answering++
    response.once('close', () => {
      answering--
      metrics.requestDuration.observe({ status: String(response.statusCode) }, (performance.now() - startedAt) / 1000)
    })
    route(request, response).catch((error: unknown) => {
      const requestId = newRequestId()
      logger.error({ requestId, err: error }, 'request failed')
      if (response.headersSent) response.destroy()
      else send(response, 500, 'text/plain; charset=utf-8', `Internal server error ${requestId}\n`)
    })
  })
  const connections = paceConnections(server, turns)
  // Who asks whether to send a body is told by whoever wants to read it.
  server.on('checkContinue', (request, response) => server.emit('request', request, response))
  server.on('checkExpectation', (_request, response) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value)
    send(response, 417, 'text/plain; charset=utf-8', 'Expectation failed\n', { connection: 'close' })
  })
  server.requestTimeout = maxRequestMs
  server.headersTimeout = maxHeadersMs
  server.keepAliveTimeout = 65_000
  server.timeout = deps.stalledMs
  // One for all of them, who may stay for long.
  const onUpgradeError = (error: Error) => logger.debug({ err: error }, 'upgrade')
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', onUpgradeError)
    const ahead = connections.release(request.socket, head)
    if (!ahead) refuseConnection(socket, 400)
    else if (!/^websocket$/i.test(request.headers.upgrade ?? '')) ignoreUpgrade(server, request, ahead)
    else if (targetOf(request)?.pathname === '/graphql' && !closing) webSockets.upgrade(request, socket, ahead)
    else refuseConnection(socket, closing ? 503 : 404)
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || error.code === 'ECONNRESET') socket.destroy()
    else refuseConnection(socket, clientErrors[error.code ?? ''] ?? 400)
  })

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const name = error.code === 'EADDRINUSE' || error.code === 'EACCES' ? 'PORT' : 'HOST'
      reject(new ConfigError(`${name}: ${error.message}`))
    })
    server.listen({ port: config.port, host: config.host, backlog: maxUnaccepted }, resolve)
  })
  return {
    url: urlOf(server, config.host),
    async close(graceMs) {
      closing = true
      const cutOff = setTimeout(() => server.closeAllConnections(), graceMs)
      graphql.endStreams()
      // Until everybody has been answered the port stays open, so that a balancer sees "not ready" instead of nothing.
      await Promise.all([webSockets.close(graceMs / 2), drained(graceMs)])
      const stopped = new Promise((resolve) => server.close(resolve))
      server.closeIdleConnections()
      await stopped
      clearTimeout(cutOff)
    },
  }

  /** Resolves when nothing is being answered any more, or after `timeoutMs`. */
  async function drained(timeoutMs: number): Promise<void> {
    const deadline = performance.now() + timeoutMs
    while (answering > 0 && performance.now() < deadline) await wait(20)
  }
}

/** What is there besides files. */
const pages = new Set(['/', '/index.html', '/health/live', '/health/ready', '/metrics'])

/**
 * Answers a request as if it had not offered another protocol (RFC 9110, 7.8): the HTTP client of Java offers HTTP/2 by itself. Node's
 * parser has stopped behind the headers, and a new one gets them without the offer.
 */
function ignoreUpgrade(server: Server, { method, url, rawHeaders, socket }: IncomingMessage, ahead: Buffer): void {
  const lines = [`${method} ${url} HTTP/1.1`]
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const [name = '', value = ''] = rawHeaders.slice(i, i + 2)
    if (!/^(upgrade|http2-settings)$/i.test(name))
      lines.push(`${name}: ${/^connection$/i.test(name) ? value.replace(/\b(upgrade|http2-settings)\b/gi, '') : value}`)
  }
  server.emit('connection', socket)
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), ahead]))
}

/** What Node's parser says of bytes that are no request it takes, other than 400. */
const clientErrors: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
}

function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}
