import { mkdirSync } from 'node:fs'
import type { Socket } from 'node:net'
import { dirname, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createClient, type Transaction as LibSqlTransaction } from '@libsql/client'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import { PrismaPg } from '@prisma/adapter-pg'
import { type CustomTypesConfig, Client as PgClient, Pool, type PoolClient, types } from 'pg'
import { type Prisma, PrismaClient } from '../prisma/generated/postgresql/client/client.ts'
import { PrismaClient as SqlitePrismaClient } from '../prisma/generated/sqlite/client/client.ts'
import { applyMigrations } from '../prisma/migrations.ts'
import type { Config } from './config.ts'
import { databaseFailure } from './db-errors.ts'
import type { Sql, Statement } from './sql.ts'

export type Transaction = Prisma.TransactionClient

/** The one database of a process. */
export interface Database {
  provider: 'sqlite' | 'postgresql'
  /** For reads and for single statements; several writes that belong together go through `transaction`. */
  client: PrismaClient
  /**
   * Runs `work` in one transaction. Deadlocks and write conflicts are retried, so `work` may run several times and must
   * have no effect but through `tx`. On SQLite one transaction at a time runs in the process.
   *
   * @throws what `work` throws; nothing of it is then written
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  /** Runs single hand-written statements, for reads that are too hot for Prisma. */
  sql: Sql
  /**
   * The same as `transaction` by hand-written statements. They run in the order in which they are begun, so several may be begun at
   * once, and the last ones need not be waited for: on PostgreSQL each such row goes to the server and back together. Nothing is
   * committed if one of them fails. Something must be waited for before anything is written.
   */
  sqlTransaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>
  /** Connections of the pool; null where there is none. */
  pool(): { total: number; idle: number; waiting: number } | null
  close(): Promise<void>
}

/** Is told of every SQL statement and how long it took. */
export type OnStatement = (sql: string, durationMs: number) => void

const maxAttempts = 8
const transactionTimeoutMs = 4000
const statementTimeoutMs = 4000
/** Longer than any statement may take. */
const silenceMs = 4500
/** How long a transaction may wait for its connection. */
const transactionWaitMs = 3000

/**
 * Opens the database and brings it to the newest migration.
 *
 * @param instance what PostgreSQL shows as the name of this process' connections
 * @throws when it can't be reached, when a migration fails, or when another process has the SQLite file
 */
export async function openDatabase(
  config: Config['database'],
  instance: string,
  onStatement: OnStatement,
): Promise<Database> {
  return config.provider === 'sqlite'
    ? openSqlite(config.url, onStatement)
    : openPostgres(config.url, instance, onStatement)
}

async function openPostgres(url: string, instance: string, onStatement: OnStatement): Promise<Database> {
  const named = new URL(url)
  named.searchParams.set('application_name', instance)
  const pool = new Pool({
    connectionString: named.href,
    // pg's own defaults wait for ever.
    connectionTimeoutMillis: 3000,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: 10_000,
    keepAlive: true,
    // One stays, so that the others see that this process is there.
    min: 1,
    max: 10,
  })
  // A connection that breaks while idle is replaced when one is needed.
  pool.on('error', () => undefined)
  pool.on('connect', cutWhenSilent)
  await migratePostgres(url)
  const adapter = new PrismaPg(pool, { disposeExternalPool: true })
  const client = new PrismaClient({ adapter, log: [{ emit: 'event', level: 'query' }] })
  client.$on('query', ({ query, duration }) => onStatement(query, duration))
  return {
    provider: 'postgresql',
    client,
    transaction: (work) =>
      retrying(() =>
        client.$transaction(work, {
          isolationLevel: 'ReadCommitted',
          maxWait: transactionWaitMs,
          timeout: transactionTimeoutMs,
        }),
      ),
    sql: { run: (statement, values) => runOn(pool, onStatement, statement, values) },
    sqlTransaction: (work) => retrying(() => inTransaction(pool, onStatement, work)),
    pool: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: () => client.$disconnect(),
  }
}

