import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ExplorerPerson } from '../demo/explorer-people.ts'
import { fillConfig } from './page-config.ts'
import { send } from './request.ts'
import type { StaticFiles } from './static-files.ts'

/** GraphiQL's page; what it loads are files of the build (client/graphiql), which browsers keep. */
export interface GraphiQL {
  page(request: IncomingMessage, response: ServerResponse): Promise<void>
}

/** @param people whom one can be there; null outside demo mode, where the reader brings a token */
export function createGraphiQL(
  files: StaticFiles,
  people: (() => Promise<readonly ExplorerPerson[]>) | null,
): GraphiQL {
  return {
    async page(request, response) {
      const html = files.text('/graphiql/index.html')
      if (html === null)
        return send(response, 503, 'text/plain; charset=utf-8', 'The client is not built: npm run build\n')
      const page = fillConfig(html, { graphqlPath: '/graphql', people: (await people?.()) ?? null })
      const etag = `"${createHash('sha256').update(page).digest('base64url').slice(0, 22)}"`
      // Asked for again each time: it has tokens in it, and what they read changes.
      const headers = { etag, 'cache-control': 'private, no-cache', vary: 'accept' }
      if (request.headers['if-none-match'] === etag) {
        response.writeHead(304, headers)
        response.end()
        return
      }
      send(response, 200, 'text/html; charset=utf-8', page, headers)
    },
  }
}
