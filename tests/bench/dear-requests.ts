import { worstTexts } from '../guard/worst-texts.ts'
import { range } from '../support/chat.ts'
import { request } from '../support/client.ts'
import { connectSocket, operate } from '../support/socket.ts'
import type { Attack, Target } from './floods.ts'

const query = (text: string, variables?: unknown) => JSON.stringify({ query: text, variables })

const post =
  (body: (index: number, target: Target) => string, count: number, atOnce = 10): Attack =>
  async (target) => {
    const statuses = new Map<string, number>()
    let next = 0
    const worker = async () => {
      while (next < count) {
        const response = await fetch(`${target.url}/graphql`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            authorization: `Bearer ${target.token}`,
          },
          body: body(next++, target),
        })
        const text = await response.text()
        const key = `${response.status} ${/"code":"(\w+)"/.exec(text)?.[1] ?? `ok (${text.length})`}`
        statuses.set(key, (statuses.get(key) ?? 0) + 1)
      }
    }
    await Promise.all(range(atOnce).map(worker))
    return [...statuses].map(([key, n]) => `${n} x ${key}`).join(', ')
  }

const fullIntrospection =
  '__schema { types { kind name description fields(includeDeprecated: true) { name description args { name description type { ...T } defaultValue } type { ...T } isDeprecated deprecationReason } inputFields { name description type { ...T } } interfaces { ...T } enumValues { name description } possibleTypes { ...T } } }'
const typeRef = 'fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }'
const comments = (index: number) => `{ __typename } #${index}\n${'#\n'.repeat(16_000)}`
const bytesOf = (index: number) => `{ __typename } # ${index} ${'я'.repeat(30_000)}`
const overlap = `{ viewer { ${'id '.repeat(980)} } }`
const overlapFragments = `{ viewer { ${range(100)
  .map((i) => `...F${i}`)
  .join(' ')} } } ${range(100)
  .map((i) => `fragment F${i} on User { name id }`)
  .join(' ')}`
const overlapNested = `{ chats { edges { node { ${'participants { user { id } } '.repeat(110)} } } } }`
const chain = `{ viewer { ...F0 } } ${range(95)
  .map((i) => `fragment F${i} on User { ...F${i + 1} ...F${i + 1} }`)
  .join(' ')} fragment F95 on User { id }`