/**
 * Rows by their keys, whatever the planner makes of it: it takes a JSON array for a hundred rows, and would rather read all of a table
 * of some thousands than look up the five that are meant.
 */
const begin = [
  'BEGIN ISOLATION LEVEL READ COMMITTED',
  ...['seqscan', 'hashjoin', 'mergejoin'].map((way) => `SET LOCAL enable_${way} = off`),
].join(';')

async function inTransaction<T>(pool: Pool, onStatement: OnStatement, work: (sql: Sql) => Promise<T>): Promise<T> {
  const connection = await pool.connect()
  let broken = false
  // A connection that breaks between two statements says so by an event; the next statement then fails.
  const noticed = () => {
    broken = true
  }
  connection.on('error', noticed)
  try {
    setPipeline(connection, true)
    sendTogether(connection)
    const begun = connection.query(begin)
    const asked: Promise<unknown>[] = []
    const ask = <Answer>(answer: Promise<Answer>): Promise<Answer> => {
      // Its error is thrown below, also where nobody waits for it.
      answer.catch(() => undefined)
      asked.push(answer)
      return answer
    }
    ask(begun)
    /** In order, so that it is the first error that is thrown: those after it come of it. */
    const allAnswers = async () => {
      for (const answer of asked) await answer
    }
    const sql: Sql = {
      run(statement, values) {
        sendTogether(connection)
        // What runs outside of the transaction must not be taken for a part of it.
        return ask(
          Promise.all([runOn(connection, onStatement, statement, values), begun]).then(([rows]) => rows as never),
        )
      },
    }
    const result = await work(sql).catch(async (error: unknown) => {
      await allAnswers()
      throw error
    })
    const committed = connection.query('COMMIT')
    ask(committed)
    await allAnswers()
    // PostgreSQL answers so, and with no error, where something had failed.
    if ((await committed).command !== 'COMMIT') throw new Error('a failed transaction was to be committed')
    return result
  } catch (error) {
    await connection.query('ROLLBACK').catch(() => {
      broken = true
    })
    throw error
  } finally {
    connection.off('error', noticed)
    setPipeline(connection, false)
    connection.release(broken)
  }
}

async function runOn<Row>(
  connection: Pool | PoolClient,
  onStatement: OnStatement,
  { name, text }: Statement,
  values: readonly unknown[],
): Promise<Row[]> {
  const startedAtMs = performance.now()
  const { rows } = await connection.query({ name, text, values: [...values], types: utcTypes })
  onStatement(text, performance.now() - startedAtMs)
  return rows as Row[]
}

const timestampOid = 1114
/** Columns hold UTC without saying so, and pg would take them for local time. */
const utcTypes: CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === timestampOid
      ? (text: string) => new Date(`${text.replace(' ', 'T')}Z`)
      : types.getTypeParser(oid, format as 'text'),
}

/** What pg has, and its types leave out. */
const streamOf = (client: PoolClient): Socket =>
  (client as PoolClient & { connection: { stream: Socket } }).connection.stream

/**
 * Whether a statement is sent when it is begun, and not when the one before it has been answered. To be set while nothing is under way.
 * Not for the whole pool: Prisma's ROLLBACK of what takes too long would then be sent to a server that is silent, and sending counts as
 * a sign of life (`cutWhenSilent`).
 */
function setPipeline(client: PoolClient, isOn: boolean): void {
  // pg's types have it read-only.
  ;(client as { pipeline: boolean }).pipeline = isOn
}

/** Hands all that is said to the server before the next tick to the system at once. */
function sendTogether(client: PoolClient): void {
  const stream = streamOf(client)
  if (stream.writableCorked > 0) return
  stream.cork()
  process.nextTick(() => stream.uncork())
}

/**
 * Ends a connection whose statement gets no answer: PostgreSQL itself ends statements sooner (statement_timeout), so a server
 * that says nothing is frozen or out of reach, and pg would wait for it for ever.
 */
