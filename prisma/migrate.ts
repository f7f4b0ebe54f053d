/**
 * For whoever changes the models:
 *
 *   npm run migrations:new -- NAME    writes the next migration for both databases
 *   npm run migrations:check          fails where the migrations don't lead to the models
 *
 * The check builds two databases of each kind, one by the migrations and one straight from the models, and compares their
 * catalogues. PostgreSQL's are made on the server at TEST_DATABASE_URL (by default the local one) and dropped again.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import { PrismaPg } from '@prisma/adapter-pg'
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import { catalogue } from './catalogue.ts'
import { noFilters, openSchemaEngine } from './engine.ts'
import { applyMigrations, migrationsPath } from './migrations.ts'
import { type Provider, prismaPath, providers, readModels, schemaFor } from './schemas.ts'

const serverUrl = process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres'
/** The models as of the newest migration: what the next one starts from. */
const migratedModels = prismaPath('migrations/models.prisma')

async function diff(provider: Provider, from: string | null, to: string): Promise<string> {
  const files = (models: string) => [{ path: 'schema.prisma', content: schemaFor(provider, models) }]
  const engine = await openSchemaEngine(provider, new PrismaLibSql({ url: ':memory:' }))
  try {
    const { stdout } = await engine.diff({
      from: from === null ? { tag: 'empty' } : { tag: 'schemaDatamodel', files: files(from) },
      to: { tag: 'schemaDatamodel', files: files(to) },
      script: true,
      exitCode: null,
      filters: noFilters,
    })
    const sql = stdout ?? ''
    return /^\s*(--[^\n]*\s*)*$/.test(sql) ? '' : sql
  } finally {
    engine.free()
  }
}

async function writeMigration(name: string): Promise<void> {
  const from = existsSync(migratedModels) ? readFileSync(migratedModels, 'utf8') : null
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  for (const provider of providers) {
    const sql = await diff(provider, from, readModels())
    if (!sql) continue
    const folder = `${migrationsPath(provider)}/${stamp}_${name}`
    mkdirSync(folder, { recursive: true })
    writeFileSync(`${folder}/migration.sql`, sql)
    writeFileSync(`${migrationsPath(provider)}/migration_lock.toml`, `provider = "${provider}"\n`)
    console.log(`${provider}: wrote ${stamp}_${name}`)
  }
  writeFileSync(migratedModels, readModels())
}

/** Runs `use` on an empty database of the provider. */
async function withScratch<T>(
  provider: Provider,
  use: (adapter: SqlMigrationAwareDriverAdapterFactory) => Promise<T>,
): Promise<T> {
  if (provider === 'sqlite') {
    const folder = mkdtempSync(join(tmpdir(), 'oko-migrations-'))
    try {
      return await use(new PrismaLibSql({ url: `file:${join(folder, 'scratch.db')}` }))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  const name = `oko_migrations_${process.pid}_${Date.now()}`
  const server = await new PrismaPg({ connectionString: serverUrl, connectionTimeoutMillis: 5000 }).connect()
  try {
    await server.executeScript(`CREATE DATABASE ${name}`)
    const url = new URL(serverUrl)
    url.pathname = name
    return await use(new PrismaPg({ connectionString: url.href }))
  } finally {
    await server.executeScript(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    await server.dispose()
  }
}

async function differences(provider: Provider): Promise<string[]> {
  const migrated = await withScratch(provider, async (adapter) => {
    await applyMigrations(provider, adapter)
    return catalogue(provider, adapter)
  })
  const modelled = await withScratch(provider, async (adapter) => {
    const connection = await adapter.connect()
    await connection.executeScript(await diff(provider, null, readModels()))
    await connection.dispose()
    return catalogue(provider, adapter)
  })
  return [
    ...modelled.filter((line) => !migrated.includes(line)).map((line) => `the migrations lack: ${line}`),
    ...migrated.filter((line) => !modelled.includes(line)).map((line) => `the models lack: ${line}`),
  ]
}

const [command, name] = process.argv.slice(2)
if (command === 'check') {
  for (const provider of providers) {
    const found = await differences(provider)
    console.log(found.length ? `${provider}:\n  ${found.join('\n  ')}` : `${provider}: models and migrations agree`)
    if (found.length) process.exitCode = 1
  }
} else if (command === 'new' && name && /^[a-z0-9_]+$/.test(name)) {
  await writeMigration(name)
} else {
  console.error('usage: migrate.ts check | migrate.ts new NAME   (NAME: lower-case letters, digits, _)')
  process.exitCode = 2
}
// Connections that idle in a pool would keep the process for another ten seconds.
process.exit()
