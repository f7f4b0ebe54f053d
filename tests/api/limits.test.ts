import { complexityFromQuery } from '@pothos/plugin-complexity'
import type { DocumentNode } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { documentLimits, maxCost } from '../../api/http/limits.ts'
import { schema } from '../../api/schema.ts'
import * as dashboard from '../../client/graphql/generated/graphql.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { newPair, range, say } from '../support/chat.ts'
import { request } from '../support/client.ts'
import type { Person } from '../support/market.ts'
import { connectSocket, operate, type RawSocket } from '../support/socket.ts'
import { openEventSource } from '../support/sse.ts'

const nested = (levels: number, inner: string): string =>
  range(levels).reduce((query) => `lastMessage { chat { ${query} } }`, inner)

const documents: Record<string, { query: string; variables?: Record<string, unknown>; operationName?: string }> = {
  'too many levels': { query: `{ chats { edges { node { ${nested(6, 'id')} } } } }` },
  'too many levels, in fragments': {
    query: `{ chats { edges { node { ...A } } } } fragment A on Chat { ${nested(3, '...B')} } fragment B on Chat { ${nested(3, 'id')} }`,
  },
  'too many aliases': { query: `{ ${range(60).map((index) => `a${index}: counters { unreadChats }`)} }` },
  'too many aliases of the guard': {
    query: `query ($id: ID!) { ${range(60).map((index) => `a${index}: checkText(chatId: $id, text: "${index}") { allowed }`)} }`,
    variables: { id: 'x' },
  },
  'too many directives': { query: `{ counters { ${range(60).map(() => 'unreadChats @include(if: true)')} } }` },
  'too many tokens': { query: `{ counters { ${'unreadChats '.repeat(documentLimits.tokens)} } }` },
  'too many values in its variables': {
    query: 'mutation ($ids: [ID!]) { markNotificationsRead(ids: $ids) { unreadChats } }',
    variables: { ids: range(11_000).map(() => '1') },
  },
  'too deep variables': {
    query: 'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { __typename } }',
    variables: { input: range(3000).reduce<object>((inner) => ({ inner }), {}) },
  },
  'too large pages of pages': {
    query:
      '{ chats(first: 100) { edges { node { messages(first: 100) { edges { node { id text seq createdAt editedAt author { id name role avatarUrl } } } } } } } }',
  },
  'too large pages by variables': {
    query:
      'query ($n: Int) { chats(first: $n) { edges { node { messages(last: $n) { edges { node { id seq text author { id name role } chat { id title externalRef } } } } } } } }',
    variables: { n: 100 },
  },
  'too large pages in an operation that is not the first': {
    query:
      'query Small { viewer { id } } query Large { chats(first: 100) { edges { node { messages(first: 100) { edges { node { id text seq createdAt editedAt author { id name role avatarUrl } } } } } } } }',
    operationName: 'Large',
  },
}

