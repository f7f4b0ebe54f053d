import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ExplorerConfig } from '../../client/graphiql/config.ts'
import { examples, tabOf } from '../../client/graphiql/examples.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { request } from '../support/client.ts'
import { openEventSource } from '../support/sse.ts'

const openPage = (url: string, headers: Record<string, string> = {}) =>
  fetch(`${url}/graphql`, { headers: { accept: 'text/html', ...headers } })

describe('the page of GraphiQL', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp('sqlite', { env: { JWT_SECRET: undefined } })
  })
  afterAll(() => app.close())

  const configOf = async (): Promise<ExplorerConfig> =>
    JSON.parse(/id="oko-config"[^>]*>(.*?)<\/script>/.exec(await (await openPage(app.url)).text())?.[1] ?? '')

  it('has operations that run as they are, for everybody of the demo', async () => {
    const { people } = await configOf()
    const persons = people?.filter(({ role }) => role !== 'HOST') ?? []
    expect(persons.length).toBeGreaterThan(10)
    for (const person of persons) {
      for (const example of examples) {
        const { query, variables, headers } = tabOf(example, person, people ?? [])
        const token = /Bearer ([^"]+)/.exec(headers ?? '')?.[1] ?? ''
        const values = JSON.parse(variables || '{}')
        const name = `${example.name} of ${person.externalId}`
        if (/^subscription/m.test(query ?? '')) {
          const stream = await openEventSource(app.url, token, query ?? '', values)
          const { data, errors } = await stream.next()
          stream.close()
          expect(errors, name).toBeUndefined()
          expect(data.events, name).toMatchObject({ __typename: 'StreamReady', resumed: 'after' in values })
        } else {
          const { data, errors } = await request(app.url, token, query ?? '', values)
          expect(errors, name).toBeUndefined()
          if (example.name === 'Send') expect(data?.sendMessage.duplicate, name).toBe(false)
          if (example.name === 'SendRefused') expect(data?.sendMessage.__typename, name).toBe('ContactDataRefused')
        }
      }
    }
  }, 90_000)

  it('is sent once for as long as nothing in it changes, and its files are kept for ever', async () => {
    const plain = { 'accept-encoding': 'identity' }
    const page = await openPage(app.url, plain)
    const etag = page.headers.get('etag') ?? ''
    expect(page.headers.get('cache-control')).toBe('private, no-cache')
    expect((await openPage(app.url, { ...plain, 'if-none-match': etag })).status).toBe(304)
    const html = await page.text()
    const file = /src="(\/graphiql\/assets\/[^"]+)"/.exec(html)?.[1]
    const tags = new Set([etag])
    for (const coding of ['br', 'gzip', 'identity, br;q=0']) {
      const encoded = await openPage(app.url, { 'accept-encoding': coding })
      expect(encoded.headers.get('content-encoding')).toBe(coding.includes('q=0') ? null : coding)
      expect(encoded.headers.get('vary')).toBe('accept, accept-encoding')
      expect(await encoded.text()).toBe(html)
      tags.add(encoded.headers.get('etag') ?? '')
      const again = { 'accept-encoding': coding, 'if-none-match': `"x", W/${encoded.headers.get('etag')}` }
      expect((await openPage(app.url, again)).status).toBe(304)
    }
    // One for each coding, and one without any.
    expect(tags.size).toBe(3)
    for (const coding of ['br', 'gzip']) {
      const { headers, status } = await fetch(`${app.url}${file}`, { headers: { 'accept-encoding': coding } })
      expect([status, headers.get('content-encoding')]).toEqual([200, coding])
      expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    }
  })
})

describe('without GraphiQL', () => {
  it('none of its files is there, and outside demo mode nobody’s token', async () => {
    const hidden = await startTestApp('sqlite', { env: { GRAPHIQL: '0' } })
    const shown = await startTestApp('sqlite')
    try {
      const html = await (await openPage(shown.url)).text()
      expect(html).toContain('"people":null')
      const file = /src="(\/graphiql\/assets\/[^"]+)"/.exec(html)?.[1]
      expect((await fetch(`${shown.url}${file}`)).status).toBe(200)
      expect((await fetch(`${hidden.url}${file}`)).status).toBe(404)
      expect((await fetch(`${hidden.url}/graphiql/index.html`)).status).toBe(404)
    } finally {
      await hidden.close()
      await shown.close()
    }
  })
})
