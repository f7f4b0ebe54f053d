import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { documentLimits, maxValidationErrors } from '../../api/http/limits.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { newPair, range, say } from '../support/chat.ts'
import { request } from '../support/client.ts'
import { lengthenChat } from '../support/long-chat.ts'
import type { Person } from '../support/market.ts'
import { connectSocket, operate, type RawSocket } from '../support/socket.ts'
import { openEventSource } from '../support/sse.ts'

const chain = (count: number, on: string, last: string): string =>
  `${range(count)
    .map((index) => `fragment F${index} on ${on} { ...F${index + 1} ...F${index + 1} }`)
    .join(' ')} fragment F${count} on ${on} { ${last} }`
const typeRef = `fragment T on __Type { kind name ${'ofType { kind name '.repeat(9)}${'}'.repeat(9)} }`
/** What GraphiQL and code generators ask for. */
const introspection = `{ __schema { queryType { name } mutationType { name } subscriptionType { name } types { kind name description specifiedByURL
  fields(includeDeprecated: true) { name description args { name description type { ...T } defaultValue } type { ...T } isDeprecated deprecationReason }
  inputFields { name description type { ...T } defaultValue } interfaces { ...T } enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } possibleTypes { ...T } }
  directives { name description locations args { name description type { ...T } defaultValue } } } } ${typeRef}`
const limit = ['LIMIT_EXCEEDED']
const invalid = ['GRAPHQL_VALIDATION_FAILED']

interface Attack {
  query: string
  variables?: unknown
  /** Variables that JSON.stringify could not write. */
  json?: string
  codes: string[]
}

