import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { newPair, range } from '../support/chat.ts'
import { request } from '../support/client.ts'
import { sql } from '../support/sql.ts'
import { hostToken, tokenFor } from '../support/tokens.ts'

const spec = 'application/graphql-response+json'

describe('HTTP', () => {
  let app: TestApp
  let token: string
  beforeAll(async () => {
    app = await startTestApp('sqlite', { env: { METRICS_TOKEN: 'metrics-secret' } })
    token = await tokenFor('anna')
  })
  afterAll(() => app.close())

  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, accept: spec, ...headers },
      body,
    })
  const get = (params: Record<string, string>, accept = spec) =>
    fetch(`${app.url}/graphql?${new URLSearchParams(params)}`, {
      headers: { authorization: `Bearer ${token}`, accept },
    })

  it('runs queries by POST and GET', async () => {
    const query = 'query Name($x: Boolean!) { viewer { externalId id @include(if: $x) } }'
    const wanted = { data: { viewer: { externalId: 'anna' } } }
    expect(await (await post(JSON.stringify({ query, variables: { x: false } }))).json()).toMatchObject(wanted)
    expect(await (await get({ query, variables: '{"x":false}', operationName: 'Name' })).json()).toMatchObject(wanted)
  })

  it('runs no mutation by GET', async () => {
    const response = await get({ query: 'mutation { updateNotificationSettings(input: { sound: false }) { sound } }' })
    expect(response.status).toBe(405)
    const { data } = await request(app.url, token, '{ notificationSettings { sound } }')
    expect(data?.notificationSettings.sound).toBe(true)
  })

  it('refuses a body over 256 KiB, whether its length is said before or not', async () => {
    const body = JSON.stringify({ query: `{ viewer { id } } # ${'x'.repeat(256 * 1024)}` })
    expect((await post(body)).status).toBe(413)
    const chunked = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: new Blob([body]).stream(),
      duplex: 'half',
    } as RequestInit).catch((error: Error) => error)
    // The connection may be cut before the client has read the answer.
    if (!(chunked instanceof Error)) expect(chunked.status).toBe(413)
    const most = JSON.stringify({ query: '{ viewer { externalId } }', variables: { x: '' } })
    expect((await post(most.replace('""', `"${'x'.repeat(256 * 1024 - most.length)}"`))).status).toBe(200)
  })

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/graphql',
    'application/jsonx',
    '',
  ])('answers 415 to a body of type %j', async (type) => {
    const response = await post('{"query":"{ viewer { id } }"}', { 'content-type': type })
    expect(response.status).toBe(415)
    expect((await response.json()).errors).toHaveLength(1)
  })

  it.each(['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON;charset=UTF-8'])(
    'takes %s',
    async (type) => {
      expect((await post('{"query":"{ viewer { id } }"}', { 'content-type': type })).status).toBe(200)
    },
  )

  it.each([
    '{',
    '',
    'null',
    '[]',
    '"x"',
    '7',
    '{"query":7}',
    '{}',
    '{"query":"{ viewer { id } }","variables":"x"}',
    '[{"query":"{ viewer { id } }"}]',
  ])('answers 4xx with a code to %j', async (body) => {
    const response = await post(body)
    expect(response.status).toBeGreaterThanOrEqual(400)
    expect(response.status).toBeLessThan(500)
    const { errors, data } = await response.json()
    expect(data).toBeUndefined()
    expect(errors[0].extensions.code).toBe('BAD_USER_INPUT')
  })

  it('names syntax and validation errors', async () => {
    for (const [query, code] of [
      ['{ viewer {', 'GRAPHQL_PARSE_FAILED'],
      ['{ viewer { nonsense } }', 'GRAPHQL_VALIDATION_FAILED'],
      ['{ viewer { id(a: 1) } }', 'GRAPHQL_VALIDATION_FAILED'],
      ['query ($a: Nothing) { viewer { id } }', 'GRAPHQL_VALIDATION_FAILED'],
    ] as const) {
      const { errors, status, data } = await request(app.url, token, query)
      expect([query, status, data, errors?.[0]?.extensions.code]).toEqual([query, 400, undefined, code])
      const old = await request(app.url, token, query, undefined, { accept: 'application/json' })
      expect([query, old.status, old.errors?.[0]?.extensions.code]).toEqual([query, 200, code])
    }
  })

  it.each([
    ['query ($id: ID!) { chat(id: $id) { id } }', {}],
    ['query ($id: ID!) { chat(id: $id) { id } }', { id: null }],
    ['query ($id: ID!) { chat(id: $id) { id } }', { id: { a: 1 } }],
    ['query ($n: Int) { chats(first: $n) { edges { cursor } } }', { n: 'many' }],
    ['query ($n: Int) { chats(first: $n) { edges { cursor } } }', { n: 2 ** 31 }],
    ['mutation ($i: SendMessageInput!) { sendMessage(input: $i) { __typename } }', { i: { chatId: 'x' } }],
    ['mutation ($i: SendMessageInput!) { sendMessage(input: $i) { __typename } }', { i: { chatId: 'x', text: 7 } }],
    [
      'mutation ($i: SendMessageInput!) { sendMessage(input: $i) { __typename } }',
      { i: { chatId: 'x', text: 'y', more: 1 } },
    ],
    ['query ($b: Boolean) { notifications(unreadOnly: $b) { edges { cursor } } }', { b: 'yes' }],
  ])('answers BAD_USER_INPUT to variables of the wrong shape: %s %j', async (query, variables) => {
    const { status, errors, data } = await request(app.url, token, query, variables)
    expect([200, 400]).toContain(status)
    expect(data ?? null).toBeNull()
    expect(errors?.map((error) => error.extensions.code)).toEqual(['BAD_USER_INPUT'])
  })

  it('masks what nobody expected, and the log has its request id', async () => {
    const broken = await startTestApp('sqlite')
    try {
      const { chatId, anna } = await newPair(broken.url)
      await sql(broken.database, 'DROP TABLE "ChatState"')
      const { status, errors } = await request(
        broken.url,
        anna.token,
        'query ($id: ID!) { chat(id: $id) { unreadCount } }',
        { id: chatId },
      )
      expect(status).toBe(200)
      expect(errors?.[0]).toMatchObject({
        message: 'Internal server error',
        extensions: { code: 'INTERNAL_SERVER_ERROR' },
      })
      expect(JSON.stringify(errors)).not.toMatch(/ChatState|SQL|prisma|\/api\//i)
      const requestId = errors?.[0]?.extensions.requestId
      expect(broken.logLines.filter((line) => line.requestId === requestId)).toHaveLength(1)
    } finally {
      await broken.close()
    }
  })

  it('knows its paths and no others', async () => {
    for (const path of [
      '/nope',
      '/graphql/x',
      '/graphqlx',
      '/health',
      '/health/',
      '/.env',
      '/../package.json',
      '/%2e%2e/package.json',
      '/assets/',
      '/api/main.ts',
    ]) {
      expect((await fetch(`${app.url}${path}`)).status, path).toBe(404)
    }
    expect((await fetch(`${app.url}/health/live`, { method: 'POST' })).status).toBe(405)
  })

  it('survives request lines that are no addresses, also on an upgrade', async () => {
    const { hostname, port } = new URL(app.url)
    const upgrade =
      'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n'
    for (const target of ['//', '///', 'http://', '/\\', '/%', '*']) {
      for (const headers of ['Connection: close\r\n', upgrade]) {
        const answer = await new Promise<string>((resolve, reject) => {
          const socket = connect(Number(port), hostname, () =>
            socket.write(`GET ${target} HTTP/1.1\r\nHost: x\r\n${headers}\r\n`),
          )
          let text = ''
          socket.on('data', (data) => {
            text += String(data)
          })
          socket.on('close', () => resolve(text))
          socket.on('error', reject)
        })
        expect(answer, `${target} ${headers}`).toMatch(/^HTTP\/1\.1 4\d\d/)
      }
    }
    expect((await fetch(`${app.url}/health/live`)).status).toBe(200)
  })

  it('says that it lives and is ready', async () => {
    for (const path of ['/health/live', '/health/ready']) {
      const response = await fetch(`${app.url}${path}`)
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json'])
    }
    expect(await (await fetch(`${app.url}/health/ready`)).json()).toMatchObject({ status: 'ok', database: true })
  })

  it('counts what it does for Prometheus', async () => {
    const response = await fetch(`${app.url}/metrics`)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toContain('text/plain')
    const text = await response.text()
    for (const name of [
      'oko_messages_sent_total',
      'oko_messages_refused_total',
      'oko_websockets',
      'oko_subscriptions',
    ]) {
      expect(text).toContain(`# TYPE ${name}`)
    }
  })

  it('sniffs nothing and shows no server software', async () => {
    const { headers } = await post('{"query":"{ viewer { id } }"}')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-powered-by')).toBeNull()
    expect(headers.get('server')).toBeNull()
  })
})

