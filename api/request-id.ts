import { randomUUID } from 'node:crypto'

/**
 * An id for a request: an HTTP request, or an operation of a WebSocket. It stands in the log lines of the request and in what its
 * client is told of an unexpected error. Handed on by hand: with AsyncLocalStorage every promise of the process costs more on
 * Node 20 and 22.
 */
export const newRequestId = (): string => randomUUID()
