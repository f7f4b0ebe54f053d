import { GraphQLError } from 'graphql'
import { databaseFailure } from '../db-errors.ts'
import { OkoError, unavailable } from '../errors.ts'
import type { Logger } from '../logger.ts'
import type { Requests } from '../requests.ts'

/**
 * What a client is told of an error, on any transport: errors with a code as they are, an unreachable database as UNAVAILABLE,
 * and anything else masked, with the id of the request, which the log has too.
 */
export type ToClientError = (error: unknown) => GraphQLError

export function createToClientError(logger: Logger, requests: Pick<Requests, 'currentId'>): ToClientError {
  return (error) => {
    const at = error instanceof GraphQLError ? error : undefined
    const cause = causeOf(error)
    if (cause instanceof OkoError) return cause.toGraphQL(at)
    // Said by graphql-js of the request itself: syntax, validation, variables.
    if (cause instanceof GraphQLError) return withCode(cause)
    if (databaseFailure(cause) !== null) {
      logger.warn({ err: cause }, 'database failure')
      return unavailable().toGraphQL(at)
    }
    logger.error({ err: cause }, 'internal error')
    const requestId = requests.currentId()
    return new OkoError('INTERNAL_SERVER_ERROR', 'Internal server error', { requestId }).toGraphQL(at)
  }
}

/** What was thrown first, below what graphql-js wrapped around it. */
function causeOf(error: unknown): unknown {
  let cause = error
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError
  return cause
}

/** Codes of the libraries for requests that aren't right; clients are promised one code for those. */
const libraryCodes = new Set<unknown>(['BAD_REQUEST', 'OPERATION_RESOLUTION_FAILURE'])

/** Before execution every error of graphql-js has a code already but those of variables. */
function withCode(error: GraphQLError): GraphQLError {
  const { code } = error.extensions
  if ((code && !libraryCodes.has(code)) || error.path) return error
  const { message, nodes, source, positions, extensions } = error
  return new GraphQLError(message, {
    nodes,
    source,
    positions,
    extensions: { ...extensions, code: 'BAD_USER_INPUT' },
  })
}
