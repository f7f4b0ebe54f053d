import { once } from 'node:events'
import { connect } from 'node:net'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { maxHeadersMs } from '../../api/http/limits.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { newPair, range, say } from '../support/chat.ts'
import { request } from '../support/client.ts'
import { lengthenChat } from '../support/long-chat.ts'
import { exchange, httpText, postText } from '../support/raw.ts'
import { sql } from '../support/sql.ts'
import { tokenFor } from '../support/tokens.ts'

const viewer = '{"query":"{ viewer { externalId } }"}'
const mutation = 'mutation { updateNotificationSettings(input: { sound: false }) { sound } }'

describe('HTTP under attack', () => {
  let app: TestApp
  let token: string
  let authorization: string
  /** Connections that never finish what they began to say; opened first, since the server gives them time. */
  let dawdlers: Promise<string>[]
  beforeAll(async () => {
    app = await startTestApp('sqlite', { env: { METRICS_TOKEN: 'metrics-secret' } })
    token = await tokenFor('eve')
    authorization = `Authorization: Bearer ${token}`
    dawdlers = ['GET /health/live HTTP/1.1\r\nHost: x\r\nX-A: 1\r\n', 'P', ''].map(dawdle)
  })
  afterAll(() => app.close())

  /** Says a part of a request, and what the server answers until it closes. */
  function dawdle(part: string): Promise<string> {
    const { port, hostname } = new URL(app.url)
    return new Promise((resolve) => {
      let text = ''
      const socket = connect(Number(port), hostname, () => socket.write(part))
      const timer = setInterval(() => part && socket.write('x'), 500)
      socket.on('data', (data) => {
        text += String(data)
      })
      socket.on('error', () => undefined)
      socket.on('close', () => {
        clearInterval(timer)
        resolve(text)
      })
    })
  }

  const only = async (...parts: (string | Buffer)[]) => {
    const answers = await exchange(app.url, ...parts)
    expect(answers).toHaveLength(1)
    return answers[0] ?? { status: 0, headers: {}, body: '' }
  }
  const soundOf = async () =>
    (await request(app.url, token, '{ notificationSettings { sound } }')).data?.notificationSettings.sound

  it.each([
    ['text/plain', `{"query":"${mutation}"}`],
    ['application/x-www-form-urlencoded', `query=${encodeURIComponent(mutation)}`],
    [
      'multipart/form-data; boundary=b',
      `--b\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{"query":"${mutation}"}\r\n--b\r\nContent-Disposition: form-data; name="map"\r\n\r\n{}\r\n--b--`,
    ],
    ['application/graphql', mutation],
    ['application/json+x', `{"query":"${mutation}"}`],
    ['text/plain; application/json', `{"query":"${mutation}"}`],
    ['text/json', `{"query":"${mutation}"}`],
    ['application/x-www-form-urlencoded, application/json', `{"query":"${mutation}"}`],
  ])('runs nothing of what a form can send: %s', async (type, body) => {
    const { status, body: answer } = await only(
      httpText(
        'POST /graphql',
        [authorization, `Content-Type: ${type}`, `Content-Length: ${Buffer.byteLength(body)}`],
        body,
      ),
    )
    expect(status).toBe(415)
    expect(JSON.parse(answer).errors).toHaveLength(1)
    expect(await soundOf()).toBe(true)
  })

  it('wants a content type', async () => {
    const { status } = await only(
      httpText('POST /graphql', [authorization, `Content-Length: ${viewer.length}`], viewer),
    )
    expect(status).toBe(415)
  })

  it.each(['PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND', 'QUERY'])('knows no %s of /graphql', async (method) => {
    const body = `{"query":"${mutation}"}`
    const { status } = await only(
      httpText(
        `${method} /graphql`,
        [authorization, 'Content-Type: application/json', `Content-Length: ${body.length}`],
        body,
      ),
    )
    expect([400, 405]).toContain(status)
    expect(await soundOf()).toBe(true)
  })

  it.each([
    'X-HTTP-Method-Override: POST',
    'X-HTTP-Method: POST',
    'X-Method-Override: POST',
    'Content-Type: application/json',
  ])('runs no mutation by GET, with %s either', async (header) => {
    const target = `/graphql?query=${encodeURIComponent(mutation)}&_method=POST`
    const { status } = await only(httpText(`GET ${target}`, [authorization, header]))
    expect(status).toBe(405)
    expect(await soundOf()).toBe(true)
  })

  it('answers HEAD and OPTIONS without running anything', async () => {
    const target = `/graphql?query=${encodeURIComponent(mutation)}`
    expect((await only(httpText(`OPTIONS ${target}`, [authorization]))).status).toBe(204)
    const { status } = await only(httpText(`HEAD ${target}`, [authorization]))
    expect([400, 405]).toContain(status)
    expect(await soundOf()).toBe(true)
  })

  it('runs no batch', async () => {
    const batch = `[${range(20)
      .map(() => viewer)
      .join()}]`
    const { status, body } = await only(postText(batch, [authorization]))
    expect([status, JSON.parse(body).errors[0].extensions.code]).toEqual([400, 'BAD_USER_INPUT'])
  })

  const compress: [string, (text: string) => Buffer][] = [
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['identity, gzip', gzipSync],
  ]
  it.each(compress)('unpacks nothing: Content-Encoding %s', async (coding, pack) => {
    const packed = pack(`{"query":"${' '.repeat(50_000_000)}{ __typename }"}`)
    const { status, headers } = await only(
      httpText('POST /graphql', [
        ...[authorization, 'Content-Type: application/json', `Content-Encoding: ${coding}`],
        `Content-Length: ${packed.length}`,
      ]),
      packed,
    )
    expect([status, headers['accept-encoding']]).toEqual([415, 'identity'])
  })

  it.each([
    ['a byte that begins no character', [0xff]],
    ['half a character', [0xd0]],
    ['a longer form than needed', [0xc0, 0xaf]],
    ['an encoded surrogate', [0xed, 0xa0, 0x80]],
  ])('takes no body that is not UTF-8: %s', async (_name, bytes) => {
    const body = Buffer.concat([Buffer.from('{"query":"{ __typename } #'), Buffer.from(bytes), Buffer.from('"}')])
    const { status, body: answer } = await only(
      httpText('POST /graphql', [authorization, 'Content-Type: application/json', `Content-Length: ${body.length}`]),
      body,
    )
    expect([status, JSON.parse(answer).errors[0].extensions.code]).toEqual([400, 'BAD_USER_INPUT'])
  })

  it.each([
    ['lists', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['objects', `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`],
    ['variables', `{"query":"{ __typename }","variables":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`],
  ])('refuses a body of great depth before it is read: %s', async (_name, body) => {
    const { status, body: answer } = await only(postText(body, [authorization]))
    expect([status, JSON.parse(answer).errors[0].extensions.code]).toEqual([400, 'LIMIT_EXCEEDED'])
  })

  it.each([
    ['both lengths', 'POST /graphql', ['Content-Length: 4', 'Transfer-Encoding: chunked']],
    ['two lengths', 'POST /graphql', ['Content-Length: 4', 'Content-Length: 5']],
    ['a length that is no number', 'POST /graphql', ['Content-Length: 4x']],
    ['a negative length', 'POST /graphql', ['Content-Length: -1']],
    ['an odd coding', 'POST /graphql', ['Transfer-Encoding: chunked, identity']],
    ['a space before the colon', 'POST /graphql', ['Content-Length : 4']],
    ['a folded header', 'GET /health/live', ['X-A: 1\r\n 2']],
    ['a bare line feed', 'GET /health/live', ['X-A: 1\nX-B: 2']],
    ['NUL in a header', 'GET /health/live', ['X-A: \0']],
    ['no version', 'GET /health/live x', []],
    ['two hosts', 'GET /health/live', ['Host: evil.example']],
  ])('is not fooled about where a request ends: %s', async (_name, line, headers) => {
    const smuggled = 'GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n'
    const answers = await exchange(app.url, httpText(line, headers, `0\r\n\r\n${smuggled}`, 'keep-alive'))
    expect(answers.map(({ status }) => status)).toEqual([400])
  })

  it('undoes no coding of a transfer', async () => {
    const chunked = `${viewer.length.toString(16)}\r\n${viewer}\r\n0\r\n\r\n`
    const ask = (coding: string) =>
      only(
        httpText(
          'POST /graphql',
          [authorization, 'Content-Type: application/json', `Transfer-Encoding: ${coding}`],
          chunked,
        ),
      )
    expect((await ask('chunked')).status).toBe(200)
    expect((await ask('gzip, chunked')).status).toBe(501)
  })

  it.each([
    ['text/html', null],
    ['multipart/mixed', null],
    ['application/json;charset=utf-16', null],
    ['application/json;q=0', null],
    ['image/*, application/json;q=0, application/graphql-response+json;q=0.0', null],
    ['', 'application/json'],
    ['text/html, */*;q=0.1', 'application/json'],
    ['application/json;q=0.1, application/graphql-response+json', 'application/graphql-response+json'],
    ['application/graphql-response+json;q=0, */*', 'application/json'],
    ['application/graphql-response+json, */*', 'application/graphql-response+json'],
    ['text/event-stream', 'text/event-stream'],
    ['text/event-stream, application/json;q=0.1', 'application/json'],
  ])('runs a mutation only where its answer is taken: Accept %j', async (accept, type) => {
    await request(app.url, token, mutation.replace('false', 'true'))
    const { status, headers } = await only(postText(`{"query":"${mutation}"}`, [authorization, `Accept: ${accept}`]))
    expect([status, await soundOf()]).toEqual(type ? [200, false] : [406, true])
    expect(headers['content-type']?.split(';')[0]).toBe(type ?? 'application/json')
    await request(app.url, token, mutation.replace('false', 'true'))
  })

  it('says how a subscription is answered to who asks for it as one piece of JSON', async () => {
    const { status, body } = await only(
      postText('{"query":"subscription { events { cursor } }"}', [authorization, 'Accept: application/json']),
    )
    expect([status, JSON.parse(body).errors[0].message]).toEqual([406, expect.stringContaining('text/event-stream')])
  })

  it('sends server-sent events that nobody stores, on a connection that ends when the client wants it to', async () => {
    const { headers } = await only(postText(viewer, [authorization, 'Accept: text/event-stream']))
    expect([headers['cache-control'], headers.connection]).toEqual(['no-store', 'close'])
  })

  it('lets nobody send a body that it won’t read', async () => {
    const ask = async (length: number, expectation: string, ...more: string[]) => {
      const headers = [authorization, 'Content-Type: application/json', `Content-Length: ${length}`]
      const answers = await exchange(
        app.url,
        httpText('POST /graphql', [...headers, `Expect: ${expectation}`]),
        ...more,
      )
      return answers.map(({ status }) => status)
    }
    expect(await ask(9_000_000, '100-continue')).toEqual([413])
    expect(await ask(viewer.length, 'something else', viewer)).toEqual([417])
    // The interim answer has no body, as the one behind it would be.
    const socket = connect(Number(new URL(app.url).port), '127.0.0.1')
    socket.write(
      postText('', [authorization, 'Expect: 100-continue']).replace(
        'Content-Length: 0',
        `Content-Length: ${viewer.length}`,
      ),
    )
    const [interim] = await once(socket, 'data')
    expect(String(interim)).toBe('HTTP/1.1 100 Continue\r\n\r\n')
    socket.write(viewer)
    const [answer] = await once(socket, 'data')
    expect(String(answer)).toContain('"externalId":"eve"')
    socket.destroy()
  })

  it('answers who offers HTTP/2 as if nothing had been offered, several times on one connection', async () => {
    const offer = (connection: string) =>
      postText(
        viewer,
        [authorization, 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA'],
        `${connection}, Upgrade, HTTP2-Settings`,
      )
    const socket = connect(Number(new URL(app.url).port), '127.0.0.1')
    for (const _round of range(3)) {
      socket.write(offer('keep-alive'))
      const [answer] = await once(socket, 'data')
      expect(String(answer)).toMatch(/^HTTP\/1\.1 200 .*"externalId":"eve"/s)
    }
    socket.destroy()
    expect((await only(offer('close'))).status).toBe(200)
    // With answers outstanding it is no time to begin anew.
    const [first] = await exchange(app.url, offer('keep-alive') + offer('keep-alive'))
    expect(first?.status).toBe(400)
    expect((await request(app.url, token, '{ viewer { id } }')).status).toBe(200)
  })

  it('says of a refused token which scheme it wants', async () => {
    const { status, headers } = await only(postText(viewer))
    expect([status, headers['www-authenticate']]).toEqual([401, 'Bearer'])
  })

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('finds by %s what is there, and nothing else', async (method) => {
    for (const [path, status] of [
      ['/nothing', 404],
      ['/graphql/', 404],
      ['/', 405],
      ['/metrics', 405],
    ] as const)
      expect([path, (await only(httpText(`${method} ${path}`))).status]).toEqual([path, status])
  })

  it('wants a host', async () => {
    expect((await only('GET /health/live HTTP/1.1\r\nConnection: close\r\n\r\n')).status).toBe(400)
  })

  it('answers pipelined requests in order, however many', async () => {
    const gets = range(3000).map((index) =>
      httpText(index % 2 ? 'GET /health/live' : 'GET /nothing', [], '', 'keep-alive'),
    )
    const answers = await exchange(app.url, gets.join(''), postText(viewer, [authorization]))
    expect(answers).toHaveLength(3001)
    expect(answers.slice(0, -1).map(({ status }) => status)).toEqual(gets.map((_get, index) => (index % 2 ? 200 : 404)))
    expect(JSON.parse(answers.at(-1)?.body ?? '').data.viewer.externalId).toBe('eve')
  })

  it('refuses headers over 16 KiB', async () => {
    expect((await only(httpText('GET /health/live', [`X-A: ${'x'.repeat(20_000)}`]))).status).toBe(431)
    expect((await only(httpText(`GET /graphql?query=${'x'.repeat(20_000)}`))).status).toBe(431)
    expect(
      (
        await only(
          httpText(
            'GET /health/live',
            range(5000).map((index) => `X-${index}: 1`),
          ),
        )
      ).status,
    ).toBe(431)
  })

  it.each([
    '/../package.json',
    '/..%2fpackage.json',
    '/%2e%2e/%2e%2e/package.json',
    '/assets/../../package.json',
    '/assets/..%5c..%5cpackage.json',
    '/..\\package.json',
    '/\\..\\package.json',
    '/index.html%00.js',
    '/assets/%00',
    '/%c0%ae%c0%ae/package.json',
    '/%252e%252e/package.json',
    '/./.env',
    '/embed/../../../etc/passwd',
    '/node_modules/graphql/package.json',
    '/data/oko.db',
    '/__proto__',
    '/constructor',
    '//index.html',
    '//evil.example/index.html',
    '//graphql',
  ])('serves no file but the client’s: %s', async (path) => {
    const { status, body } = await only(httpText(`GET ${path}`))
    expect([status, body]).toEqual([404, 'Not found\n'])
  })

  it.each(['evil.example', 'oko:4000@evil.example', '127.0.0.1:1', 'x"><script>', '[::1'])(
    'says nothing of the host that it is called: %s',
    async (host) => {
      const [answer] = await exchange(
        app.url,
        `GET / HTTP/1.1\r\nHost: ${host}\r\nX-Forwarded-Host: ${host}\r\nConnection: close\r\n\r\n`,
      )
      expect([200, 400]).toContain(answer?.status)
      expect(JSON.stringify(answer)).not.toContain(host.slice(0, 8))
    },
  )

  it('shows metrics to nobody who only says that they are near', async () => {
    const proxied = await startTestApp('sqlite', { env: { METRICS_TOKEN: 'metrics-secret', TRUST_PROXY: '1' } })
    try {
      const statusOf = async (...headers: string[]) =>
        (await exchange(proxied.url, httpText('GET /metrics', headers)))[0]?.status
      expect(await statusOf('X-Forwarded-For: 127.0.0.1', 'X-Forwarded-For: 203.0.113.7')).toBe(403)
      expect(await statusOf('X-Forwarded-For: 127.0.0.1, 203.0.113.7', 'X-Real-IP: 127.0.0.1')).toBe(403)
      expect(await statusOf('X-Forwarded-For: 203.0.113.7', 'Forwarded: for=127.0.0.1')).toBe(403)
      expect(await statusOf('X-Forwarded-For: 203.0.113.7', 'Authorization: Bearer metrics-secre')).toBe(403)
      expect(await statusOf('X-Forwarded-For: 203.0.113.7', 'Authorization: Bearer metrics-secret')).toBe(200)
    } finally {
      await proxied.close()
    }
  })

  it('believes X-Forwarded-For of nobody unless told to', async () => {
    const direct = await startTestApp('sqlite', { env: { LIMIT_OPERATIONS_PER_ADDRESS: '1' } })
    try {
      const codes = await Promise.all(
        range(12).map(async (index) => {
          const { errors } = await request(direct.url, null, '{ __typename }', undefined, {
            'x-forwarded-for': `203.0.113.${index}`,
          })
          return errors?.[0]?.extensions.code
        }),
      )
      expect(codes.filter((code) => code === 'RATE_LIMITED').length).toBeGreaterThanOrEqual(5)
    } finally {
      await direct.close()
    }
  })

  it('counts all addresses of one IPv6 network as one, and IPv4 however it is written', async () => {
    const proxied = await startTestApp('sqlite', { env: { LIMIT_OPERATIONS_PER_ADDRESS: '1', TRUST_PROXY: '1' } })
    try {
      const refused = async (addresses: string[]) => {
        const answers = await Promise.all(
          addresses.map((address) =>
            request(proxied.url, null, '{ __typename }', undefined, { 'x-forwarded-for': address }),
          ),
        )
        return answers.filter(({ errors }) => errors?.[0]?.extensions.code === 'RATE_LIMITED').length
      }
      expect(await refused(range(12).map((index) => `2001:db8:1:2:${index}::1`))).toBeGreaterThanOrEqual(5)
      expect(await refused(range(12).map((index) => `2001:db8:${index}::1`))).toBe(0)
      expect(
        await refused(range(12).map((index) => (index % 2 ? '::ffff:203.0.113.9' : '203.0.113.9'))),
      ).toBeGreaterThanOrEqual(5)
    } finally {
      await proxied.close()
    }
  })

  it('cuts off who takes nothing of an answer, and has no room for another of theirs until then', async () => {
    const small = await startTestApp('sqlite', { stalledMs: 1000 })
    try {
      const { anna, dmitry, chatId } = await newPair(small.url)
      await say(small.url, dmitry, chatId, 'Первое')
      await lengthenChat(small.database, chatId, 100)
      // 16 MB, which is more than the system holds of it on the way.
      await sql(small.database, `UPDATE "Message" SET "text" = '${'я'.repeat(4000)}'`)
      const query = `query ($id: ID!) { ${range(10).map((index) => `a${index}: messages(chatId: $id, first: 100) { ...P }`)} } fragment P on MessageConnection { edges { node { text again: text } } }`
      const body = JSON.stringify({ query, variables: { id: chatId } })
      const reader = connect(Number(new URL(small.url).port), '127.0.0.1')
      reader.on('error', () => undefined)
      let answered = 0
      reader.write(postText(body, [`Authorization: Bearer ${anna.token}`]))
      // Its first bytes have come: the answer is made.
      await once(reader, 'readable')
      const dear = '{ chats(first: 100) { edges { node { messages(first: 100) { edges { node { seq } } } } } } }'
      // What waits for room has nothing moving either, and is cut off in its turn.
      const ask = () =>
        request(small.url, anna.token, dear).then(
          ({ status }) => status,
          () => 'cut',
        )
      await expect.poll(ask, { timeout: 10_000 }).toBe(200)
      for await (const chunk of reader) answered += (chunk as Buffer).length
      expect(answered).toBeLessThan(15_000_000)
    } finally {
      await small.close()
    }
  })

  it('lets nobody keep it waiting for headers', async () => {
    const startedAtMs = performance.now()
    const [inHeaders, , silent] = await Promise.all(dawdlers)
    expect(inHeaders).toMatch(/^HTTP\/1\.1 (408|400) /)
    expect(silent).toMatch(/^(HTTP\/1\.1 408 |$)/)
    expect(performance.now() - startedAtMs).toBeLessThan(2 * maxHeadersMs)
  }, 30_000)
})
