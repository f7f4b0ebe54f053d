import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { newPair } from '../support/chat.ts'
import type { Person } from '../support/market.ts'

const accepts = [
  'application/json',
  'application/graphql-response+json',
  'application/graphql-response+json, application/json;q=0.9',
  'application/json; charset=utf-8, */*',
  'text/plain, application/*',
  '*/*',
]

const requests: [string, object][] = [
  ['a query', { query: '{ counters { unreadMessages } }' }],
  ['a named operation of several', { query: 'query A { __typename } query B { viewer { name } }', operationName: 'B' }],
  ['an operation that is not named', { query: 'query A { __typename } query B { viewer { name } }' }],
  ['an operation that is not there', { query: 'query A { __typename }', operationName: 'C' }],
  ['variables', { query: 'query ($n: Int) { chats(first: $n) { edges { node { title } } } }', variables: { n: 1 } }],
  ['a wrong variable', { query: 'query ($n: Int) { chats(first: $n) { edges { cursor } } }', variables: { n: 'x' } }],
  ['a missing variable', { query: 'query ($id: ID!) { chat(id: $id) { title } }' }],
  ['a field that is not there', { query: '{ nothing }' }],
  ['what is no document', { query: '{ viewer {' }],
  ['an error of a field', { query: '{ chat(id: "chat_x") { title } }' }],
  ['a page that is too large', { query: '{ chats(first: 1000) { edges { cursor } } }' }],
  ['too much', { query: `{ ${'viewer { id } '.repeat(400)} }` }],
  ['extensions', { query: '{ __typename }', extensions: { any: 1 } }],
]

describe('a POST', () => {
  let app: TestApp
  let anna: Person
  beforeAll(async () => {
    app = await startTestApp('sqlite')
    ;({ anna } = await newPair(app.url))
  })
  afterAll(() => app.close())

  async function ask(method: 'GET' | 'POST', parameters: object, accept: string) {
    const url = new URL(`${app.url}/graphql`)
    if (method === 'GET')
      for (const [name, value] of Object.entries(parameters))
        url.searchParams.set(name, typeof value === 'string' ? value : JSON.stringify(value))
    const response = await fetch(url, {
      method,
      headers: { accept, authorization: `Bearer ${anna.token}`, 'content-type': 'application/json' },
      ...(method === 'POST' && { body: JSON.stringify(parameters) }),
    })
    return { status: response.status, type: response.headers.get('content-type'), body: await response.text() }
  }

  it.each(requests)('with %s is answered as the same GET is, in every media type', async (_name, parameters) => {
    for (const accept of accepts) {
      expect(await ask('POST', parameters, accept), accept).toEqual(await ask('GET', parameters, accept))
    }
  })

  // Server-sent events of what is no subscription go all the way through Yoga.
  it.each(requests)('with %s is answered with what Yoga says', async (_name, parameters) => {
    const { body } = await ask('POST', parameters, 'application/json')
    expect((await ask('POST', parameters, 'text/event-stream')).body).toContain(`\ndata: ${body}\n`)
  })
})
