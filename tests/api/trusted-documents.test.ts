import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../api/app.ts'
import { ConfigError, readConfig } from '../../api/config.ts'
import { createLogger } from '../../api/logger.ts'
import { createTestDatabase, startTestApp, type TestApp, type TestDatabase } from '../support/app.ts'
import { newPair } from '../support/chat.ts'
import { hashOfOperation } from '../support/dashboard-operations.ts'
import { connectSocket } from '../support/socket.ts'
import { hostToken, testSecret } from '../support/tokens.ts'

type Sent = { query?: string; hash?: unknown; variables?: object }

const persisted = (hash: unknown) => ({ persistedQuery: { version: 1, sha256Hash: hash } })
const payloadOf = ({ query, hash, variables }: Sent) => ({
  ...(query !== undefined && { query }),
  ...(hash !== undefined && { extensions: persisted(hash) }),
  ...(variables && { variables }),
})

/** One operation's first result, by each way there is. */
type Ask = (url: string, token: string, sent: Sent) => Promise<any>

const headersOf = (token: string, accept: string) => ({ authorization: `Bearer ${token}`, accept })

const post: Ask = async (url, token, sent) => {
  const headers = { ...headersOf(token, 'application/graphql-response+json'), 'content-type': 'application/json' }
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify(payloadOf(sent)) })
  return { status: response.status, ...(await response.json()) }
}

const parametersOf = (sent: Sent) =>
  `?${new URLSearchParams(
    Object.entries(payloadOf(sent)).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  )}`

const get: Ask = async (url, token, sent) => {
  const response = await fetch(`${url}/graphql${parametersOf(sent)}`, {
    headers: headersOf(token, 'application/graphql-response+json'),
  })
  return { status: response.status, ...(await response.json()) }
}

/** Reads until the first event, or to the end of a refusal. */
const serverSentEvents =
  (method: 'POST' | 'GET'): Ask =>
  async (url, token, sent) => {
    const aborted = new AbortController()
    const response = await fetch(`${url}/graphql${method === 'GET' ? parametersOf(sent) : ''}`, {
      method,
      headers: { ...headersOf(token, 'text/event-stream'), 'content-type': 'application/json' },
      ...(method === 'POST' && { body: JSON.stringify(payloadOf(sent)) }),
      signal: aborted.signal,
    })
    let text = ''
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString()
      if (/^data: ?\{.*\}$/m.test(text)) break
    }
    aborted.abort()
    return JSON.parse(/^data: ?(\{.*\})$/m.exec(text)?.[1] ?? text)
  }

const webSocket: Ask = async (url, token, sent) => {
  const socket = await connectSocket(url, token)
  try {
    socket.send({ id: '1', type: 'subscribe', payload: { query: '', ...payloadOf(sent) } })
    const { type, payload } = await socket.nextOf('1')
    return type === 'error' ? { errors: payload } : payload
  } finally {
    await socket.close()
  }
}

const ways: [name: string, ask: Ask, operation: 'Dashboard' | 'Events'][] = [
  ['POST', post, 'Dashboard'],
  ['GET', get, 'Dashboard'],
  ['server-sent events by POST', serverSentEvents('POST'), 'Events'],
  ['server-sent events by GET', serverSentEvents('GET'), 'Events'],
  ['WebSocket', webSocket, 'Dashboard'],
  ['WebSocket', webSocket, 'Events'],
]
/** What nobody registered, though the dashboard's look like it. */
const others = { Dashboard: '{ viewer { id } }', Events: 'subscription { events { cursor } }' }
const registered = { Dashboard: { viewer: expect.anything() }, Events: { events: { __typename: 'StreamReady' } } }

const codes = (answer: any) => answer.errors?.map((error: any) => error.extensions.code)
const unknown = 'f'.repeat(64)