describe('an operation', () => {
  let app: TestApp
  let anna: Person
  let chatId: string
  let socket: RawSocket
  beforeAll(async () => {
    app = await startTestApp('sqlite')
    ;({ anna, chatId } = await newPair(app.url))
    socket = await connectSocket(app.url, anna.token)
  })
  afterAll(async () => {
    await socket?.close()
    await app?.close()
  })

  const post = (body: object) =>
    fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${anna.token}` },
      body: JSON.stringify(body),
    })

  it.each(Object.entries(documents))('with %s is refused with LIMIT_EXCEEDED and not run', async (name, document) => {
    app.statements.reset()
    const answer = await post(document)
    expect([200, 400]).toContain(answer.status)
    const { errors, data } = await answer.json()
    expect(errors.map((error: any) => error.extensions.code)).toEqual(['LIMIT_EXCEEDED'])
    expect(data ?? null).toBeNull()

    socket.send({ id: name, type: 'subscribe', payload: document })
    const refusal = await socket.nextOf(name)
    const shown = refusal.type === 'error' ? refusal.payload : refusal.payload.errors
    expect(shown.map((error: any) => error.extensions.code)).toEqual(['LIMIT_EXCEEDED'])
    // Nothing but looking up who asks.
    expect(app.statements.list.filter((text) => !text.includes('`User`'))).toEqual([])
  })

  it('that was refused leaves the socket open', async () => {
    expect(await operate(socket, 'still', '{ viewer { externalId } }')).toMatchObject([
      { data: { viewer: { externalId: anna.externalId } } },
    ])
  })

  it('is limited as a subscription too', async () => {
    const query = `subscription { events { ... on ChatChanged { chat { messages(first: 100) { edges { node { chat { messages(first: 100) { edges { node { id text seq createdAt editedAt author { id name role avatarUrl } } } } } } } } } } } }`
    socket.send({ id: 'stream', type: 'subscribe', payload: { query } })
    const { type, payload } = await socket.nextOf('stream')
    expect(JSON.stringify({ type, payload })).toContain('LIMIT_EXCEEDED')
  })

  it('cannot ask its way round the schema without end', async () => {
    const around = range(8).reduce((query) => `type { fields { ${query} } }`, 'name')
    const { errors } = await request(app.url, anna.token, `{ __schema { types { fields { ${around} } } } }`)
    expect(errors?.length).toBeGreaterThan(0)
    expect(['LIMIT_EXCEEDED', 'GRAPHQL_VALIDATION_FAILED']).toContain(errors?.[0]?.extensions.code)
  })

  it('is told what it cost, and what is left, whatever carries it', async () => {
    const query = 'query ($first: Int) { chats(first: $first) { edges { cursor node { id } } pageInfo { endCursor } } }'
    // The connection, and ten times: the cursor, the node and its id.
    const cost = { requested: 31, limit: maxCost, remaining: maxCost - 31 }
    const variables = { first: 10 }
    const headers = { authorization: `Bearer ${anna.token}` }
    const parameters = new URLSearchParams({ query, variables: JSON.stringify(variables) })
    const got = await (await fetch(`${app.url}/graphql?${parameters}`, { headers })).json()
    const source = await openEventSource(app.url, anna.token, query, variables)
    const [overSocket] = await operate(socket, 'cost', query, variables)
    for (const answer of [await (await post({ query, variables })).json(), got, await source.next(), overSocket]) {
      expect(answer.extensions.cost).toEqual(cost)
    }
    expect((await (await post({ query })).json()).extensions.cost.requested).toBe(61)
    const mutation = 'mutation ($id: ID!) { setTyping(chatId: $id) }'
    for (const id of [chatId, 'another']) {
      const [answer] = await operate(socket, id, mutation, { id })
      expect(answer.extensions.cost.requested).toBe(1)
      expect((await (await post({ query: mutation, variables: { id } })).json()).extensions.cost.requested).toBe(1)
    }
  })

  it('is told in the first event of a subscription what each will cost, and not again', async () => {
    const query = 'subscription { events { __typename cursor } }'
    const source = await openEventSource(app.url, anna.token, query)
    socket.send({ id: 'events', type: 'subscribe', payload: { query } })
    const next = [() => source.next(), async () => (await socket.nextOf('events')).payload]
    for (const read of next) expect((await read()).extensions.cost.requested).toBe(3)
    await say(app.url, anna, chatId, 'Привет')
    for (const read of next) expect((await read()).extensions).toBeUndefined()
    source.close()
    socket.send({ id: 'events', type: 'complete' })
  })

  it('with variables that are wrong is answered by what is wrong with them', async () => {
    const query = 'query ($first: Int) { chats(first: $first) { edges { node { id } } } }'
    const { errors } = await request(app.url, anna.token, query, { first: 'many' })
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT'])
    const tooMany = await request(app.url, anna.token, query, { first: 2_000_000_000 })
    expect(tooMany.errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT'])
  })

  it('of the dashboard has room to spare, with the largest pages', () => {
    const queries = Object.values(dashboard).filter(
      (value): value is DocumentNode =>
        typeof value === 'object' &&
        value.definitions.some((one) => one.kind === 'OperationDefinition' && one.operation !== 'mutation'),
    )
    expect(queries.length).toBeGreaterThan(4)
    for (const query of queries) {
      const variables = {
        first: 100,
        last: 100,
        fromSeq: 1,
        days: 90,
        chatId,
        id: chatId,
        text: 'text',
        search: 'text',
      }
      expect(complexityFromQuery(query, { schema, variables, ctx: {} }).complexity).toBeLessThan(maxCost / 3)
    }
  })
})