const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`

const dearest =
  '{ chats(first: 100) { edges { node { messages(last: 100) { edges { node { id seq text createdAt author { id name role } } } } } } } }'

/** Little of what costs much. */
export const dearRequests: Readonly<Record<string, Attack>> = {
  'documents of 32,000 characters': post((index) => query(bytesOf(index)), 200),
  'documents of comments': post((index) => query(comments(index)), 200),
  'variables 10,000 deep': post(() => `{"query":"{ __typename }","variables":${deep(10_000)}}`, 50),
  'body 40,000 deep': post(() => deep(40_000), 50),
  'a list of 100,000': post(
    () =>
      query('mutation ($ids: [ID!]) { markNotificationsRead(ids: $ids) { unreadChats } }', {
        ids: range(100_000).map(() => ''),
      }),
    50,
  ),
  'a list of 9,900': post(
    () =>
      query('mutation ($ids: [ID!]) { markNotificationsRead(ids: $ids) { unreadChats } }', {
        ids: range(9900).map(() => 'x'),
      }),
    30,
  ),
  'a list of 9,900 wrong items': post(
    () =>
      query('mutation ($ids: [ID!]) { markNotificationsRead(ids: $ids) { unreadChats } }', {
        ids: range(9900).map(() => ({})),
      }),
    30,
  ),
  'fields that may overlap': post((index) => query(`${overlap} #${index}`), 20, 1),
  'fragments that may overlap': post((index) => query(`${overlapFragments} #${index}`), 20, 1),
  'lists that may overlap': post((index) => query(`${overlapNested} #${index}`), 20, 1),
  'a chain of fragments': post((index) => query(`${chain} #${index}`), 20, 1),
  'circular fragments': post(
    (index) =>
      query(
        `{ viewer { ...A } } ${range(130)
          .map((i) => `fragment ${i ? `F${i}` : 'A'} on User { ...F${i + 1} }`)
          .join(' ')} fragment F130 on User { ...A } #${index}`,
      ),
    20,
    1,
  ),
  'unknown names': post(
    (index) =>
      query(
        `{ ${range(980)
          .map((i) => `unknownField${i}`)
          .join(' ')} } #${index}`,
      ),
    20,
    1,
  ),
  'the introspection of GraphiQL': post(() => query(`{ ${fullIntrospection} } ${typeRef}`), 20, 1),
  'fifty introspections': post(
    () =>
      query(
        `{ ${range(50)
          .map((i) => `a${i}: __schema { ...S }`)
          .join(
            ' ',
          )} } fragment S on __Schema { types { fields(includeDeprecated: true) { name description args { name description type { ...T } } type { ...T } } } } ${typeRef}`,
      ),
    3,
    1,
  ),
  'deep introspection': post(
    () =>
      query(
        '{ __schema { types { fields { type { fields { name description type { name } args { name type { name } } } } args { type { inputFields { name type { name } } } } } } } }',
      ),
    5,
    1,
  ),
  'a long ofType chain': post(
    () => query(`{ __schema { types { fields { type { ${'ofType { '.repeat(300)}name${' }'.repeat(300)} } } } } }`),
    5,
    1,
  ),
  'the worst texts fifty times': post(
    (index, { chatId }) =>
      query(
        `query ($id: ID!, $text: String!) { ${range(50)
          .map((i) => `a${i}: checkText(chatId: $id, text: $text) { allowed }`)
          .join(' ')} }`,
        { id: chatId, text: worstTexts[index % worstTexts.length]?.[1] },
      ),
    worstTexts.length,
    1,
  ),
  'the worst texts': post(
    (index, { chatId }) =>
      query(`query ($id: ID!, $text: String!) { checkText(chatId: $id, text: $text) { allowed } }`, {
        id: chatId,
        text: worstTexts[index % worstTexts.length]?.[1],
      }),
    worstTexts.length,
    1,
  ),
  '100,000 combining marks': post(
    (_index, { chatId }) =>
      query('mutation ($input: SendMessageInput!) { sendMessage(input: $input) { __typename } }', {
        input: { chatId, text: `а${'\u0301'.repeat(100_000)}` },
      }),
    20,
    1,
  ),
  'a text of 200,000 spaces': post(
    (_index, { chatId }) =>
      query('mutation ($input: SendMessageInput!) { sendMessage(input: $input) { __typename } }', {
        input: { chatId, text: `а${' '.repeat(200_000)}а` },
      }),
    20,
    1,
  ),
  'a text of 120,000 letters': post(
    (_index, { chatId }) =>
      query('query ($id: ID!, $text: String!) { checkText(chatId: $id, text: $text) { allowed } }', {
        id: chatId,
        text: 'а'.repeat(120_000),
      }),
    20,
    1,
  ),
  'fifty pages of a hundred': post(
    () =>
      query(
        `{ ${range(49)
          .map(
            (i) => `a${i}: chats(first: 100) { edges { node { id title lastSeq participants { user { id name } } } } }`,
          )
          .join(' ')} }`,
      ),
    3,
    1,
  ),
  'fifty sends in one operation': post(
    (index, { chatId }) =>
      query(
        `mutation ($id: ID!) { ${range(50)
          .map((i) => `a${i}: sendMessage(input: { chatId: $id, text: "${index} ${i}" }) { __typename }`)
          .join(' ')} }`,
        { id: chatId },
      ),
    3,
    1,
  ),
  'the dearest answer': post(() => query(dearest), 3, 1),
  'the dearest answer by GET': async ({ url, token }) => {
    const headers = { authorization: `Bearer ${token}` }
    const answer = await fetch(`${url}/graphql?${new URLSearchParams({ query: dearest })}`, { headers })
    return `${(await answer.text()).length} characters`
  },
  'the dearest answer over a WebSocket': async ({ url, token }) => {
    const socket = await connectSocket(url, token)
    const [{ data }] = await operate(socket, '1', dearest)
    await socket.close()
    return `${data.chats.edges.length} chats`
  },
  'answers that are too long': post(
    () =>
      query(
        `{ chats(first: 100) { edges { node { messages(last: 100) { edges { node { ${'x'.repeat(30_000)}: seq } } } } } } }`,
      ),
    3,
    1,
  ),
  'tokens of 8000 characters': async ({ url }) => {
    for (const index of range(130))
      await request(url, `${'A'.repeat(2000)}.${'B'.repeat(6000)}.${index}`, '{ viewer { id } }')
    return 'refused'
  },
}
