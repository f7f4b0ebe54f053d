import { hash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { send } from './request.ts'

type Coding = 'br' | 'gzip'

/** One resource, by content coding where it is there compressed. */
export interface Encoded {
  type: string
  body: Buffer
  /** Of the uncompressed one, without quotes. */
  tag: string
  /** The smaller one first. */
  encoded: readonly { coding: Coding; body: Buffer }[]
}

/** The tag of a body. */
export const tagOf = (body: Buffer): string => hash('sha256', body, 'base64url').slice(0, 22)

/**
 * Sends what the client takes of it, or 304. Each coding has an entity tag of its own (RFC 9110, 8.8.3.3); of a resource that has
 * changed none of them is right any more.
 */
export function sendEncoded(
  request: IncomingMessage,
  response: ServerResponse,
  { type, body, tag, encoded }: Encoded,
  headers: Readonly<Record<string, string>>,
): void {
  const chosen = encoded.find(({ coding }) => accepts(request.headers['accept-encoding'], coding))
  const etag = `"${tag}${chosen ? `-${chosen.coding}` : ''}"`
  const wanted = { ...headers, etag }
  if (isKnown(request.headers['if-none-match'], etag)) {
    response.writeHead(304, wanted)
    response.end()
  } else if (chosen) send(response, 200, type, chosen.body, { ...wanted, 'content-encoding': chosen.coding })
  else send(response, 200, type, body, wanted)
}

/** RFC 9110, 12.5.3: a weight of 0 refuses. */
function accepts(header: string | string[] | undefined, coding: Coding): boolean {
  return String(header ?? '')
    .split(',')
    .some((entry) => {
      const [name = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase())
      return name === coding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))
    })
}

/** RFC 9110, 13.1.2: compared weakly, since a proxy may have marked it so. */
const isKnown = (header: string | undefined, etag: string): boolean =>
  (header ?? '').split(',').some((entry) => entry.trim().replace(/^W\//, '') === etag)
