import type { CodegenConfig } from '@graphql-codegen/cli'

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
      presetConfig: { fragmentMasking: false },
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
