import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { type Config, ConfigError } from '../config.ts'
import { badUserInput, OkoError } from '../errors.ts'

/** What a request has of its document; nothing of it is checked yet. */
interface SentDocument {
  query?: unknown
  extensions?: unknown
}

/** The documents that were registered before the server started, by the SHA-256 of their text. */
export interface TrustedDocuments {
  /**
   * The text that runs for a request: its own, or that of the hash in `extensions.persistedQuery.sha256Hash` where it has no
   * text. Undefined where it has neither.
   *
   * @throws PERSISTED_QUERY_NOT_FOUND for a hash that isn't registered, PERSISTED_QUERY_ONLY for a text that isn't where only
   *   registered documents run, BAD_USER_INPUT for a hash that is no text
   */
  textOf(sent: SentDocument): string | undefined
}

/**
 * Reads the dashboard's documents, and the host's own (`files`).
 *
 * @param builtFile made by the build with the dashboard
 * @throws ConfigError for a file that can't be read, or whose hashes aren't those of its texts
 */
export function loadTrustedDocuments({ only, files }: Config['trustedDocuments'], builtFile: string): TrustedDocuments {
  // Without a build there is no dashboard either; the page says so.
  const built = existsSync(builtFile) ? [builtFile] : []
  if (only && built.length + files.length === 0)
    throw new ConfigError('TRUSTED_DOCUMENTS: there are none: npm run build')
  const textByHash = new Map([...built, ...files].flatMap(readManifest))
  const texts = new Set(textByHash.values())
  return {
    textOf({ query, extensions }) {
      const hash = query ? undefined : hashOf(extensions)
      if (hash !== undefined) {
        const text = textByHash.get(hash)
        // Libraries know it by this message, and send the text then.
        if (text === undefined) throw new OkoError('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound')
        return text
      }
      if (typeof query !== 'string') return undefined
      if (only && !texts.has(query))
        throw new OkoError('PERSISTED_QUERY_ONLY', 'Only registered documents run here: send the hash of one')
      return query
    },
  }
}

/** The same over HTTP and server-sent events, before Yoga looks at the document; a WebSocket asks for itself. */
export function resolveTrustedDocuments(documents: TrustedDocuments): Plugin {
  return {
    onParams({ params, setParams }) {
      // Yoga itself refuses what is no object, or has no text now.
      if (typeof params !== 'object' || params === null) return
      const query = textOrRefusal(documents, params)
      if (query !== undefined && query !== params.query) setParams({ ...params, query })
    },
  }
}

/** @throws as `textOf`, as errors of the request: 400, unless the client wants 200 for all that GraphQL says. */
function textOrRefusal(documents: TrustedDocuments, sent: SentDocument): string | undefined {
  try {
    return documents.textOf(sent)
  } catch (error) {
    if (!(error instanceof OkoError)) throw error
    throw new GraphQLError(error.message, { extensions: { code: error.code, http: { spec: true, status: 400 } } })
  }
}

/** @throws BAD_USER_INPUT */
function hashOf(extensions: unknown): string | undefined {
  const { persistedQuery } = (extensions ?? {}) as { persistedQuery?: unknown }
  if (persistedQuery === undefined || persistedQuery === null) return undefined
  const { sha256Hash } = persistedQuery as { sha256Hash?: unknown }
  if (typeof sha256Hash !== 'string') throw badUserInput('extensions.persistedQuery.sha256Hash must be a text')
  return sha256Hash.toLowerCase()
}

/** A JSON object of texts by their SHA-256 in hexadecimal, with or without "sha256:" before it, as GraphQL's tools write it. */
function readManifest(file: string): [hash: string, text: string][] {
  const fail = (why: string) => new ConfigError(`TRUSTED_DOCUMENTS_FILES: ${file} ${why}`)
  let manifest: unknown
  try {
    manifest = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    throw fail('can’t be read as JSON')
  }
  if (typeof manifest !== 'object' || manifest === null) throw fail('has no object of texts by hash')
  return Object.entries(manifest).map(([key, text]) => {
    const hash = key.replace(/^sha256:/, '').toLowerCase()
    if (typeof text !== 'string' || createHash('sha256').update(text).digest('hex') !== hash)
      throw fail(`has under ${key} what hasn't this SHA-256`)
    return [hash, text]
  })
}
