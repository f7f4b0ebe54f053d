import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import type { ExplorerPerson } from '../demo/explorer-people.ts'
import { type Encoded, sendEncoded, tagOf } from './content-coding.ts'
import { fillConfig } from './page-config.ts'
import { send } from './request.ts'
import type { StaticFiles } from './static-files.ts'

const compressBrotli = promisify(brotliCompress)
const compressGzip = promisify(gzip)

/** GraphiQL's page; what it loads are files of the build (client/graphiql), which browsers keep. */
export interface GraphiQL {
  page(request: IncomingMessage, response: ServerResponse): Promise<void>
}

/** @param people whom one can be there; null outside demo mode, where the reader brings a token */
export function createGraphiQL(
  files: StaticFiles,
  people: (() => Promise<readonly ExplorerPerson[]>) | null,
): GraphiQL {
  let last: Encoded | undefined
  return {
    async page(request, response) {
      const html = files.text('/graphiql/index.html')
      if (html === null)
        return send(response, 503, 'text/plain; charset=utf-8', 'The client is not built: npm run build\n')
      const page = fillConfig(html, { graphqlPath: '/graphql', people: (await people?.()) ?? null })
      const body = Buffer.from(page)
      const tag = tagOf(body)
      if (last?.tag !== tag) {
        // Compressed once: the same page is asked for until a token in it is renewed.
        const [br, gz] = await Promise.all([compressBrotli(body), compressGzip(body)])
        const encoded = [
          { coding: 'br' as const, body: br },
          { coding: 'gzip' as const, body: gz },
        ]
        last = { type: 'text/html; charset=utf-8', body, tag, encoded }
      }
      // Asked for again each time: it has tokens in it, and what they read changes.
      sendEncoded(request, response, last, { 'cache-control': 'private, no-cache', vary: 'accept, accept-encoding' })
    },
  }
}
