import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The databases Oko runs on, by Prisma's provider names. */
export type Provider = 'sqlite' | 'postgresql'
export const providers: readonly Provider[] = ['sqlite', 'postgresql']

/** Absolute path of something in this folder. */
export const prismaPath = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))

/** The models without datasource and generators. */
export const readModels = (): string => readFileSync(prismaPath('models.prisma'), 'utf8')

/**
 * The whole Prisma schema of one provider, made from the shared models. The Pothos types are made from the PostgreSQL one:
 * both are alike but for the provider.
 */
export function schemaFor(provider: Provider, models = readModels()): string {
  const pothos =
    provider === 'postgresql'
      ? `
generator pothos {
  provider          = "prisma-pothos-types"
  clientOutput      = "./client/client.ts"
  output            = "./pothos-types.ts"
  generateDatamodel = true
}
`
      : ''
  return `datasource db {
  provider = "${provider}"
}

generator client {
  provider               = "prisma-client"
  output                 = "./client"
  moduleFormat           = "esm"
  importFileExtension    = "ts"
  generatedFileExtension = "ts"
}
${pothos}
${models}`
}
