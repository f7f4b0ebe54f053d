import type { DocumentNode } from 'graphql'

/** What the server knows a document of ours by: the hash that codegen put into it. Null for one that isn't registered. */
export function hashOf(document: DocumentNode): string | null {
  // Codegen's types don't tell of it.
  const { __meta__: meta } = document as { __meta__?: { hash?: string } }
  return meta?.hash ?? null
}
