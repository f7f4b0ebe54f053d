import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import type { SchemaEngine } from '@prisma/schema-engine-wasm'
import { type Provider, schemaFor } from './schemas.ts'

/**
 * Prisma's schema engine as WebAssembly, on the connections of a driver adapter: the same engine as the CLI's binary, but
 * it comes with the packages instead of being downloaded. Free it after use.
 */
export async function openSchemaEngine(
  provider: Provider,
  adapter: SqlMigrationAwareDriverAdapterFactory,
): Promise<SchemaEngine> {
  loading ??= loadEngine()
  const { SchemaEngine } = await loading
  return SchemaEngine.new(
    { datamodels: [['schema.prisma', schemaFor(provider)]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(adapter),
  )
}

/** No tables are left out of what the engine compares. */
export const noFilters = { externalTables: [], externalEnums: [] }

interface EngineModule {
  SchemaEngine: typeof SchemaEngine
  __wbg_set_wasm(exports: WebAssembly.Exports): void
}

// Once a process: the package's glue keeps views of one instance's memory.
let loading: Promise<EngineModule> | undefined

/** The package's own entry expects a bundler that can import .wasm; this instantiates the module by hand. */
async function loadEngine(): Promise<EngineModule> {
  // Where the engine leaves the message of a panic before it aborts.
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => console.error(message) },
  })
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'))
  const module = (await import(pathToFileURL(join(folder, 'schema_engine_bg.js')).href)) as EngineModule
  const wasm = await WebAssembly.compile(readFileSync(join(folder, 'schema_engine_bg.wasm')))
  // The glue's exports are the functions that the engine imports.
  const instance = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': { ...module } as never })
  module.__wbg_set_wasm(instance.exports)
  const start = instance.exports.__wbindgen_start
  if (typeof start === 'function') start()
  return module
}
