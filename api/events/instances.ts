import { Prisma } from '../../prisma/generated/postgresql/client/client.ts'
import type { Database } from '../db.ts'

/**
 * Which of these instances have a connection to the database, and may be writing. It is PostgreSQL that knows: a process that
 * dies takes its connections with it. SQLite has one process anyway.
 *
 * @param ids instances as `openDatabase` named them
 */
export async function findConnected(db: Database, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (db.provider === 'sqlite' || ids.length === 0) return new Set(ids)
  const rows = await db.client.$queryRaw<{ name: string }[]>`
    SELECT DISTINCT "application_name" AS "name" FROM "pg_stat_activity"
    WHERE "datname" = current_database() AND "application_name" IN (${Prisma.join([...ids])})`
  return new Set(rows.map(({ name }) => name))
}
