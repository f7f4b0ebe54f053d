import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join } from 'node:path'
import { type Encoded, sendEncoded, tagOf } from './content-coding.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  // Types for hosts: read by people and compilers, run by nobody.
  '.ts': 'text/plain; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json; charset=utf-8',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
}

interface StaticFile extends Encoded {
  /** Whether the name changes with the content. */
  immutable: boolean
  /** What pages of every origin load: scripts of type "module" need leave for that (CORS). It holds nothing secret. */
  isForHosts: boolean
}

/** What the build made of the client, held in memory: some megabytes that never change while the server runs. */
export interface StaticFiles {
  has(path: string): boolean
  /** Answers with a file that is there. */
  serve(path: string, request: IncomingMessage, response: ServerResponse): void
  /** A file's text; null where there is none. */
  text(path: string): string | null
}

/** @param folders by the path that they are served at: '' or '/something' */
export function loadStaticFiles(folders: Readonly<Record<string, string>>): StaticFiles {
  const files = new Map<string, StaticFile>()
  for (const [at, folder] of Object.entries(folders)) {
    const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []
    for (const name of names) addFile(`${at}/${name.replaceAll('\\', '/')}`, join(folder, name))
  }

  function addFile(name: string, path: string): void {
    const type = types[extname(name)]
    if (!type) return
    const body = readFileSync(path)
    const encoded = [
      { coding: 'br' as const, path: `${path}.br` },
      { coding: 'gzip' as const, path: `${path}.gz` },
    ].flatMap(({ coding, path }) => (existsSync(path) ? [{ coding, body: readFileSync(path) }] : []))
    const tag = tagOf(body)
    files.set(name, {
      body,
      type,
      tag,
      encoded,
      immutable: /^\/(graphiql\/)?assets\//.test(name),
      isForHosts: name.startsWith('/embed/'),
    })
  }

  return {
    has: (path) => files.has(path),
    text: (path) => files.get(path)?.body.toString() ?? null,
    serve(path, request, response) {
      const file = files.get(path)
      if (!file) throw new Error(`there is no ${path}`)
      sendEncoded(request, response, file, {
        'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
        ...(file.encoded.length > 0 && { vary: 'accept-encoding' }),
        ...(file.isForHosts && { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' }),
      })
    },
  }
}
