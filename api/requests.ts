import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'

/**
 * The request that is being worked on: an HTTP request, or an operation of a WebSocket with all that comes of it. Its id stands
 * in every log line that is written meanwhile and in what its client is told of an unexpected error.
 */
export interface Requests {
  /** Does something as a request of its own. */
  run<T>(act: () => T): T
  /** Undefined for what nobody asked for: the server's own regular work. */
  currentId(): string | undefined
}

export function createRequests(): Requests {
  const ids = new AsyncLocalStorage<string>()
  return {
    run: (act) => ids.run(randomUUID(), act),
    currentId: () => ids.getStore(),
  }
}
