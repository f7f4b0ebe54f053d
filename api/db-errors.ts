/** What a failed statement or transaction means to its caller; null: something else, a mistake of ours perhaps. */
export type DatabaseFailure = 'conflict' | 'unavailable' | null

// P2002: a row with the same unique value. Whoever inserts has looked for it first, so another transaction was quicker, and
// the next attempt finds its row.
const conflictCodes = new Set(['P2034', 'P2002', '40001', '40P01', '23505', 'SQLITE_BUSY'])
const unavailableCodes = new Set([
  // Prisma: unreachable, timed out, closed by the server, no connection free, transaction not started or expired.
  ...['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037'],
  // PostgreSQL: connection exceptions, too many connections, statement timeout, shutting down, crashed, starting up.
  ...['08000', '08003', '08006', '08001', '53300', '57014', '57P01', '57P02', '57P03', '25P03'],
  ...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', 'EHOSTUNREACH', 'EAI_AGAIN'],
])
const conflictKinds = new Set(['TransactionWriteConflict', 'UniqueConstraintViolation'])
const unavailableKinds = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections'])
// What pg throws itself, without a code.
const unavailableMessages =
  /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|Query read timeout/

/**
 * Sorts an error of Prisma, its driver adapters or pg. They put the database's code in different places: on the error, in
 * `meta.driverAdapterError.cause`, or nowhere but in the message.
 */
export function databaseFailure(error: unknown): DatabaseFailure {
  if (!(error instanceof Error)) return null
  const { code, cause, meta } = error as Error &
    Coded & { cause?: Coded; meta?: { driverAdapterError?: { cause?: Coded } } }
  const inner = meta?.driverAdapterError?.cause ?? cause
  const codes = [code, inner?.code, inner?.originalCode].filter((value) => typeof value === 'string')
  const kind = inner?.kind ?? ''
  if (codes.some((value) => conflictCodes.has(value)) || conflictKinds.has(kind)) return 'conflict'
  if (codes.some((value) => unavailableCodes.has(value)) || unavailableKinds.has(kind)) return 'unavailable'
  return unavailableMessages.test(error.message) ? 'unavailable' : null
}

interface Coded {
  code?: string
  originalCode?: string
  kind?: string
}
