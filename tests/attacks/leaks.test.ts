import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLogger } from '../../api/logger.ts'
import { type Provider, providers, startTestApp, type TestApp } from '../support/app.ts'
import { newPair, range, say } from '../support/chat.ts'
import { request } from '../support/client.ts'
import { eventsSubscription } from '../support/events.ts'
import { type Person, send, sendMutation } from '../support/market.ts'
import { exchange, frame, httpText, openFrames, postText } from '../support/raw.ts'
import { connectSocket, operate } from '../support/socket.ts'
import { sql } from '../support/sql.ts'
import { openEventSource } from '../support/sse.ts'
import { tokenFor } from '../support/tokens.ts'

/** A word that stands nowhere else and has no digits, which the guard might take for a number. */
const unguessable = () => randomUUID().replace(/[\d-]/g, 'ж')

const masked = {
  message: 'Internal server error',
  extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: expect.any(String) },
}

describe.each(providers)('an error that nobody expected, on %s', (provider: Provider) => {
  let app: TestApp
  let anna: Person
  let dmitry: Person
  let chatId: string
  const secret = `тайна ${unguessable()}`
  beforeAll(async () => {
    app = await startTestApp(provider)
    ;({ anna, dmitry, chatId } = await newPair(app.url))
  })
  afterAll(() => app.close())

  /** The one line of the log that has the request id of an error. */
  const lineOf = ({ extensions }: any) => {
    const lines = app.logLines.filter(
      ({ requestId, msg }) => requestId === extensions.requestId && msg === 'internal error',
    )
    expect(lines).toHaveLength(1)
    return lines[0]
  }

  it('is masked, with a request id that the log has, over every transport and in the middle of streams', async () => {
    const socket = await connectSocket(app.url, dmitry.token)
    socket.send({ id: 'stream', type: 'subscribe', payload: { query: eventsSubscription } })
    await socket.nextOf('stream')
    const source = await openEventSource(app.url, dmitry.token, eventsSubscription)
    await source.next()

    await say(app.url, anna, chatId, 'Раз')
    await Promise.all([socket.nextOf('stream'), source.next()])
    await sql(app.database, 'ALTER TABLE "ChatState" RENAME TO "Gone"')
    const query = 'query ($id: ID!) { chat(id: $id) { unreadCount } }'
    const overHttp = await request(app.url, anna.token, query, { id: chatId })
    expect(overHttp.status).toBe(200)
    const [overSocket] = await operate(socket, 'query', query, { id: chatId })
    const ids = [overHttp.errors?.[0], overSocket.errors[0]].map((error: any) => {
      expect(error).toMatchObject(masked)
      expect(JSON.stringify(error)).not.toMatch(/ChatState|SQL|prisma|\/api\//i)
      lineOf(error)
      return error.extensions.requestId
    })
    expect(new Set(ids).size).toBe(2)
    await sql(app.database, 'ALTER TABLE "Gone" RENAME TO "ChatState"')

    // An entry of the log that refers to nothing, and a hint that makes the streams look.
    const userId = `(SELECT "id" FROM "User" WHERE "externalId" = '${dmitry.externalId}')`
    await sql(app.database, `UPDATE "Inbox" SET "seq" = "seq" + 1 WHERE "userId" = ${userId}`)
    const [inbox] = await sql(app.database, `SELECT "seq" FROM "Inbox" WHERE "userId" = ${userId}`)
    await sql(
      app.database,
      `INSERT INTO "Event" ("userId", "seq", "kind", "at", "chatId", "messageId", "unreadMessages", "unreadChats", "unreadNotifications")
       SELECT "id", ${inbox?.seq}, 'MESSAGE_ADDED', "createdAt", '${chatId}', 'nothing', 0, 0, 0 FROM "User" WHERE "id" = ${userId}`,
    )
    await say(app.url, anna, chatId, 'Два')
    const inStream = await socket.nextOf('stream')
    expect(inStream).toMatchObject({ type: 'error', payload: [masked] })
    lineOf(inStream.payload[0])
    let inSource = await source.next()
    while (!inSource.errors) inSource = await source.next()
    expect(inSource.errors).toMatchObject([masked])
    lineOf(inSource.errors[0])
    expect(inSource.data ?? null).toBeNull()
    await source.ended
    await socket.close()
  })

  it('puts no value of a failed statement into the log', async () => {
    const table =
      provider === 'sqlite'
        ? null
        : 'ALTER TABLE "Message" ADD CONSTRAINT "short" CHECK (length("text") < 10) NOT VALID'
    await sql(
      app.database,
      table ??
        `CREATE TRIGGER "short" BEFORE INSERT ON "Message" WHEN length(NEW."text") >= 10 BEGIN SELECT RAISE(ABORT, 'too long'); END`,
    )
    const { errors } = await request(app.url, anna.token, sendMutation, { input: { chatId, text: secret } })
    expect(errors).toMatchObject([masked])
    const line = lineOf(errors?.[0])
    expect(JSON.stringify(line)).not.toContain(secret.slice(0, 20))
    expect(line).toMatchObject({ err: { type: expect.any(String), stack: expect.stringContaining('at ') } })
    await sql(
      app.database,
      provider === 'sqlite' ? 'DROP TRIGGER "short"' : 'ALTER TABLE "Message" DROP CONSTRAINT "short"',
    )
  })
})

describe('the log', () => {
  it('is JSON, a line for each event, whatever the values have in them', () => {
    const lines: string[] = []
    const logger = createLogger('info', { write: (line) => void lines.push(line) })
    const nasty = 'a\r\nb\u001b[31m\u2028\u0000\ud800{"level":60}\n'
    logger.info({ nasty, [nasty]: 1 }, nasty)
    logger.error({ err: new Error(nasty, { cause: new Error(nasty) }) }, 'x')
    expect(lines).toHaveLength(2)
    for (const line of lines) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      expect(line.slice(0, -1)).not.toMatch(/[\u0000-\u001f]/)
      expect(JSON.parse(line).level).toBeGreaterThan(20)
    }
  })

  it.each([
    [
      'Prisma’s arguments',
      Object.assign(new Error('data: { text: "тайна" }'), { name: 'PrismaClientValidationError' }),
    ],
    [
      'PostgreSQL’s detail',
      Object.assign(new Error('violates'), { code: '23514', detail: 'Failing row contains (тайна)' }),
    ],
    [
      'a value that is no number',
      Object.assign(new Error('invalid input syntax for type integer: "тайна"'), { code: '22P02' }),
    ],
    ['parameters', Object.assign(new Error('x'), { parameters: ['тайна'], query: 'тайна', meta: { value: 'тайна' } })],
    [
      'JSON that is none',
      (() => {
        try {
          return JSON.parse('тайна')
        } catch (error) {
          return error
        }
      })(),
    ],
    ['a cause', new Error('x', { cause: Object.assign(new Error('y'), { detail: 'тайна' }) })],
    ['no error at all', 'тайна'],
  ])('leaves out of an error what people may have written: %s', (_name, err) => {
    let line = ''
    const logger = createLogger('info', {
      write: (text) => {
        line = text
      },
    })
    logger.error({ err }, 'failed')
    expect(line).toContain('failed')
    expect(line).not.toContain('тайна')
  })

  it('of a busy day has request ids, and neither tokens nor texts, refused ones included', async () => {
    const app = await startTestApp('sqlite', { env: { LOG_LEVEL: 'trace', LIMIT_OPERATIONS_PER_SECOND: '20' } })
    try {
      const { chatId, anna, dmitry } = await newPair(app.url)
      const texts = range(12).map((index) => `сокровенное ${unguessable()} ${index}`)
      const refused = [`звони 8 916 123-45-67 ${texts[0]}`, `пиши на ${texts[1]}@mail.ru`, `\u0000${texts[2]}`]
      const tokens = [anna.token, dmitry.token, await tokenFor('eve', { exp: 1 }), `${await tokenFor('mallory')}x`]
      const socket = await connectSocket(app.url, dmitry.token)
      socket.send({ id: 's', type: 'subscribe', payload: { query: eventsSubscription } })
      for (const text of texts) await send(app.url, anna.token, chatId, text, randomUUID())
      for (const text of refused) await send(app.url, anna.token, chatId, text)
      for (const text of refused) {
        await operate(socket, text, sendMutation, { input: { chatId, text } })
        await operate(
          socket,
          `${text}2`,
          `query ($id: ID!, $text: String!) { checkText(chatId: $id, text: $text) { allowed } }`,
          { id: chatId, text },
        )
      }
      for (const token of tokens) await request(app.url, token, '{ viewer { id } }')
      const [secret = ''] = texts
      // Wrong in every way that has a text in it.
      await request(app.url, anna.token, `{ viewer { ${secret} } }`)
      await request(app.url, anna.token, 'query ($n: Int) { chats(first: $n) { edges { cursor } } }', { n: secret })
      await exchange(app.url, postText(`{"query": ${secret}`, [`Authorization: Bearer ${anna.token}`]))
      await exchange(app.url, httpText(`GET /graphql?query=${encodeURIComponent(secret)}&token=${anna.token}`))
      await exchange(app.url, `${secret}\r\n\r\n`)
      await exchange(app.url, httpText(`GET /${anna.token}`, [`X-${secret}: 1`]))
      const raw = await openFrames(app.url)
      raw.write(frame(0x81, secret))
      await raw.closed
      await Promise.all(range(130).map(() => request(app.url, anna.token, '{ viewer { id } }')))
      await socket.close()

      const log = app.logLines.map((line) => JSON.stringify(line))
      for (const text of [...texts, '916 123-45-67', 'сокровенное'])
        expect(log.filter((line) => line.includes(text))).toEqual([])
      for (const token of tokens) {
        for (const part of token.split('.').slice(1)) expect(log.filter((line) => line.includes(part))).toEqual([])
      }
      const sent = app.logLines.filter(({ msg }) => msg === 'message sent')
      expect(sent).toHaveLength(texts.length)
      expect(new Set(sent.map(({ requestId }) => requestId)).size).toBe(texts.length)
      for (const line of sent) {
        expect(Object.keys(line).sort()).toEqual(['chatId', 'level', 'ms', 'msg', 'requestId', 'seq', 'time', 'userId'])
      }
    } finally {
      await app.close()
    }
  })
})

