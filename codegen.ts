import { createHash } from 'node:crypto'
import type { CodegenConfig } from '@graphql-codegen/cli'
import { addTypenameSelectionDocumentTransform } from '@graphql-codegen/client-preset'

/** Without the prefix of the library's own, which `extensions.persistedQuery.sha256Hash` doesn't have. */
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/**
 * Types and documents of the dashboard, from the committed schema. Output is committed and checked for drift, so it must
 * not depend on time or machine.
 */
const config: CodegenConfig = {
  schema: 'schema.graphql',
  documents: 'client/graphql/operations/*.graphql',
  generates: {
    'client/graphql/generated/': {
      preset: 'client',
      // Each document carries its hash, and persisted-documents.json has the texts by hash: what the server is told to trust.
      presetConfig: { fragmentMasking: false, persistedDocuments: { hashAlgorithm: sha256 } },
      // The cache asks for them anyway, and what is registered has to be all that it is answered with.
      documentTransforms: [addTypenameSelectionDocumentTransform],
      config: {
        enumsAsTypes: true,
        useTypeImports: true,
        scalars: { DateTime: 'string' },
        strictScalars: true,
      },
    },
    'client/graphql/generated/schema.json': {
      plugins: ['./client/graphql/schema-plugin.mjs'],
    },
  },
}

export default config
