/** `npm run schema` writes schema.graphql from code; with --check it fails where the two differ. */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { printSchema } from 'graphql'
import { schema } from './schema.ts'

const path = fileURLToPath(new URL('../schema.graphql', import.meta.url))
const printed = `${printSchema(schema)}\n`
if (!process.argv.includes('--check')) {
  writeFileSync(path, printed)
} else if (readFileSync(path, 'utf8') !== printed) {
  console.error('schema.graphql differs from the code: run npm run schema')
  process.exitCode = 1
}
