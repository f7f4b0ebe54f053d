import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * Lets pages of allowed origins send tokens and read the answers, refusals included (the CORS protocol of the Fetch standard).
 * Pages of other origins get no word of permission. Tokens travel in a header, so credentials are never allowed.
 */
export function setCorsHeaders(
  request: IncomingMessage,
  response: ServerResponse,
  allowedOrigins: readonly string[],
): void {
  response.setHeader('vary', 'Origin')
  const { origin } = request.headers
  if (origin === undefined || !allowedOrigins.includes(origin)) return
  response.setHeader('access-control-allow-origin', origin)
  if (request.method !== 'OPTIONS') return
  response.setHeader('access-control-allow-methods', 'GET, POST, OPTIONS')
  response.setHeader('access-control-allow-headers', 'authorization, content-type, accept-language')
  response.setHeader('access-control-max-age', '86400')
}
