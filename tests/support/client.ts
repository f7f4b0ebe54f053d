import { createClient } from 'graphql-ws'
import WebSocket from 'ws'

export interface GraphQLResponse<T = any> {
  data?: T | null
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> & { code?: string } }[]
}

export interface HttpAnswer<T = any> extends GraphQLResponse<T> {
  status: number
  headers: Headers
  /** The body as it came. */
  body: string
}

/** One operation over HTTP, as a mobile app or a script would send it. */
export async function request<T = any>(
  url: string,
  token: string | null,
  query: string,
  variables?: Record<string, unknown>,
  headers: Record<string, string> = {},
): Promise<HttpAnswer<T>> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: JSON.stringify({ query, variables }),
  })
  const body = await response.text()
  const parsed = body.startsWith('{') ? (JSON.parse(body) as GraphQLResponse<T>) : {}
  return { ...parsed, status: response.status, headers: response.headers, body }
}

/** A subscription as a queue: waits for events instead of sleeping. */
export interface Subscription {
  /** The next event's `data`, waiting at most `timeoutMs` (5 s); throws the errors of the stream as JSON. */
  next(timeoutMs?: number): Promise<any>
  /** The next event that passes; those before it are dropped. */
  until(passes: (data: any) => boolean, timeoutMs?: number): Promise<any>
  /** Everything that has come and was not taken. */
  taken(): any[]
  /** Resolves with the stream's end: 'complete', or the error payload of the server, or the socket's close. */
  ended: Promise<unknown>
  close(): void
}

/** Subscribes over a WebSocket of its own. */
export function subscribe(
  url: string,
  token: string | null,
  query: string,
  variables?: Record<string, unknown>,
): Subscription {
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: token === null ? {} : { Authorization: `Bearer ${token}` },
    onNonLazyError: () => undefined,
  })
  const queue: any[] = []
  let wake: (() => void) | undefined
  let end: ((reason: unknown) => void) | undefined
  const ended = new Promise<unknown>((resolve) => {
    end = resolve
  })
  let failure: unknown
  const stop = client.subscribe<any>(
    { query, variables },
    {
      next(result) {
        queue.push(result.errors ? { errors: result.errors, ...result.data } : result.data)
        wake?.()
      },
      error(error) {
        failure = error
        end?.(error)
        wake?.()
      },
      complete() {
        end?.('complete')
        wake?.()
      },
    },
  )
  const next = async (timeoutMs = 5000): Promise<any> => {
    const deadline = Date.now() + timeoutMs
    while (queue.length === 0) {
      if (failure) throw new Error(`the stream ended: ${JSON.stringify(failure)}`)
      const left = deadline - Date.now()
      if (left <= 0) throw new Error(`no event within ${timeoutMs} ms`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    return queue.shift()
  }
  return {
    next,
    async until(passes, timeoutMs = 5000) {
      const deadline = Date.now() + timeoutMs
      for (;;) {
        const data = await next(deadline - Date.now())
        if (passes(data)) return data
      }
    },
    taken: () => queue.splice(0),
    ended,
    close() {
      stop()
      void client.dispose()
    },
  }
}
