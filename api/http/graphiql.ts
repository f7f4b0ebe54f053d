import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { renderGraphiQL } from '@graphql-yoga/render-graphiql'
import { graphiqlTabs } from './graphiql-tabs.ts'
import { send } from './request.ts'

/** GraphiQL with nothing from another host: a small page, and its program as a file that browsers keep. */
export interface GraphiQL {
  /** @param person whose token and chat are filled in (demo mode) */
  page(response: ServerResponse, person: { token: string; chatId: string | null } | null): void
  script(request: IncomingMessage, response: ServerResponse): Promise<void>
}

const scriptPath = '/graphql/graphiql.js'

export function createGraphiQL(): GraphiQL {
  // The package renders one page of 9 MB with everything in it; this takes the program out of it, once it is asked for.
  let parts: { style: string; script: string; etag: string } | undefined
  let compressed: Promise<Buffer> | undefined
  const load = () => {
    if (parts) return parts
    const html = renderGraphiQL({ title: 'marker' })
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? ''
    const from = html.indexOf('<script>') + '<script>'.length
    const script = html.slice(from, html.lastIndexOf('</script>')).replace('{"title":"marker"}', 'window.okoGraphiQL')
    const etag = `"${createHash('sha256').update(script).digest('base64url').slice(0, 22)}"`
    parts = { style, script, etag }
    return parts
  }

  return {
    page(response, person) {
      const { style, etag } = load()
      const authorization = { Authorization: `Bearer ${person?.token ?? ''}` }
      const headers = JSON.stringify(authorization, null, 2)
      const options = {
        title: 'Oko GraphiQL',
        endpoint: '/graphql',
        // Over SSE, because then subscriptions carry the headers that stand in the editor.
        subscriptionsProtocol: 'SSE',
        headers,
        defaultTabs: graphiqlTabs(person?.chatId ?? null).map((tab) => ({ ...tab, headers })),
      }
      const json = JSON.stringify(options).replaceAll('<', '\\u003c')
      const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Oko GraphiQL</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body class="no-focus-outline">
<noscript>GraphiQL needs JavaScript.</noscript>
<div id="root"></div>
<script>
${person ? freshTabs : ''}
window.okoGraphiQL = ${json}
</script>
<script src="${scriptPath}?v=${etag.slice(1, 9)}"></script>
</body>
</html>
`
      send(response, 200, 'text/html; charset=utf-8', html, { 'cache-control': 'no-store' })
    },

    async script(request, response) {
      const { script, etag } = load()
      const headers = { etag, 'cache-control': 'public, max-age=31536000, immutable', vary: 'accept-encoding' }
      if (request.headers['if-none-match'] === etag) {
        response.writeHead(304, headers)
        response.end()
        return
      }
      const type = 'text/javascript; charset=utf-8'
      if (!/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) {
        send(response, 200, type, script, headers)
        return
      }
      compressed ??= promisify(gzip)(script)
      send(response, 200, type, await compressed, { ...headers, 'content-encoding': 'gzip' })
    },
  }
}

export const isGraphiQLScript = (path: string): boolean => path === scriptPath

/**
 * Demo mode: GraphiQL keeps tabs of an earlier visit, but without their headers, and shows an empty one beside them. The
 * ready operations, with a token that is good, are worth more there.
 */
const freshTabs = "localStorage.removeItem('graphiql:tabState')"
