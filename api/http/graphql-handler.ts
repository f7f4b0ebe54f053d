import { isUtf8 } from 'node:buffer'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Authenticator } from '../auth/authenticator.ts'
import type { Config } from '../config.ts'
import type { Services } from '../context.ts'
import { unauthenticated, unavailable } from '../errors.ts'
import type { Presence } from '../events/presence.ts'
import { localeOf } from '../i18n.ts'
import { newRequestId } from '../request-id.ts'
import type { Turns } from '../turns.ts'
import type { PeopleChanges } from '../users/people-changes.ts'
import { within } from '../within.ts'
import { atExpiry } from './at-expiry.ts'
import type { ToClientError } from './client-errors.ts'
import { setCorsHeaders } from './cors.ts'
import { maxAnswerMs } from './deadline.ts'
import { createDirectPost, PlainAnswer, type Question, type Results } from './direct-post.ts'
import { sendEvents } from './event-source.ts'
import type { GraphQLServer, OperationContext } from './graphql.ts'
import { isDeeperThan } from './json-depth.ts'
import { longBodyCharacters, maxBodyBytes, maxBodyLevels } from './limits.ts'
import { acceptedBy, acceptHeaderOf } from './media-types.ts'
import type { OperationLimiter } from './operation-limiter.ts'
import { clientOf, readBody, send, sendError, targetOf } from './request.ts'
import type { ResponseCache } from './response-cache.ts'
import type { TrustedDocuments } from './trusted-documents.ts'

/** A consumer of events that takes nothing for so long is let go; it comes back and resumes. */
const stalledMs = 15_000

const commentIntervalMs = 12_000

interface Dependencies {
  yoga: GraphQLServer
  services: Services
  documents: TrustedDocuments
  authenticate: Authenticator
  limiter: OperationLimiter
  presence: Presence
  clock: () => Date
  toClientError: ToClientError
  turns: Turns
  responses: ResponseCache<PlainAnswer>
  people: PeopleChanges
  config: Pick<Config, 'allowedOrigins' | 'graphiql' | 'trustProxy'>
}

