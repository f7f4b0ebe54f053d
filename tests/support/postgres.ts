import { userInfo } from 'node:os'
import pg from 'pg'
import { startOwnPostgres } from './own-postgres.ts'

export interface PostgresServer {
  /** With the right to make databases. */
  url: string
  stop(): Promise<void>
}

/** Where a machine's own server listens. */
const localAddress = '127.0.0.1:5432'

/**
 * The server at TEST_DATABASE_URL; else the machine's own, where it lets us in without a password and make databases;
 * else one that is started here and stopped by `stop`.
 *
 * @throws when TEST_DATABASE_URL can't be used, or when nothing can be found and started: one line that says what to do
 */
export async function findPostgres(address = localAddress): Promise<PostgresServer> {
  const given = process.env.TEST_DATABASE_URL
  const urls = given
    ? [given]
    : ['postgres', userInfo().username].map((role) => `postgres://${role}@${address}/postgres`)
  for (const url of urls) {
    const refusal = await refusalOf(url)
    if (refusal === null) return { url, stop: async () => undefined }
    if (given) throw new Error(`TEST_DATABASE_URL can't be used: ${refusal}`)
  }
  return startOwnPostgres()
}

/** Why no database can be made there; null where one can. */
async function refusalOf(url: string): Promise<string | null> {
  try {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 })
    await client.connect()
    try {
      const sql = 'SELECT 1 FROM pg_roles WHERE rolname = current_user AND (rolcreatedb OR rolsuper)'
      return (await client.query(sql)).rowCount === 0 ? 'its role may not create databases' : null
    } finally {
      await client.end()
    }
  } catch (error) {
    return messageOf(error)
  }
}

/** An AggregateError (an address that answers nowhere) has its messages inside. */
const messageOf = (error: unknown): string =>
  error instanceof AggregateError
    ? error.errors.map(messageOf).join(', ')
    : error instanceof Error
      ? error.message
      : String(error)