describe('security headers', () => {
  let app: TestApp
  let token: string
  let asset = ''
  let explorerAsset = ''
  beforeAll(async () => {
    // Demo mode, which has the most to show.
    app = await startTestApp('sqlite', { env: { JWT_SECRET: undefined, METRICS_TOKEN: 'x' } })
    token = await tokenFor('eve')
    const explorer = await (await fetch(`${app.url}/graphql`, { headers: { accept: 'text/html' } })).text()
    explorerAsset = /\/graphiql\/assets\/[\w.-]+\.js/.exec(explorer)?.[0] ?? ''
    asset = /\/assets\/[\w.-]+\.js/.exec(await (await fetch(app.url)).text())?.[0] ?? ''
  })
  afterAll(() => app.close())

  const upgrade = ['Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==']
  const strict = "default-src 'none'; frame-ancestors 'none'"
  const answers: Record<string, [text: () => string, status: number, policy?: string]> = {
    'the dashboard': [() => httpText('GET /'), 200, "default-src 'self'"],
    GraphiQL: [() => httpText('GET /graphql', ['Accept: text/html']), 200, "default-src 'none'; script-src 'self'"],
    'GraphiQL’s program': [() => httpText(`HEAD ${explorerAsset}`), 200],
    'the element for hosts': [() => httpText('HEAD /embed/oko-dashboard.js'), 200],
    'a file of the client': [() => httpText(`HEAD ${asset}`), 200],
    'a file that has not changed': [() => httpText('GET /nothing', ['If-None-Match: "x"']), 404],
    'an answer': [() => postText('{"query":"{ __typename }"}'), 200],
    'an answer by GET': [() => httpText('GET /graphql?query={__typename}'), 200],
    'a refusal': [() => postText('{"query":"{ viewer { id } }"}', [`Authorization: Bearer ${token}x`]), 401],
    'a syntax error': [() => postText('{"query":"{"}', ['Accept: application/graphql-response+json']), 400],
    'another type': [() => httpText('POST /graphql', ['Content-Type: text/plain', 'Content-Length: 0']), 415],
    'a body too large': [
      () => httpText('POST /graphql', ['Content-Type: application/json', 'Content-Length: 999999']),
      413,
    ],
    'a preflight': [() => httpText('OPTIONS /graphql', ['Origin: https://evil.example']), 204],
    health: [() => httpText('GET /health/live'), 200],
    readiness: [() => httpText('GET /health/ready'), 200],
    metrics: [() => httpText('GET /metrics'), 200],
    'no page': [() => httpText('GET /no/such/page'), 404],
    'no method': [() => httpText('POST /', ['Content-Length: 0']), 405],
    'no address': [() => httpText('GET http://'), 400],
    'no HTTP': [() => 'hello\r\n\r\n', 400],
    'headers too large': [() => httpText('GET /', [`X: ${'x'.repeat(20_000)}`]), 431],
    'an upgrade of a foreign page': [
      () => httpText('GET /graphql', [...upgrade, 'Origin: https://evil.example'], '', 'Upgrade'),
      403,
    ],
    'an upgrade of another path': [() => httpText('GET /x', upgrade, '', 'Upgrade'), 404],
  }
  it.each(Object.entries(answers))('come with %s', async (_name, [text, status, policy = strict]) => {
    const [answer] = await exchange(app.url, text())
    expect(answer?.status).toBe(status)
    const headers = answer?.headers ?? {}
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': expect.stringMatching(/^(same|cross)-origin$/),
      'permissions-policy': expect.stringContaining('camera=()'),
    })
    expect(headers['content-security-policy']?.startsWith(policy)).toBe(true)
    expect(headers['content-security-policy']).toContain('frame-ancestors')
    for (const name of ['server', 'x-powered-by']) expect(headers[name]).toBeUndefined()
  })

  it('let the pages load nothing from another host but pictures', async () => {
    for (const accept of ['GET /', 'GET /graphql']) {
      const [answer] = await exchange(app.url, httpText(accept, ['Accept: text/html']))
      const policy = answer?.headers['content-security-policy'] ?? ''
      expect(policy).not.toMatch(/\*|http:|wss?:/)
      expect(policy.replace("img-src 'self' data: https:", '')).not.toContain('https:')
      expect(policy).toContain("object-src 'none'")
      expect(policy).toContain("base-uri 'none'")
      expect(answer?.headers['cache-control']).toMatch(/^(no-store|private, no-cache)$/)
    }
  })

  it('keep what is somebody’s out of caches', async () => {
    for (const text of [
      postText('{"query":"{ __typename }"}'),
      httpText('GET /graphql?query={__typename}'),
      postText('{'),
    ]) {
      expect((await exchange(app.url, text))[0]?.headers['cache-control']).toBe('no-store')
    }
  })
})