for (const mode of ['off', 'only'] as const) {
  describe(`with TRUSTED_DOCUMENTS=${mode}`, () => {
    let app: TestApp
    let database: TestDatabase
    let pair: Awaited<ReturnType<typeof newPair>>
    let token: string
    const folder = mkdtempSync(join(tmpdir(), 'oko-documents-'))
    const hostQuery = `mutation ($input: CreateChatInput!) { createChat(input: $input) { id } }`
    const dear = `{ chats(first: 100) { edges { node { messages(first: 100) { edges { node { chat { messages(first: 100) { edges { node { id } } } } } } } } } } }`
    const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

    beforeAll(async () => {
      const file = join(folder, 'ours.json')
      writeFileSync(file, JSON.stringify({ [`sha256:${hashOf(hostQuery)}`]: hostQuery, [hashOf(dear)]: dear }))
      database = await createTestDatabase('sqlite')
      // Made as they like, before the door is closed.
      const before = await startTestApp('sqlite', { database })
      pair = await newPair(before.url)
      await before.close()
      app = await startTestApp('sqlite', {
        database,
        env: { TRUSTED_DOCUMENTS: mode, TRUSTED_DOCUMENTS_FILES: file, GRAPHIQL: '' },
      })
      token = pair.anna.token
    })
    afterAll(async () => {
      await app?.close()
      await database.drop()
      rmSync(folder, { recursive: true })
    })

    describe.each(ways)('%s', (_name, ask, operation) => {
      it(`runs a registered document by its hash (${operation})`, async () => {
        const answer = await ask(app.url, token, { hash: hashOfOperation(operation) })
        expect(answer.errors).toBeUndefined()
        expect(answer.data).toMatchObject(registered[operation])
      })

      it(`says which hash it doesn't know (${operation})`, async () => {
        const answer = await ask(app.url, token, { hash: unknown })
        expect(answer.errors).toEqual([
          { message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } },
        ])
        expect(answer.data).toBeUndefined()
        if ('status' in answer) expect(answer.status).toBe(400)
        for (const hash of [7, null, {}, []]) {
          expect([hash, codes(await ask(app.url, token, { hash }))]).toEqual([hash, ['BAD_USER_INPUT']])
        }
      })

      it(`${mode === 'only' ? 'refuses' : 'runs'} a document that isn't registered (${operation})`, async () => {
        for (const sent of [
          { query: others[operation] },
          // As libraries do that would register it.
          { query: others[operation], hash: hashOf(others[operation]) },
          { query: others[operation], hash: hashOfOperation(operation) },
        ]) {
          const answer = await ask(app.url, token, sent)
          if (mode === 'only') {
            expect(codes(answer)).toEqual(['PERSISTED_QUERY_ONLY'])
            expect(answer.data).toBeUndefined()
            if ('status' in answer) expect(answer.status).toBe(400)
          } else expect(answer.errors).toBeUndefined()
        }
      })
    })

    it('runs a registered text as itself, too', async () => {
      const input = {
        title: 'Заказ',
        participants: ['anna', 'boris'].map((id) => ({ externalId: id, name: id, role: 'CLIENT' })),
      }
      for (const sent of [
        { query: hostQuery },
        { hash: hashOf(hostQuery) },
        { hash: hashOf(hostQuery).toUpperCase() },
      ]) {
        const { data } = await post(app.url, await hostToken(), { ...sent, variables: { input } })
        expect(data?.createChat.id).toEqual(expect.any(String))
      }
    })

    it('runs no registered mutation by GET', async () => {
      const sent = { hash: hashOfOperation('SetTyping'), variables: { chatId: pair.chatId } }
      expect((await get(app.url, token, sent)).status).toBe(405)
      expect((await post(app.url, token, sent)).data).toMatchObject({ setTyping: true })
    })

    it('holds what a hash stands for to the limits', async () => {
      for (const ask of [post, get, webSocket]) {
        expect(codes(await ask(app.url, token, { hash: hashOf(dear) }))).toEqual(['LIMIT_EXCEEDED'])
      }
      expect(
        (await post(app.url, token, { hash: hashOfOperation('Dashboard') })).extensions.cost.requested,
      ).toBeGreaterThan(5)
    })

    it(`${mode === 'only' ? 'serves no' : 'serves'} GraphiQL`, async () => {
      const response = await fetch(`${app.url}/graphql`, { headers: headersOf(token, 'text/html') })
      expect((await response.text()).includes('Oko GraphiQL')).toBe(mode === 'off')
      const introspection = await post(app.url, token, { query: '{ __schema { queryType { name } } }' })
      expect(codes(introspection)).toEqual(mode === 'only' ? ['PERSISTED_QUERY_ONLY'] : undefined)
    })

    it('tells one event to subscribers by hash and by text alike', async () => {
      const documents = [{ hash: hashOfOperation('Events') }, ...(mode === 'only' ? [] : [{ query: others.Events }])]
      const sockets = await Promise.all(
        documents.map(async (document) => {
          const socket = await connectSocket(app.url, token)
          socket.send({ id: 'e', type: 'subscribe', payload: { query: '', ...payloadOf(document) } })
          await socket.nextOf('e')
          return socket
        }),
      )
      const input = { chatId: pair.chatId, text: 'Здравствуйте' }
      await post(app.url, pair.dmitry.token, { hash: hashOfOperation('SendMessage'), variables: { input } })
      const told = await Promise.all(sockets.map((socket) => socket.nextOf('e')))
      expect(told[0].payload.data.events).toMatchObject({
        __typename: 'MessageAdded',
        message: { text: 'Здравствуйте' },
      })
      expect(new Set(told.map(({ payload }) => payload.data.events.cursor)).size).toBe(1)
      await Promise.all(sockets.map((socket) => socket.close()))
    })
  })
}

it.each([
  ['is no JSON', '{'],
  ['has a text under another hash', JSON.stringify({ [unknown]: '{ viewer { id } }' })],
  ['has something else', '7'],
])('a file that %s stops the start', async (_name, content) => {
  const folder = mkdtempSync(join(tmpdir(), 'oko-documents-'))
  const file = join(folder, 'broken.json')
  writeFileSync(file, content)
  const config = readConfig({
    PORT: '0',
    DATABASE_URL: `file:${join(folder, 'oko.db')}`,
    JWT_SECRET: testSecret,
    TRUSTED_DOCUMENTS_FILES: file,
  })
  const started = createApp({ config, logger: createLogger('silent') })
  await expect(started).rejects.toThrow(ConfigError)
  await expect(started).rejects.toThrow(/^TRUSTED_DOCUMENTS_FILES: .*broken\.json/)
  rmSync(folder, { recursive: true })
})
