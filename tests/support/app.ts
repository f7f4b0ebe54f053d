import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { type App, createApp } from '../../api/app.ts'
import { readConfig } from '../../api/config.ts'
import { createLogger } from '../../api/logger.ts'
import { testSecret } from './tokens.ts'

export type Provider = 'sqlite' | 'postgresql'
export const providers: readonly Provider[] = ['sqlite', 'postgresql']

/** An empty database of its own, gone after `drop`. */
export interface TestDatabase {
  url: string
  drop(): Promise<void>
}

let count = 0

export async function createTestDatabase(provider: Provider): Promise<TestDatabase> {
  if (provider === 'sqlite') {
    const folder = mkdtempSync(join(tmpdir(), 'oko-test-'))
    return {
      url: `file:${join(folder, 'oko.db')}`,
      drop: async () => rmSync(folder, { recursive: true, force: true }),
    }
  }
  const serverUrl = inject('postgresUrl')
  const name = `oko_test_${process.pid}_${Date.now()}_${count++}`
  const run = async (sql: string) => {
    const client = new pg.Client({ connectionString: serverUrl })
    await client.connect()
    await client.query(sql).finally(() => client.end())
  }
  await run(`CREATE DATABASE ${name}`)
  const url = new URL(serverUrl)
  url.pathname = name
  return { url: url.href, drop: () => run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) }
}

export interface TestApp {
  app: App
  url: string
  /** The database it runs on, for looking behind the API. */
  database: TestDatabase
  /** SQL statements since the last `reset`. */
  statements: { list: string[]; reset(): void }
  /** Log lines, parsed. */
  logLines: Record<string, unknown>[]
  /** Stops the app and drops its database, unless that was given. */
  close(): Promise<void>
}

export interface TestAppOptions {
  /** Environment variables beside the test's own. */
  env?: Record<string, string | undefined>
  /** A database to run on, instead of a fresh one. */
  database?: TestDatabase
  clock?: () => Date
  stalledMs?: number
}

/** Who hears that somebody came or went: asked a moment after a connection, and part of no operation. */
const isOfPresence = (sql: string): boolean => sql.includes('"hearerId"')

/** A whole app on a real port of loopback and a real database, with JWT_SECRET set. Limits are off unless given. */
export async function startTestApp(provider: Provider, options: TestAppOptions = {}): Promise<TestApp> {
  const database = options.database ?? (await createTestDatabase(provider))
  const statements: string[] = []
  const logLines: Record<string, unknown>[] = []
  const logger = createLogger('debug', { write: (line) => void logLines.push(JSON.parse(line)) })
  const config = readConfig({
    PORT: '0',
    DATABASE_URL: database.url,
    JWT_SECRET: testSecret,
    LIMIT_SENDS_PER_MINUTE: '0',
    LIMIT_OPERATIONS_PER_SECOND: '0',
    LIMIT_OPERATIONS_PER_ADDRESS: '0',
    ...options.env,
  })
  const app = await createApp({
    config,
    logger,
    ...(options.clock && { clock: options.clock }),
    ...(options.stalledMs && { stalledMs: options.stalledMs }),
    onStatement: (sql) => {
      if (!isOfPresence(sql)) statements.push(sql)
    },
  })
  return {
    app,
    url: app.url,
    database,
    statements: { list: statements, reset: () => void statements.splice(0) },
    logLines,
    async close() {
      await app.close()
      if (!options.database) await database.drop()
    },
  }
}
