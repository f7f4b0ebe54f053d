import type { DocumentNode } from 'graphql'

/** Characters of all the documents that are remembered: some hundred of the usual size. */
const maxCharacters = 512 * 1024

/**
 * Parsed documents by their text, so that an operation that comes again is neither parsed nor validated again. Yoga's own cache
 * counts documents and not their size, so that a client could fill the memory with large ones that are all different.
 */
export function createDocumentCache(): {
  documentCache: { get(text: string): DocumentNode | undefined; set(text: string, document: DocumentNode): void }
  errorCache: { get(text: string): undefined; set(text: string, error: Error): void }
} {
  /** Least recently used first. */
  const documents = new Map<string, DocumentNode>()
  let characters = 0
  return {
    documentCache: {
      get(text) {
        const document = documents.get(text)
        if (document) {
          documents.delete(text)
          documents.set(text, document)
        }
        return document
      },
      set(text, document) {
        if (!documents.has(text)) characters += text.length
        documents.set(text, document)
        for (const [oldest] of documents) {
          if (characters <= maxCharacters) return
          documents.delete(oldest)
          characters -= oldest.length
        }
      },
    },
    // Whoever sends what is no document sends something else next time.
    errorCache: { get: () => undefined, set: () => undefined },
  }
}
