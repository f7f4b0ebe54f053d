import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import { isIPv6 } from 'node:net'
import type { Duplex } from 'node:stream'
import { acceptedBy } from './media-types.ts'
import { securityHeaders } from './security-headers.ts'

const origin = 'http://localhost'
/** What nearly all requests are for. */
const graphqlTarget = new URL('/graphql', origin)

/**
 * What a request asks for, to be read only; null where its target is no address at all. What begins with a slash is a path, also
 * one that begins with two (RFC 9112, 3.2.1): to a URL that would be another host.
 */
export function targetOf({ url = '/' }: IncomingMessage): URL | null {
  if (url === graphqlTarget.pathname) return graphqlTarget
  const address = url.startsWith('/') ? `${origin}${url}` : url
  return URL.canParse(address) ? new URL(address) : null
}

/** The client's address: the connection's, or behind a trusted proxy the one that it saw. */
export function addressOf(request: IncomingMessage, trustProxy: boolean): string {
  const forwarded = trustProxy ? request.headers['x-forwarded-for'] : undefined
  const last = String(forwarded ?? '')
    .split(',')
    .at(-1)
    ?.trim()
  return last || (request.socket.remoteAddress ?? '')
}

/**
 * Whom limits and turns count as one client without knowing who it is: an IPv4 address, or the /64 network of an IPv6 one, all of
 * which one customer has (RFC 6177).
 */
export function clientOf(request: IncomingMessage, trustProxy: boolean): string {
  const address = addressOf(request, trustProxy)
  const embedded = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (embedded !== undefined || !isIPv6(address)) return embedded ?? address
  const [front = [], back = []] = address.split('::').map((part) => part.split(':').filter(Boolean))
  const zeros = Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0')
  const groups = [...front, ...zeros, ...back].slice(0, 4)
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}

export const isLoopback = (address: string): boolean => /^(127\.|::1$|::ffff:127\.)/.test(address)

/** Whether a browser page may talk to us: no Origin (not a browser), our own, or one that is allowed. */
export function isAllowedOrigin(request: IncomingMessage, allowedOrigins: readonly string[]): boolean {
  const { origin, host } = request.headers
  if (origin === undefined) return true
  if (allowedOrigins.includes(origin)) return true
  return URL.canParse(origin) && new URL(origin).host === host
}

export type BodyResult = { ok: true; body: Buffer } | { ok: false; status: 400 | 413 }

/** Reads a body of at most `maxBytes`; what is beyond is not kept. Whoever waits for leave to send it (100-continue) gets that now. */
export async function readBody(
  request: IncomingMessage,
  response: ServerResponse,
  maxBytes: number,
): Promise<BodyResult> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return { ok: false, status: 413 }
  if (request.headers.expect !== undefined) response.writeContinue()
  const chunks: Buffer[] = []
  let length = 0
  // By events: an iterator makes promises for each chunk, several times what the body itself costs.
  return new Promise((resolve) => {
    request.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length <= maxBytes) chunks.push(chunk)
      else resolve({ ok: false, status: 413 })
    })
    request.once('end', () => resolve({ ok: true, body: Buffer.concat(chunks) }))
    const broken = () => resolve({ ok: false, status: 400 })
    request.once('error', broken)
    request.once('close', broken)
  })
}

/** Bytes of a body, which may be in pieces. */
export const lengthOf = (body: string | Buffer | readonly Buffer[]): number =>
  typeof body === 'string' || Buffer.isBuffer(body)
    ? Buffer.byteLength(body)
    : body.reduce((sum, piece) => sum + piece.length, 0)

/** Sends a whole response. */
export function send(
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string | Buffer | readonly Buffer[],
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': contentType, 'content-length': lengthOf(body), ...headers })
  if (typeof body === 'string' || Buffer.isBuffer(body)) {
    response.end(body)
    return
  }
  for (const piece of body) response.write(piece)
  response.end()
}

/** Sends `errors[]` for a request that GraphQL never saw, in the media type that the client prefers. */
export function sendError(request: IncomingMessage, response: ServerResponse, status: number, error: object): void {
  const type = `${acceptedBy(request.headers.accept)?.json ?? 'application/json'}; charset=utf-8`
  const headers: Record<string, string> = {
    // What was not read of a body would be taken for the next request.
    ...(!request.complete && { connection: 'close' }),
    // RFC 9110, 11.6.1.
    ...(status === 401 && { 'www-authenticate': 'Bearer' }),
  }
  send(response, status, type, JSON.stringify({ errors: [error] }), headers)
}

/** Answers on a connection that has no response object: an upgrade that isn't taken, bytes that are no request. */
export function refuseConnection(socket: Duplex, status: number): void {
  const headers = Object.entries({ ...securityHeaders, connection: 'close', 'content-length': '0' })
  const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...headers.map(([name, value]) => `${name}: ${value}`)]
  socket.end(`${lines.join('\r\n')}\r\n\r\n`)
}
