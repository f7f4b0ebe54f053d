import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import type { MigrationList } from '@prisma/schema-engine-wasm'
import { noFilters, openSchemaEngine } from './engine.ts'
import { type Provider, prismaPath } from './schemas.ts'

/** Absolute folder of a provider's migrations. */
export const migrationsPath = (provider: Provider): string => prismaPath(`migrations/${provider}`)

interface Migration {
  name: string
  script: string
}

function readMigrations(provider: Provider): Migration[] {
  const folder = migrationsPath(provider)
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => ({ name, script: readFileSync(`${folder}/${name}/migration.sql`, 'utf8') }))
}

/** A provider's migrations as the schema engine wants them. */
function migrationList(provider: Provider): MigrationList {
  return {
    baseDir: migrationsPath(provider),
    lockfile: { path: 'migration_lock.toml', content: `provider = "${provider}"\n` },
    shadowDbInitScript: '',
    migrationDirectories: readMigrations(provider).map(({ name, script }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: script } },
    })),
  }
}

/**
 * Applies what is missing, in Prisma's own `_prisma_migrations` table, so that the ordinary CLI can take over. The schema
 * engine is loaded only when something is missing. The caller sees to it that one process at a time does this.
 *
 * @throws when a migration fails, or when the database has migrations that this version doesn't know.
 */
export async function applyMigrations(
  provider: Provider,
  adapter: SqlMigrationAwareDriverAdapterFactory,
): Promise<string[]> {
  const wanted = readMigrations(provider)
  const applied = await appliedMigrations(adapter)
  const unknown = [...applied.keys()].filter((name) => !wanted.some((migration) => migration.name === name))
  if (unknown.length > 0) throw new Error(`the database was migrated by a newer version: ${unknown.join(', ')}`)
  if (wanted.every(({ name, script }) => applied.get(name) === checksum(script))) return []

  const engine = await openSchemaEngine(provider, adapter)
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: migrationList(provider),
      filters: noFilters,
    })
    return appliedMigrationNames
  } finally {
    engine.free()
  }
}

const checksum = (script: string): string => createHash('sha256').update(script).digest('hex')

/** Names and checksums of the finished migrations; none where the table doesn't exist yet. */
async function appliedMigrations(adapter: SqlMigrationAwareDriverAdapterFactory): Promise<Map<string, string>> {
  const connection = await adapter.connect()
  const ask = async (sql: string) => (await connection.queryRaw({ sql, args: [], argTypes: [] })).rows
  try {
    const tables =
      connection.provider === 'sqlite'
        ? await ask(`SELECT name FROM sqlite_master WHERE type = 'table' AND name = '_prisma_migrations'`)
        : await ask(
            `SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename = '_prisma_migrations'`,
          )
    if (tables.length === 0) return new Map()
    const rows = await ask(
      'SELECT migration_name, checksum FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
    )
    return new Map(rows.map(([name, sum]) => [String(name), String(sum)]))
  } finally {
    await connection.dispose()
  }
}