const attacks: Record<string, Attack> = {
  'a fragment that holds itself': {
    query: '{ viewer { ...A } } fragment A on User { id ...A }',
    codes: invalid,
  },
  'fragments that hold each other': {
    query: '{ viewer { ...A } } fragment A on User { ...B } fragment B on User { ...A }',
    codes: invalid,
  },
  'fragments that double a hundred times': { query: `{ viewer { ...F0 } } ${chain(100, 'User', 'id')}`, codes: limit },
  'fragments that double what costs': {
    query: `{ chats { edges { node { ...F0 } } } } ${chain(20, 'Chat', 'id')}`,
    codes: limit,
  },
  'aliases of a brute force': {
    query: `{ ${range(51).map((index) => `a${index}: chat(id: "${index}") { id }`)} }`,
    codes: limit,
  },
  'aliases of a brute force in fragments': {
    query: `{ ...A ...B } fragment A on Query { ${range(30).map((index) => `a${index}: chat(id: "${index}") { id }`)} } fragment B on Query { ${range(30).map((index) => `b${index}: chat(id: "${index}") { id }`)} }`,
    codes: limit,
  },
  'one alias for two things': { query: '{ a: viewer { id } a: counters { unreadChats } }', codes: invalid },
  'braces without end': { query: '{a'.repeat(10_000), codes: limit },
  'a list in a list 900 deep': { query: `{ chat(id: ${'['.repeat(450)}${']'.repeat(450)}) { id } }`, codes: invalid },
  'comments instead of a document': { query: `{ viewer { id } }${'#\n'.repeat(20_000)}`, codes: limit },
  'a text without end': { query: `{ chat(id: "${'x'.repeat(40_000)}") { id } }`, codes: limit },
  'a thousand unknown directives': { query: `{ viewer { id ${'@x'.repeat(400)} } }`, codes: limit },
  'directives that are repeated': { query: `{ viewer { id ${'@include(if: true)'.repeat(3)} } }`, codes: invalid },
  'introspection of types in types': {
    query: '{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }',
    codes: invalid,
  },
  'introspection twice': {
    query: introspection
      .replace('{ __schema', '{ a: __schema { ...S } b: __schema { ...S } c: __schema')
      .concat(
        ' fragment S on __Schema { types { name fields(includeDeprecated: true) { name description args { name description type { ...T } defaultValue } type { ...T } } inputFields { name type { ...T } } } }',
      ),
    codes: limit,
  },
  'an introspection chain 300 long': {
    query: `{ __schema { types { fields { type { ${'ofType { '.repeat(300)}name${' }'.repeat(300)} } } } } }`,
    codes: [],
  },
  'variables 10,000 deep': {
    query: 'query ($x: ID!) { chat(id: $x) { id } }',
    json: `${'{"x":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
    codes: limit,
  },
  'a list of 10,000 in a list of 2': {
    query: 'mutation ($ids: [ID!]) { markNotificationsRead(ids: $ids) { unreadChats } }',
    variables: { ids: range(10_000).map(() => '') },
    codes: limit,
  },
  'a list of 9000 wrong items': {
    query: 'mutation ($ids: [ID!]) { markNotificationsRead(ids: $ids) { unreadChats } }',
    variables: { ids: range(9000).map(() => ({})) },
    codes: ['BAD_USER_INPUT'],
  },
  'more ids than may be marked at once': {
    query: 'mutation ($ids: [ID!]) { markNotificationsRead(ids: $ids) { unreadChats } }',
    variables: { ids: range(1500).map((index) => `ntf_${index.toString(16).padStart(32, '0')}`) },
    codes: ['BAD_USER_INPUT'],
  },
  'an input field that is a prototype': {
    query: 'mutation ($i: SendMessageInput!) { sendMessage(input: $i) { __typename } }',
    variables: JSON.parse('{"i":{"chatId":"x","text":"y","__proto__":{"polluted":1}}}'),
    codes: ['BAD_USER_INPUT'],
  },
  'a variable that is called like a prototype': {
    query: 'query ($constructor: ID!, $__proto__: ID) { chat(id: $constructor) { id } b: chat(id: $__proto__) { id } }',
    variables: {},
    codes: invalid,
  },
}

describe('a document of an attacker', () => {
  let app: TestApp
  let anna: Person
  let dmitry: Person
  let chatId: string
  let socket: RawSocket
  beforeAll(async () => {
    app = await startTestApp('sqlite')
    ;({ anna, dmitry, chatId } = await newPair(app.url))
    socket = await connectSocket(app.url, anna.token)
  })
  afterAll(async () => {
    await socket.close()
    await app.close()
  })

  const post = async (body: string, token: string = anna.token) => {
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body,
    })
    return { status: response.status, ...(await response.json()) }
  }
  const codes = (errors: any[] | undefined) => [...new Set((errors ?? []).map(({ extensions }) => extensions?.code))]

  it.each(Object.entries(attacks))('gets its answer over HTTP and WebSocket: %s', async (name, attack) => {
    const variables = attack.json ?? JSON.stringify(attack.variables ?? {})
    const payload = `{"query":${JSON.stringify(attack.query)},"variables":${variables}}`
    const answer = await post(payload)
    expect([answer.status, codes(answer.errors)]).toEqual([expect.toBeOneOf([200, 400]), attack.codes])

    socket.send(`{"id":${JSON.stringify(name)},"type":"subscribe","payload":${payload}}`)
    const { type, payload: told } = await socket.nextOf(name)
    expect(codes(type === 'error' ? told : told.errors)).toEqual(attack.codes)
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  it.each([
    ['unknown fields', `{ ${range(400).map((index) => `unknownField${index}`)} }`],
    ['unknown types', `{ ${range(100).map((index) => `... on UnknownType${index} { id }`)} }`],
    ['unknown arguments', `{ chats(${range(300).map((index) => `unknown${index}: 1`)}) { edges { cursor } } }`],
    ['variables that nothing uses', `query (${range(200).map((index) => `$v${index}: ID`)}) { viewer { id } }`],
    ['fragments that nothing uses', `{ viewer { id } } ${'fragment F on User { id } '.repeat(100)}`],
  ])('is told a few of its mistakes, and not looked through for all of them: %s', async (_name, query) => {
    const { errors } = await post(JSON.stringify({ query }))
    expect(codes(errors)).toEqual(invalid)
    // The last one says that there are more.
    expect(errors.length).toBe(maxValidationErrors + 1)
    socket.send({ id: 'mistakes', type: 'subscribe', payload: { query } })
    expect((await socket.nextOf('mistakes')).payload).toHaveLength(maxValidationErrors + 1)
  })

  it('is refused an answer that is too long, on every transport, and none of it is sent', async () => {
    const { anna, dmitry, chatId } = await newPair(app.url)
    const socket = await connectSocket(app.url, anna.token)
    await say(app.url, dmitry, chatId, 'Первое')
    await lengthenChat(app.database, chatId, 100)
    const pages = (name: string) =>
      `($id: ID!) { ${range(10).map((i) => `a${i}: messages(chatId: $id, first: 100) { ...P }`)} } fragment P on MessageConnection { edges { node { ${name}: seq } } }`
    const long = pages('x'.repeat(20_000))
    const usual = pages('x'.repeat(200))
    const transports: [string, (query: string) => Promise<any>][] = [
      ['POST', (query) => post(JSON.stringify({ query, variables: { id: chatId } }), anna.token)],
      [
        'SSE',
        async (query) => {
          const source = await openEventSource(app.url, anna.token, query, { id: chatId })
          const answer = await source.next()
          source.close()
          return answer
        },
      ],
      ['WebSocket', async (query) => (await operate(socket, 'long', query, { id: chatId }))[0]],
    ]
    for (const [transport, ask] of transports) {
      const { data, errors } = await ask(`query ${long}`)
      expect([transport, data, codes(errors)]).toEqual([transport, null, limit])
      const { data: shown } = await ask(`query ${usual}`)
      expect([transport, Object.keys(shown).length, shown.a9.edges.length]).toEqual([transport, 10, 100])
    }
    const events = `subscription { events { ... on MessageAdded { message { chat { ${range(10).map((i) => `a${i}: messages(first: 100) { ...P }`)} } } } } } fragment P on MessageConnection { edges { node { ${'x'.repeat(20_000)}: seq } } }`
    socket.send({ id: 'events', type: 'subscribe', payload: { query: events } })
    await socket.nextOf('events')
    const source = await openEventSource(app.url, anna.token, events)
    await source.next()
    await say(app.url, dmitry, chatId, 'Сто первое')
    const told = await socket.nextOf('events')
    expect([told.type, codes(told.payload)]).toEqual(['error', limit])
    expect(codes((await source.next()).errors)).toEqual(limit)
    await source.ended
    await socket.close()
  })

  it('may be the introspection that tools send, and costs what fits once', async () => {
    const { data, extensions } = await post(JSON.stringify({ query: introspection }))
    expect(data.__schema.types.length).toBeGreaterThan(50)
    expect(extensions.cost.requested).toBeGreaterThan(extensions.cost.limit / 10)
    expect(extensions.cost.requested).toBeLessThan(extensions.cost.limit)
  })

  it('is kept in memory only as long as there is room', async () => {
    const { createDocumentCache } = await import('../../api/http/document-cache.ts')
    const { documentCache } = createDocumentCache()
    const textOf = (index: number) => `${index} ${'x'.repeat(documentLimits.characters - 10)}`
    for (const index of range(100)) documentCache.set(textOf(index), { kind: 'Document', definitions: [] } as never)
    expect(range(100).filter((index) => documentCache.get(textOf(index))).length).toBeLessThan(20)
    expect(documentCache.get(textOf(99))).toBeDefined()
  })

  it.each([
    '{"query":"{ __typename }","operationName":7}',
    '{"query":"{ __typename }","operationName":""}',
    '{"query":"{ __typename }","operationName":"__proto__"}',
    '{"query":"query A { __typename }","operationName":"constructor"}',
    '{"query":"{ __typename }","extensions":"x"}',
    '{"query":"{ __typename }","extensions":[1]}',
    '{"query":"{ __typename }","extensions":7}',
    '{"query":"{ __typename }","variables":[1]}',
    '{"query":"{ __typename }","variables":7}',
    '{"query":["{ __typename }"]}',
    '{"query":{"a":1}}',
    '{"query":""}',
    '{"query":"#"}',
    '{"query":"type A { a: Int }"}',
    '{"query":"fragment A on User { id }"}',
    '{"query":"{ __typename }","surprise":1}',
    '{"id":1}',
    'null',
    'true',
    '""',
    '[]',
    '[null]',
    '{"query":"{ __typename }"}{"query":"{ __typename }"}',
    '\ufeff{"query":"{ __typename }"}',
    '{"query":"{ \\u0000 }"}',
    '{"query":"{ \\ud800 }"}',
  ])('in an odd envelope is refused with a code, and no 5xx: %j', async (body) => {
    const { status, errors } = await post(body)
    expect(status).toBeLessThan(500)
    for (const { extensions } of errors ?? []) {
      expect(['BAD_USER_INPUT', 'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED']).toContain(extensions?.code)
    }
    expect(JSON.stringify(errors ?? [])).not.toMatch(/\/api\/|node_modules|at .*:\d+:\d+/)
  })

  it.each([
    '?query=',
    '?query=%00',
    '?query={__typename}&variables=x',
    '?query={__typename}&variables=[1]',
    '?query={__typename}&extensions=x',
    '?query={__typename}&query={viewer{id}}',
    '?query[]={__typename}',
    '?query=%ff%fe',
    `?query={__typename}&variables=${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`,
  ])('in an odd URL is answered without a 5xx: %s', async (search) => {
    const response = await fetch(`${app.url}/graphql${search}`, { headers: { authorization: `Bearer ${anna.token}` } })
    expect(response.status).toBeLessThan(500)
    expect(await response.text()).not.toContain('INTERNAL_SERVER_ERROR')
  })

  it('finds every id that can’t be one as foreign as others, wherever it stands', async () => {
    const { __schema } = (
      await post(
        '{"query":"{ __schema { types { kind name fields { name type { ...T } args { name type { ...T } } } inputFields { name type { ...T } } } } } fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }"}',
      )
    ).data
    const nameOf = (type: any): string => (type.ofType ? nameOf(type.ofType) : type.name)
    const typeOf = (name: string) => __schema.types.find((type: any) => type.name === name)
    const cases: { call: string; kind: 'query' | 'mutation' }[] = []
    const literalOf = (type: any, id: string): string => {
      if (type.kind === 'NON_NULL') return literalOf(type.ofType, id)
      if (type.kind === 'LIST') return `[${literalOf(type.ofType, id)}]`
      if (type.kind === 'ENUM') return 'CLIENT'
      if (type.name === 'ID') return id
      if (type.name === 'Boolean') return 'true'
      if (type.name === 'Int') return '1'
      if (type.kind === 'INPUT_OBJECT')
        return `{ ${typeOf(type.name)
          .inputFields.filter((field: any) => field.type.kind === 'NON_NULL' || nameOf(field.type) === 'ID')
          .map((field: any) => `${field.name}: ${literalOf(field.type, id)}`)
          .join(', ')} }`
      return '"x"'
    }
    const hasId = (type: any): boolean =>
      nameOf(type) === 'ID' ||
      (typeOf(nameOf(type))?.inputFields ?? []).some((field: any) => nameOf(field.type) === 'ID')
    const ids = [
      '""',
      '"0"',
      '7',
      `"${'x'.repeat(5000)}"`,
      '"\\u0000"',
      '"chat_\' OR 1=1 --"',
      '"__proto__"',
      `"chat_${'0'.repeat(32)}"`,
    ]
    for (const [kind, root] of [
      ['query', 'Query'],
      ['mutation', 'Mutation'],
    ] as const) {
      for (const field of typeOf(root).fields) {
        if (!field.args.some((arg: any) => hasId(arg.type))) continue
        const isLeaf = ['SCALAR', 'ENUM'].includes(typeOf(nameOf(field.type)).kind)
        for (const id of ids) {
          const args = field.args
            .filter((arg: any) => arg.type.kind === 'NON_NULL' || hasId(arg.type))
            .map((arg: any) => `${arg.name}: ${literalOf(arg.type, id)}`)
          cases.push({ kind, call: `${field.name}(${args.join(', ')})${isLeaf ? '' : ' { __typename }'}` })
        }
      }
    }
    expect(cases.length).toBeGreaterThan(9 * ids.length)
    for (const { kind, call } of cases) {
      const { errors, data } = await post(JSON.stringify({ query: `${kind} { ${call} }` }))
      expect([call, codes(errors), data ?? null]).toEqual([call, ['FORBIDDEN'], null])
    }
  })

  it('gets nothing by a cursor that was altered, is another’s, or is of another list', async () => {
    for (const text of ['Раз', 'Два', 'Три']) await say(app.url, anna, chatId, text)
    const read = async (who: Person) => {
      const { data } = await request(
        app.url,
        who.token,
        'query ($id: ID!) { chats { pageInfo { endCursor } } messages(chatId: $id) { pageInfo { endCursor } } notifications { pageInfo { endCursor } } }',
        { id: chatId },
      )
      return Object.fromEntries(Object.entries<any>(data).map(([list, { pageInfo }]) => [list, pageInfo.endCursor]))
    }
    const [own, others] = [await read(anna), await read(dmitry)]
    const cursor: string = own.messages
    const bad = [
      others.messages,
      others.notifications,
      others.chats,
      own.chats,
      '',
      ' ',
      `${cursor} `,
      `${cursor}=`,
      cursor.slice(0, -1),
      cursor.slice(1),
      (cursor.startsWith('A') ? 'B' : 'A') + cursor.slice(1),
      cursor.toUpperCase(),
      `${cursor}${cursor}`,
      Buffer.from('[1]').toString('base64url'),
      Buffer.from('000000000[9e999]').toString('base64url'),
      'x'.repeat(50_000),
      '\u0000',
      'я',
      '\ud800',
      '__proto__',
    ]
    for (const wrong of bad) {
      const { errors } = await request(
        app.url,
        anna.token,
        'query ($id: ID!, $after: String) { messages(chatId: $id, after: $after) { edges { cursor } } }',
        { id: chatId, after: wrong },
      )
      expect([wrong, codes(errors)]).toEqual([wrong, ['BAD_USER_INPUT']])
      socket.send({
        id: 'cursor',
        type: 'subscribe',
        payload: {
          query: 'subscription ($after: String) { events(after: $after) { cursor } }',
          variables: { after: wrong },
        },
      })
      const { type, payload } = await socket.nextOf('cursor')
      expect([wrong, codes(type === 'error' ? payload : payload.errors)]).toEqual([wrong, ['BAD_USER_INPUT']])
      if (type === 'next') await socket.nextOf('cursor')
    }
  })
})
