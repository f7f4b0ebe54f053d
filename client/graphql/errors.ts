import type { CombinedError } from '@urql/core'

/** protocol.md's `extensions.code` of an answer's errors. */
const errorCodes = (error: CombinedError): unknown[] => error.graphQLErrors.map(({ extensions }) => extensions.code)

/** The server doesn't accept the token (any more). */
export const isUnauthenticated = (error: CombinedError) => errorCodes(error).includes('UNAUTHENTICATED')

const RETRYABLE = new Set<unknown>(['UNAVAILABLE', 'RATE_LIMITED', 'INTERNAL_SERVER_ERROR', 'UNAUTHENTICATED'])

/** Whether the same request may succeed later: the network failed, or the server said so. */
export const isRetryable = (error: CombinedError) =>
  error.networkError !== undefined || errorCodes(error).some((code) => RETRYABLE.has(code))