describe('/metrics behind a proxy', () => {
  it('is for the token’s bearer alone', async () => {
    const app = await startTestApp('sqlite', { env: { METRICS_TOKEN: 'metrics-secret', TRUST_PROXY: '1' } })
    try {
      const status = async (headers: Record<string, string>) => (await fetch(`${app.url}/metrics`, { headers })).status
      const remote = { 'x-forwarded-for': '127.0.0.1, 203.0.113.7' }
      expect(await status({})).toBe(200)
      expect(await status(remote)).toBe(403)
      expect(await status({ ...remote, authorization: 'Bearer wrong' })).toBe(403)
      expect(await status({ ...remote, authorization: 'Bearer metrics-secret' })).toBe(200)
    } finally {
      await app.close()
    }
  })
})

describe('operation limits', () => {
  it('refuse beyond the burst with the time to wait, per user', async () => {
    const app = await startTestApp('sqlite', { env: { LIMIT_OPERATIONS_PER_SECOND: '1' } })
    try {
      const [anna, dmitry] = await Promise.all([tokenFor('anna'), tokenFor('dmitry')])
      const answers = await Promise.all(range(12).map(() => request(app.url, anna, '{ viewer { id } }')))
      const refused = answers.filter(({ errors }) => errors)
      expect(refused.length).toBeGreaterThanOrEqual(5)
      for (const { status, errors } of refused) {
        expect(status).toBe(200)
        expect(errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: expect.any(Number) })
      }
      expect((await request(app.url, dmitry, '{ viewer { id } }')).errors).toBeUndefined()
      expect(
        (
          await request(
            app.url,
            await hostToken(),
            'mutation { notify(input: { recipients: [], title: "a", body: "b" }) }',
          )
        ).errors,
      ).toBeUndefined()
    } finally {
      await app.close()
    }
  })

  it('hold per address too, which behind a trusted proxy is the one it saw', async () => {
    const app = await startTestApp('sqlite', { env: { LIMIT_OPERATIONS_PER_ADDRESS: '1', TRUST_PROXY: '1' } })
    try {
      const tokens = await Promise.all(range(12).map((index) => tokenFor(`user-${index}`)))
      const ask = (index: number, address: string) =>
        request(app.url, tokens[index] ?? '', '{ viewer { id } }', undefined, { 'x-forwarded-for': address })
      const answers = await Promise.all(tokens.map((_token, index) => ask(index, `198.51.100.${index}, 203.0.113.7`)))
      expect(
        answers.filter(({ errors }) => errors?.[0]?.extensions.code === 'RATE_LIMITED').length,
      ).toBeGreaterThanOrEqual(5)
      expect((await ask(0, '203.0.113.8')).errors).toBeUndefined()
    } finally {
      await app.close()
    }
  })
})
