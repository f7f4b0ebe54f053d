import { GraphQLError } from 'graphql'

/** The codes of `errors[].extensions.code`; expected refusals of a mutation are types of its result union instead. */
export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'BAD_USER_INPUT'
  | 'LIMIT_EXCEEDED'
  | 'PERSISTED_QUERY_NOT_FOUND'
  | 'PERSISTED_QUERY_ONLY'
  | 'RATE_LIMITED'
  | 'UNAVAILABLE'
  | 'INTERNAL_SERVER_ERROR'

/** What clients are told of an error that has a code of its own. Thrown where it is known, translated once per transport. */
export class OkoError extends Error {
  readonly code: ErrorCode
  /** Goes into `extensions` beside the code. */
  readonly extensions: Readonly<Record<string, unknown>>

  constructor(code: ErrorCode, message: string, extensions: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.name = 'OkoError'
    this.code = code
    this.extensions = extensions
  }

  /** The error as GraphQL answers with it; UNAUTHENTICATED makes the HTTP answer a 401. */
  toGraphQL(at?: GraphQLError): GraphQLError {
    const http =
      this.code === 'UNAUTHENTICATED' ? { http: { status: 401, headers: { 'www-authenticate': 'Bearer' } } } : {}
    return new GraphQLError(this.message, {
      ...(at && { nodes: at.nodes, source: at.source, positions: at.positions, path: at.path }),
      extensions: { ...this.extensions, code: this.code, ...http },
    })
  }
}

/** No token, or one that fails a check. */
export const unauthenticated = (message = 'Authentication required'): OkoError =>
  new OkoError('UNAUTHENTICATED', message)

/**
 * The one answer for what isn't the viewer's and for what doesn't exist: it names nothing, so that the two can't be told
 * apart.
 */
export const forbidden = (): OkoError => new OkoError('FORBIDDEN', 'Access denied')

/** Input that breaks a rule which types can't express. */
export const badUserInput = (message: string): OkoError => new OkoError('BAD_USER_INPUT', message)

/** The database can't be reached; retrying is safe. */
export const unavailable = (): OkoError => new OkoError('UNAVAILABLE', 'The service is temporarily unavailable')
