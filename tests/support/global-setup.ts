import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createClient } from '@libsql/client'
import type { TestProject } from 'vitest/node'
import { findChromium } from './chromium.ts'
import { findPostgres } from './postgres.ts'
import { findRedisServer } from './redis-server.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A real PostgreSQL server on which tests make databases of their own. */
    postgresUrl: string
    /** A real Chromium; or why there is none, which fails the tests that need one. */
    chromium: { path: string } | { missing: string }
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What all test files share; returns what takes it down. Ends the run with one line where a part is missing. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  try {
    await oneAtATime(() => {
      runNode('--import', 'tsx', 'prisma/generate.ts')
      runNode('client/build.mjs')
      project.provide('chromium', chromiumOrReason())
      // Found again by the tests that start it; CI has it installed here, once.
      if (process.env.CI) findRedisServer()
    })
    const postgres = await findPostgres()
    project.provide('postgresUrl', postgres.url)
    return () => postgres.stop()
  } catch (error) {
    // Thrown on, the line would stand in the middle of a stack trace.
    console.error(`The tests can't run: ${error instanceof Error ? error.message : error}`)
    process.exit(1)
  }
}

/** Whoever has no browser at hand can still run the other tests; CI can't. */
function chromiumOrReason(): { path: string } | { missing: string } {
  try {
    return { path: findChromium() }
  } catch (error) {
    if (process.env.CI || !(error instanceof Error)) throw error
    console.error(error.message)
    return { missing: error.message }
  }
}

function runNode(...args: string[]): void {
  execFileSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
}

/** Two runs in one checkout make the same files: one waits for the other. The lock ends with its process, however that ends. */
async function oneAtATime(work: () => void): Promise<void> {
  const folder = `${root}node_modules/.cache`
  mkdirSync(folder, { recursive: true })
  const lock = createClient({ url: `file:${folder}/oko-tests.lock`, timeout: 300_000 })
  const held = await lock.transaction('write')
  try {
    work()
  } finally {
    held.close()
    lock.close()
  }
}
