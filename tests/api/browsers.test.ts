import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { request } from '../support/client.ts'
import { openSocket } from '../support/socket.ts'
import { tokenFor } from '../support/tokens.ts'

const market = 'https://market.example'
const introspection = '{ __schema { queryType { name } } }'

describe.each([
  ['none', ''],
  ['one', market],
  ['two', `${market}, https://m.market.example`],
])('pages of other origins, with %s allowed', (_name, allowed) => {
  let app: TestApp
  let token: string
  beforeAll(async () => {
    app = await startTestApp('sqlite', { env: { ALLOWED_ORIGINS: allowed } })
    token = await tokenFor('anna')
  })
  afterAll(() => app.close())

  const isAllowed = allowed !== ''
  const foreign = ['https://evil.example', 'null', `${market}.evil.example`, 'http://market.example', `${market}:8443`]
  const origins = [...foreign.map((origin) => [origin, false] as const), [market, isAllowed] as const]

  it.each(origins)('%s may read answers: %s', async (origin, may) => {
    const answers = [
      await request(app.url, token, '{ viewer { id } }', undefined, { origin }),
      await request(app.url, 'garbage', '{ viewer { id } }', undefined, { origin }),
      await request(app.url, token, `{ viewer { id } } # ${'x'.repeat(300_000)}`, undefined, { origin }),
      await request(app.url, token, '{', undefined, { origin }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 401, 413, 400])
    for (const { headers } of answers) {
      expect(headers.get('access-control-allow-origin')).toBe(may ? origin : null)
      if (isAllowed) expect(headers.get('vary')?.toLowerCase()).toContain('origin')
    }
  })

  it.each(origins)('%s may send tokens and JSON: %s', async (origin, may) => {
    const response = await fetch(`${app.url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    })
    expect(response.status).toBeLessThan(300)
    expect(response.headers.get('access-control-allow-origin')).toBe(may ? origin : null)
    if (!may) return
    expect(response.headers.get('access-control-allow-methods')).toContain('POST')
    const headers = response.headers.get('access-control-allow-headers')?.toLowerCase()
    for (const name of ['authorization', 'content-type']) expect(headers).toContain(name)
  })

  it.each(origins)('%s may open a WebSocket: %s', async (origin, may) => {
    const opened = openSocket(app.url, { headers: { origin } })
    if (may) await (await opened).close()
    else await expect(opened).rejects.toThrow('403')
  })

  it('its own page and clients without an origin may open one too', async () => {
    await (await openSocket(app.url, { headers: { origin: app.url } })).close()
    await (await openSocket(app.url)).close()
  })
})

describe('introspection', () => {
  it('is open in development without a token, and nothing else is', async () => {
    const app = await startTestApp('sqlite')
    try {
      expect((await request(app.url, null, introspection)).data?.__schema.queryType.name).toBe('Query')
      expect((await request(app.url, null, '{ __typename __type(name: "Chat") { name } }')).data?.__typename).toBe(
        'Query',
      )
      for (const query of [
        '{ viewer { id } }',
        '{ __typename viewer { id } }',
        '{ ...F } fragment F on Query { viewer { id } }',
        '{ ... on Query { counters { unreadChats } } }',
        'mutation { updateNotificationSettings(input: { sound: true }) { sound } }',
      ]) {
        const { status, errors, data } = await request(app.url, null, query)
        expect([query, status, data ?? null, errors?.[0]?.extensions.code]).toEqual([
          query,
          401,
          null,
          'UNAUTHENTICATED',
        ])
      }
    } finally {
      await app.close()
    }
  })

  it('suggests no names to those without a token', async () => {
    const app = await startTestApp('sqlite')
    try {
      const token = await tokenFor('anna')
      for (const query of [
        '{ viewr { id } }',
        '{ viewer { nam } }',
        'query ($a: Cha) { __typename }',
        '{ chats(frst: 1) { edges { cursor } } }',
        '{ chats { edges { nod { id } } } }',
      ]) {
        expect((await request(app.url, token, query)).body).toContain('Did you mean')
        expect((await request(app.url, null, query)).body).not.toContain('Did you mean')
      }
    } finally {
      await app.close()
    }
  })

  it.each([
    [{ NODE_ENV: 'production' }, 401, false],
    [{ NODE_ENV: 'production', GRAPHIQL: '1' }, 200, true],
    [{ GRAPHIQL: '0' }, 401, false],
    [{}, 200, true],
  ])('and GraphiQL go together: %j', async (env, status, page) => {
    const app = await startTestApp('sqlite', { env })
    try {
      expect((await request(app.url, null, introspection)).status).toBe(status)
      expect((await request(app.url, await tokenFor('anna'), introspection)).data?.__schema.queryType.name).toBe(
        'Query',
      )
      const response = await fetch(`${app.url}/graphql`, { headers: { accept: 'text/html' } })
      expect((response.headers.get('content-type') ?? '').startsWith('text/html')).toBe(page)
    } finally {
      await app.close()
    }
  })
})
