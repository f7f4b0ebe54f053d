import { getOperationAST, parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../../api/context.ts'
import { createDirectSends } from '../../api/http/direct-send.ts'
import { providers, startTestApp, type TestApp } from '../support/app.ts'
import { newChat, newPair } from '../support/chat.ts'
import { operation } from '../support/dashboard-operations.ts'
import { createChat, type Person } from '../support/market.ts'

const everything = /* GraphQL */ `
  mutation Send($input: SendMessageInput!) {
    kind: __typename
    done: sendMessage(input: $input) {
      __typename
      ... on SendMessageResult { ... on SendMessageSuccess { duplicate } }
      ... on SendMessageSuccess {
        sent { ...M again: text chat { id title externalRef lastSeq unread: unreadCount muted createdAt lastActivityAt } }
        sent { id author { externalId role avatarUrl online } }
      }
      ... on Error { message }
      ... on ContactDataRefused { findings { kind start end rule message } }
      ... on InvalidText { reason }
      ... on RateLimited { retryAfterMs }
    }
    after: __typename
  }
  fragment M on Message { __typename id seq text createdAt editedAt deletedAt clientMessageId author { id name } }`

/** A directive has GraphQL word the answer. */
const asGraphql = (query: string) => query.replace('duplicate', 'duplicate @include(if: true)')

const texts = [
  'Раз "в кавычках" \\ и\nс новой строки 🙂',
  ' \u2028 обрезанное ',
  'звоните 8 916 123-45-67',
  ' ',
  'a\u0000b',
]

describe('of what is known of its document', () => {
  const cursors = {} as Context['cursors']
  const presence = {} as Context['presence']
  const sent: object[] = []
  const messages = {
    send: async (_author: object, input: object) => {
      sent.push(input)
      throw new Error('not now')
    },
  } as unknown as Context['messages']
  const viewer = { kind: 'user', userId: 'user_1', locale: null, expiresAtMs: 0 } as const

  /** Whether a second request by a document would be a message without GraphQL. */
  function isDirect(query: string, first: Record<string, unknown>, second = first): boolean {
    const sends = createDirectSends({ messages, cursors, presence })
    const document = parse(query)
    const asked = getOperationAST(document)
    if (!asked) throw new Error('which operation?')
    const context = { viewer, requestId: '', receivedAtMs: performance.now() } as Context
    sends.learn({ query, variables: first }, document, asked, context)
    const begun = sends.begin({ query, variables: second }, context)
    begun?.result.catch(() => undefined)
    return begun !== null
  }
  const usual = { input: { chatId: 'chat_1', text: 'Привет' } }

  it('a message goes by it where it is what the type asks for, and nothing more', () => {
    for (const query of [operation('SendMessage'), everything]) {
      expect(isDirect(query, usual)).toBe(true)
      expect(isDirect(asGraphql(query), usual)).toBe(false)
      const { input } = usual
      expect(isDirect(query, usual, { input: { ...input, clientMessageId: null } })).toBe(true)
      for (const other of [
        {},
        { input: null },
        { input: [input] },
        { ...usual, more: 1 },
        { input: { ...input, more: 1 } },
        { input: { ...input, chatId: 1 } },
        { input: { chatId: 'chat_1' } },
        { input: { ...input, clientMessageId: 1 } },
      ])
        expect(isDirect(query, usual, other), JSON.stringify(other)).toBe(false)
    }
    expect(isDirect(everything.replace('after: __typename', 'setTyping(chatId: "chat_1")'), usual)).toBe(false)
    expect(
      isDirect(
        everything
          .replace('done: sendMessage(input: $input)', 'done: sendMessage(input: { chatId: "chat_1", text: "" })')
          .replace('($input: SendMessageInput!)', ''),
        usual,
      ),
    ).toBe(false)
    expect(isDirect(everything.replace('online', 'nothing'), usual)).toBe(false)
  })
})

describe.each(providers)('sendMessage on %s', (provider) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp(provider)
  })
  afterAll(() => app.close())

  async function post(who: Person, query: string, variables: object, accept: string) {
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { accept, authorization: `Bearer ${who.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    })
    return { status: response.status, type: response.headers.get('content-type'), body: await response.text() }
  }

  /** What tells two messages apart that are otherwise the same, and where an error stands in its document. */
  const withoutPlace = (body: string) =>
    body
      .replace(/(msg|chat)_[0-9a-f]{32}/g, '$1')
      .replace(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, '"time"')
      .replace(/"order-[^"]+"/g, '"order"')
      .replace(/"locations":\[[^\]]*\]/g, '"locations":[]')

  it.each([
    ['what the dashboard asks for', operation('SendMessage')],
    ['everything', everything],
  ])('says %s as GraphQL does, of messages, refusals, retries and errors', async (_what, query) => {
    const { chatId: direct, anna, dmitry } = await newPair(app.url)
    const whole = await createChat(app.url, [anna, dmitry])
    const foreign = await newChat(app.url, 'elena', 'oleg')
    for (const accept of ['application/json', 'application/graphql-response+json']) {
      const named = (chatId: string) => ({ chatId, text: 'С именем', clientMessageId: `"\\ ${chatId} ${accept}` })
      const inputs: ((chatId: string) => object | undefined)[] = [
        ...texts.map((text) => (chatId: string) => ({ chatId, text })),
        named,
        named,
        (chatId) => ({ ...named(chatId), text: 'Другой текст' }),
        (chatId) => ({ chatId, text: 'Без имени', clientMessageId: null }),
        (chatId) => ({ chatId, text: 'Привет', clientMessageId: '' }),
        () => ({ chatId: foreign.chatId, text: 'Привет' }),
        () => ({ chatId: 1, text: 'Привет' }),
        (chatId) => ({ chatId }),
        (chatId) => ({ chatId, text: 'Привет', more: 1 }),
        () => undefined,
      ]
      for (const inputFor of inputs) {
        const said = await post(anna, query, { input: inputFor(direct) }, accept)
        const wanted = await post(anna, asGraphql(query), { input: inputFor(whole) }, accept)
        expect({ ...said, body: withoutPlace(said.body) }, JSON.stringify(inputFor(''))).toEqual({
          ...wanted,
          body: withoutPlace(wanted.body),
        })
      }
    }
  })
})
