import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A host's own web site, on an origin of its own. */
export interface HostSite {
  origin: string
  /** What is served under a path from now on, as HTML, or as a script where the path ends so. */
  put(path: string, content: string): string
  close(): Promise<void>
}

export async function startHostSite(): Promise<HostSite> {
  const pages = new Map<string, string>()
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    const content = pages.get(path)
    const type = path.endsWith('.js') ? 'text/javascript' : 'text/html'
    response.writeHead(content === undefined ? 404 : 200, { 'content-type': `${type}; charset=utf-8` })
    response.end(content)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    put(path, content) {
      pages.set(path, content)
      return `${origin}${path}`
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}
