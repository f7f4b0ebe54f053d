import { createClient, type FormattedExecutionResult } from 'graphql-ws/client'

/** Why a socket's life ended; what the event stream does next depends on this alone. */
export type SocketEnd =
  /** Closed, lost, refused or silent: try again. */
  | { reason: 'lost' }
  /** The token is missing, invalid or expired (close code 4403, or UNAUTHENTICATED). */
  | { reason: 'unauthenticated' }
  /** The server refused the variables (BAD_USER_INPUT): the cursor is no good. */
  | { reason: 'cursorRefused' }
  /** The server doesn't know the document by its hash: it is of another version. */
  | { reason: 'documentUnknown' }

/** What is subscribed to: the document's text, or the hash that the server has it by. */
type SentDocument = { text: string } | { hash: string }

export type EventSocketOptions = {
  url: string
  token: string
  document: SentDocument
  variables: Record<string, unknown>
  /** How long the line may be silent before it is pinged. */
  keepAliveMs: number
  /** How long a ping may stay unanswered before the line counts as dead. */
  pongTimeoutMs: number
  webSocketImpl?: unknown
  onResult(result: FormattedExecutionResult<Record<string, unknown>, unknown>): void
  /** Once, unless `close` came first. */
  onEnd(end: SocketEnd): void
}

type EventSocket = { close(): void }

/** One WebSocket with one subscription on it: a single attempt, with no retry of its own. */
export function openEventSocket(options: EventSocketOptions): EventSocket {
  let isOver = false
  let pongTimer: ReturnType<typeof setTimeout> | undefined
  const client = createClient({
    url: options.url,
    connectionParams: { Authorization: `Bearer ${options.token}` },
    retryAttempts: 0,
    keepAlive: options.keepAliveMs,
    connectionAckWaitTimeout: options.pongTimeoutMs * 2,
    ...(options.webSocketImpl ? { webSocketImpl: options.webSocketImpl } : {}),
    on: {
      ping: (received) => {
        if (received) return
        pongTimer = setTimeout(() => end({ reason: 'lost' }), options.pongTimeoutMs)
      },
      pong: (received) => {
        if (received) clearTimeout(pongTimer)
      },
    },
  })
  // A connection attempt that hangs (a proxy that swallows the upgrade) ends like a lost one.
  const openTimer = setTimeout(() => end({ reason: 'lost' }), options.pongTimeoutMs * 3)
  client.on('connected', () => clearTimeout(openTimer))

  const stop = () => {
    isOver = true
    clearTimeout(pongTimer)
    clearTimeout(openTimer)
    // terminate, unlike dispose, also drops a socket that is still connecting or whose peer no longer answers.
    client.terminate()
  }
  const end = (reason: SocketEnd) => {
    if (isOver) return
    stop()
    options.onEnd(reason)
  }

  client.subscribe(
    { ...payloadOf(options.document), variables: options.variables },
    {
      next: (result) => {
        if (isOver) return
        const failure = result.errors && endOfErrors(result.errors)
        if (failure) end(failure)
        else options.onResult(result)
      },
      error: (error) => end(endOfError(error)),
      complete: () => end({ reason: 'lost' }),
    },
  )
  return { close: stop }
}

/** The protocol wants a text, if an empty one. */
const payloadOf = (document: SentDocument) =>
  'text' in document
    ? { query: document.text }
    : { query: '', extensions: { persistedQuery: { version: 1, sha256Hash: document.hash } } }

function endOfErrors(errors: readonly unknown[]): SocketEnd {
  const codes = errors.map(codeOf)
  if (codes.includes('UNAUTHENTICATED')) return { reason: 'unauthenticated' }
  if (codes.includes('BAD_USER_INPUT')) return { reason: 'cursorRefused' }
  if (codes.includes('PERSISTED_QUERY_NOT_FOUND')) return { reason: 'documentUnknown' }
  return { reason: 'lost' }
}

function endOfError(error: unknown): SocketEnd {
  if (Array.isArray(error)) return endOfErrors(error)
  const code = isRecord(error) ? error.code : undefined
  return code === 4403 ? { reason: 'unauthenticated' } : { reason: 'lost' }
}

const codeOf = (error: unknown) => (isRecord(error) && isRecord(error.extensions) ? error.extensions.code : undefined)

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
