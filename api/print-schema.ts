/**
 * `npm run schema` writes schema.graphql from code. With --check it writes nothing and fails where the file differs from the
 * code, where the schema breaks clients of the last release without the changelog saying so, or where something is deprecated
 * without a plan. With --release it also keeps the schema as that of package.json's version.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildSchema, type GraphQLSchema, printSchema } from 'graphql'
import { schema } from './schema.ts'
import { deprecationsWithoutPlan, reviewChanges } from './schema-changes.ts'

const pathOf = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url))
const read = (name: string) => readFileSync(pathOf(name), 'utf8')
const folder = 'docs/releases'
const printed = `${printSchema(schema)}\n`

if (process.argv.includes('--check')) {
  for (const problem of problemsOf(schema)) {
    console.error(problem)
    process.exitCode = 1
  }
} else {
  writeFileSync(pathOf('schema.graphql'), printed)
  if (process.argv.includes('--release')) {
    const { version } = JSON.parse(read('package.json')) as { version: string }
    mkdirSync(pathOf(folder), { recursive: true })
    writeFileSync(pathOf(`${folder}/${version}.graphql`), printed)
  }
}

function problemsOf(current: GraphQLSchema): string[] {
  const last = lastRelease()
  const { refused, announced, dangerous } = reviewChanges(buildSchema(read(last)), current, read('CHANGELOG.md'))
  for (const change of announced) console.log(`breaking, and announced: ${change}`)
  for (const change of dangerous) console.log(`may surprise clients: ${change}`)
  return [
    ...(read('schema.graphql') === printed ? [] : ['schema.graphql differs from the code: run npm run schema']),
    ...refused.map(
      (change) =>
        `breaks clients of ${last}: undo it, or add to CHANGELOG.md under Unreleased "- Breaking: ${change} " and what clients do instead`,
    ),
    ...deprecationsWithoutPlan(current).map(
      (coordinate) => `${coordinate} is deprecated without "Use <what instead>. Goes after YYYY-MM-DD."`,
    ),
  ]
}

/** The schema that was released last, by its version. */
function lastRelease(): string {
  const versions = readdirSync(pathOf(folder)).filter((name) => name.endsWith('.graphql'))
  const last = versions.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1)
  if (last === undefined) throw new Error(`there is no release in ${folder}: npm run schema -- --release`)
  return `${folder}/${last}`
}
