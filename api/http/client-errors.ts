import { GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Context } from '../context.ts'
import { databaseFailure } from '../db-errors.ts'
import { OkoError, unavailable } from '../errors.ts'
import type { Logger } from '../logger.ts'
import { newRequestId } from '../request-id.ts'

/**
 * What a client is told of an error, on any transport: errors with a code as they are, an unreachable database as UNAVAILABLE,
 * and anything else masked, with the id of the request, which the log has too. Without one the error gets an id of its own.
 */
export type ToClientError = (error: unknown, requestId?: string) => GraphQLError

export function createToClientError(logger: Logger): ToClientError {
  return (error, requestId = newRequestId()) => {
    const at = error instanceof GraphQLError ? error : undefined
    const cause = causeOf(error)
    if (cause instanceof OkoError) return cause.toGraphQL(at)
    // Said by graphql-js of the request itself: syntax, validation, variables.
    if (cause instanceof GraphQLError) return withCode(cause)
    if (databaseFailure(cause) !== null) {
      logger.warn({ requestId, err: cause }, 'database failure')
      return unavailable().toGraphQL(at)
    }
    logger.error({ requestId, err: cause }, 'internal error')
    return new OkoError('INTERNAL_SERVER_ERROR', 'Internal server error', { requestId }).toGraphQL(at)
  }
}

/** Translates what execution says, before Yoga does, who doesn't know whose request it is. What has been translated stays as it is. */
export function errorsOfRequest(toClientError: ToClientError): Plugin<Context> {
  return {
    onExecute: ({ args }) => ({
      onExecuteDone({ result, setResult }) {
        if (Symbol.asyncIterator in result || !result.errors) return
        const { requestId } = args.contextValue as Context
        setResult({ ...result, errors: result.errors.map((error) => toClientError(error, requestId)) })
      },
    }),
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