function cutWhenSilent(client: PoolClient): void {
  const stream = streamOf(client)
  stream.setTimeout(silenceMs, () => {
    const idle = (client as PoolClient & { readyForQuery: boolean }).readyForQuery
    if (!idle) stream.destroy(new Error('Connection terminated: no answer'))
  })
}

/** Two instances may start at once: the advisory lock lets one migrate while the other waits. */
async function migratePostgres(url: string): Promise<void> {
  const lock = new PgClient({ connectionString: url, connectionTimeoutMillis: 3000 })
  await lock.connect()
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [migrationLockId])
    // With a pool of its own: applying migrations ends the one it is given.
    await applyMigrations('postgresql', new PrismaPg({ connectionString: url, connectionTimeoutMillis: 3000 }))
  } finally {
    await lock.end()
  }
}

/** "oko" in ASCII: any number that other software on the server is unlikely to lock. */
const migrationLockId = 0x6f_6b_6f

async function openSqlite(url: string, onStatement: OnStatement): Promise<Database> {
  const path = resolve(url.slice('file:'.length))
  mkdirSync(dirname(path), { recursive: true })
  const unlock = await lockFile(path)
  try {
    const options = { url: `file:${path}`, timeout: 5000 }
    const setup = createClient(options)
    // Remembered by the file. Readers then go on beside the writer; `synchronous` stays at FULL, so that what was
    // acknowledged is on the disk.
    await setup.execute('PRAGMA journal_mode = WAL')
    setup.close()

    const adapter = new PrismaLibSql(options)
    await applyMigrations('sqlite', adapter)
    // Both clients are generated from the same models, and the code keeps to what both databases can do.
    const client = new SqlitePrismaClient({
      adapter,
      log: [{ emit: 'event', level: 'query' }],
    }) as unknown as PrismaClient<'query'>
    client.$on('query', ({ query, duration }) => onStatement(query, duration))

    let last: Promise<unknown> = Promise.resolve()
    const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
      const result = last.then(run, run)
      last = result.catch(() => undefined)
      return result
    }
    const transaction = <T>(work: (tx: Transaction) => Promise<T>) =>
      client.$transaction(work, { maxWait: 30_000, timeout: 30_000 })
    return {
      provider: 'sqlite',
      client,
      transaction: (work) => inTurn(() => retrying(() => transaction(work))),
      sql: { run: (statement, values) => client.$queryRawUnsafe(statement.text, ...values) },
      sqlTransaction: (work) =>
        inTurn(() =>
          retrying(() =>
            transaction(async (tx) => {
              let latest: Promise<unknown> = Promise.resolve()
              const result = await work({
                run(statement, values) {
                  const rows = latest.then(() => tx.$queryRawUnsafe(statement.text, ...values))
                  rows.catch(() => undefined)
                  latest = rows
                  return rows as Promise<never>
                },
              })
              await latest
              return result
            }),
          ),
        ),
      pool: () => null,
      close: async () => {
        await last
        await client.$disconnect()
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}

/**
 * Makes this process the only one on a SQLite file: two would wake only their own subscribers, and SQLite has one writer
 * anyway. The lock is a transaction left open on a file beside it, so the system drops it with the process, however that
 * ends.
 *
 * @throws when another process has it
 */
async function lockFile(path: string): Promise<() => void> {
  const holder = createClient({ url: `file:${path}.lock`, timeout: 0 })
  let held: LibSqlTransaction
  try {
    held = await holder.transaction('write')
  } catch {
    holder.close()
    throw new Error(`another process is using ${path}; SQLite serves one process, use PostgreSQL for several`)
  }
  return () => {
    held.close()
    holder.close()
  }
}

async function retrying<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run()
    } catch (error) {
      if (attempt >= maxAttempts || databaseFailure(error) !== 'conflict') throw error
      await wait(Math.random() * Math.min(500, 5 * 2 ** attempt))
    }
  }
}
