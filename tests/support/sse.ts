import { createQueue } from './queue.ts'

/** A subscription over server-sent events. */
export interface EventSource {
  status: number
  contentType: string
  /** The next result of the operation; `null` once it is complete. */
  next(timeoutMs?: number): Promise<any>
  /** Resolves when the server has ended the response. */
  ended: Promise<void>
  close(): void
}

/** Subscribes by POST with `Accept: text/event-stream`. */
export async function openEventSource(
  url: string,
  token: string,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<EventSource> {
  const aborted = new AbortController()
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
    signal: aborted.signal,
  })
  const queue = createQueue<any>()
  const ended = read().catch(() => undefined)

  async function read(): Promise<void> {
    let text = ''
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true })
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        take(text.slice(0, end))
        text = text.slice(end + 2)
      }
    }
    queue.end('the response ended')
  }

  function take(block: string): void {
    const fields = new Map(
      block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
    )
    if (fields.get('event') === 'next') queue.push(JSON.parse(fields.get('data') ?? 'null'))
    if (fields.get('event') === 'complete') queue.push(null)
  }

  return {
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    next: (timeoutMs) => queue.next(timeoutMs),
    ended,
    close: () => aborted.abort(),
  }
}
