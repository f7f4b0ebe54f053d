/**
 * Makes the Prisma clients of both providers and the Pothos types in prisma/generated, from models.prisma alone.
 * Does nothing when they are there and made from the same models by the same Prisma.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter } from 'node:path'
import { type Provider, prismaPath, providers, schemaFor } from './schemas.ts'

const require = createRequire(import.meta.url)
const prismaPackage = require('prisma/package.json') as { version: string }

function fingerprint(): string {
  const hash = createHash('sha256').update(prismaPackage.version)
  for (const provider of providers) hash.update(schemaFor(provider))
  return hash.digest('hex')
}

async function generate(provider: Provider): Promise<void> {
  const folder = prismaPath(`generated/${provider}`)
  mkdirSync(folder, { recursive: true })
  const schema = `${folder}/schema.prisma`
  writeFileSync(schema, schemaFor(provider))
  // The CLI looks for the schema engine's binary, and would download it, although generating needs none: any executable
  // will do.
  const env = {
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    ...process.env,
    PATH: `${prismaPath('../node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}`,
  }
  const child = spawn(process.execPath, [require.resolve('prisma/build/index.js'), 'generate', '--schema', schema], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  if (code !== 0) throw new Error(`prisma generate failed for ${provider}:\n${output}`)
}

const stamp = prismaPath('generated/fingerprint')
const wanted = fingerprint()
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  rmSync(prismaPath('generated'), { recursive: true, force: true })
  await Promise.all(providers.map(generate))
  writeFileSync(stamp, wanted)
  console.log(`Prisma clients made for ${providers.join(' and ')}`)
}