/** GraphQL over HTTP, with what must be checked before Yoga sees a request. */
export function createGraphQLHandler(deps: Dependencies) {
  const { yoga, authenticate, limiter, presence, clock, toClientError, turns, config } = deps
  const post = createDirectPost(deps)
  const streams = new Set<ServerResponse>()

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    setCorsHeaders(request, response, config.allowedOrigins)
    response.setHeader('cache-control', 'no-store')
    if (request.method === 'OPTIONS') {
      response.writeHead(204, { allow: 'GET, POST, OPTIONS' })
      response.end()
      return
    }
    let body: Buffer | null = null
    if (request.method === 'POST') {
      if (!/^application\/json\s*(;|$)/i.test(String(request.headers['content-type'] ?? ''))) {
        return sendError(request, response, 415, { message: 'The content type must be application/json' })
      }
      if (!/^(identity)?$/i.test(request.headers['content-encoding'] ?? '')) {
        response.setHeader('accept-encoding', 'identity')
        return sendError(request, response, 415, { message: 'The body must not be compressed' })
      }
      const read = await readBody(request, response, maxBodyBytes)
      if (!read.ok) return sendError(request, response, read.status, { message: bodyErrors[read.status] })
      body = read.body
      if (!isUtf8(body)) return sendError(request, response, 400, notUtf8)
      if (body.length > longBodyCharacters && isDeeperThan(maxBodyLevels, body))
        return sendError(request, response, 400, tooDeep)
    }

    // Before anything runs: what has been done and can't be told of looks as if it had not been done.
    const accepted = acceptedBy(request.headers.accept)
    if (!accepted) return sendError(request, response, 406, notAcceptable)
    const target = targetOf(request)
    if (target?.search && !isReadable(target.searchParams)) return sendError(request, response, 400, unreadable)
    const requestId = newRequestId()
    const taken = new Promise((resolve) => response.once('close', resolve))
    const operation = await admit(request, requestId, taken).catch((error: unknown) => toClientError(error, requestId))
    if (operation instanceof Error) {
      const { message, extensions } = operation
      const { http, ...shown } = extensions
      const status = (http as { status?: number } | undefined)?.status ?? 200
      return sendError(request, response, status, { message, extensions: shown })
    }

    await operation.context.takeTurn()
    const text = body?.toString() ?? null
    const asked = text === null ? questionOf(target?.searchParams) : { body: text, isSafe: false }
    const direct = await post(asked, accepted, operation.context)
    if (direct instanceof PlainAnswer)
      return send(response, direct.status, direct.contentType, direct.body, direct.headers)
    if (direct) return stream(direct, response, operation.context)
    const aborted = new AbortController()
    response.once('close', () => {
      if (!response.writableFinished) aborted.abort()
    })
    const answer = await yoga.fetch(
      new yoga.fetchAPI.Request(target?.href ?? 'http://localhost/graphql', {
        method: request.method ?? 'GET',
        // The media type was checked, and Yoga knows it in one spelling only.
        headers: {
          ...(request.headers as Record<string, string>),
          ...(body && { 'content-type': 'application/json' }),
          accept: acceptHeaderOf(accepted),
        },
        body: text,
        signal: aborted.signal,
      }),
      operation.context,
    )
    if (answer.status === 406) return sendError(request, response, 406, noStream)
    // Yoga's "none" is no content coding (RFC 9110, 8.4), the connection is Node's to speak of, and nothing of this is to be stored.
    for (const name of ['content-encoding', 'connection', 'cache-control']) answer.headers.delete(name)
    response.writeHead(answer.status, Object.fromEntries(answer.headers))
    response.end(await answer.text())
  }

  /** Limits and identity. @throws UNAUTHENTICATED, RATE_LIMITED, UNAVAILABLE */
  async function admit(request: IncomingMessage, requestId: string, taken: Promise<unknown>) {
    const receivedAtMs = performance.now()
    const locale = localeOf(request.headers['accept-language'])
    const client = clientOf(request, config.trustProxy)
    // Of two, a proxy in front may have looked at the other one.
    if ((request.headersDistinct.authorization?.length ?? 0) > 1) throw unauthenticated('More than one Authorization')
    const authenticated = authenticate(request.headers.authorization)
    if (authenticated instanceof Promise && !(await within(maxAnswerMs, authenticated))) throw unavailable()
    const viewer = await authenticated
    if (!viewer && !config.graphiql) throw unauthenticated()
    await limiter.take(viewer, client)
    const key = viewer?.kind === 'user' ? viewer.userId : client
    const takeTurn = () => turns.take(key)
    const asked = { viewer, locale: viewer?.locale ?? locale, client: key, receivedAtMs, requestId }
    return { context: { ...asked, takeTurn, taken } }
  }

  /** Tells of a subscription until either side ends it, or the token expires. */
  async function stream(results: Results, response: ServerResponse, { viewer, takeTurn, requestId }: OperationContext) {
    streams.add(response)
    const callOff = viewer ? atExpiry(viewer.expiresAtMs, clock, () => response.end()) : undefined
    const disconnected = viewer?.kind === 'user' ? presence.connected(viewer.userId) : undefined
    try {
      await sendEvents(results, response, {
        stalledMs,
        commentIntervalMs,
        takeTurn,
        toClientError: (error) => toClientError(error, requestId),
      })
    } finally {
      callOff?.()
      disconnected?.()
      streams.delete(response)
    }
  }

  return {
    handle,
    /** Ends the streams; their clients come back and resume. */
    endStreams(): void {
      for (const response of streams) response.end()
    },
  }
}

export type GraphQLHandler = ReturnType<typeof createGraphQLHandler>

/** What a URL asks, in the place of a body. */
function questionOf(parameters: URLSearchParams | undefined): Question {
  const json = (name: string) => JSON.parse(parameters?.get(name) || 'null')
  const { query, operationName } = Object.fromEntries(parameters ?? [])
  const asked = { query, operationName, variables: json('variables'), extensions: json('extensions') }
  return { body: JSON.stringify(asked), isSafe: true }
}

/** Whether a URL has each parameter once, and what is JSON of it can be read (GraphQL over HTTP, 6.2). */
function isReadable(parameters: URLSearchParams): boolean {
  if (['query', 'operationName', 'variables', 'extensions'].some((name) => parameters.getAll(name).length > 1))
    return false
  try {
    for (const name of ['variables', 'extensions']) JSON.parse(parameters.get(name) || 'null')
    return true
  } catch {
    return false
  }
}

const notAcceptable = {
  message: 'The answer can be application/json, application/graphql-response+json or text/event-stream',
  extensions: { code: 'BAD_USER_INPUT' },
}
const noStream = {
  message: 'A subscription is answered over a WebSocket, or as text/event-stream',
  extensions: { code: 'BAD_USER_INPUT' },
}
const unreadable = {
  message: 'A parameter of the URL stands there twice, or is no JSON',
  extensions: { code: 'BAD_USER_INPUT' },
}
const notUtf8 = { message: 'The body is no UTF-8', extensions: { code: 'BAD_USER_INPUT' } }
const tooDeep = {
  message: `At most ${maxBodyLevels} levels in a body`,
  extensions: { code: 'LIMIT_EXCEEDED' },
}
const bodyErrors = {
  400: 'The body could not be read',
  413: `The body is larger than ${maxBodyBytes} bytes`,
} as const satisfies Record<number, string>
