// @vitest-environment happy-dom
import { Client, fetchExchange, formatDocument, stringifyDocument, subscriptionExchange } from '@urql/core'
import { beforeEach, describe, expect, it } from 'vitest'
import { createCacheExchange } from '../../client/graphql/cache.ts'
import {
  ChatsDocument,
  DashboardDocument,
  EventsDocument,
  MessagesDocument,
  NotificationsDocument,
  SendMessageDocument,
} from '../../client/graphql/generated/graphql.ts'
import { FakeApi, type FakeEvent } from './support/fake-api.ts'

// As urql sends it: with every __typename.
const EVENTS = stringifyDocument(formatDocument(EventsDocument))

let api: FakeApi
let client: Client
let push: (result: object) => void

beforeEach(() => {
  api = new FakeApi()
  client = new Client({
    url: 'http://api.test/graphql',
    fetch: api.fetch,
    preferGetMethod: false,
    exchanges: [
      createCacheExchange(),
      subscriptionExchange({
        forwardSubscription: () => ({
          subscribe: (sink) => {
            push = (result) => sink.next(result)
            return { unsubscribe: () => {} }
          },
        }),
      }),
      fetchExchange,
    ],
  })
  client.subscription(EventsDocument, {}).subscribe(() => {})
})

const apply = async (...events: FakeEvent[]) => {
  for (const event of events) push(await api.deliver(EVENTS, event))
}

const messagesOf = (chatId: string) => ({ chatId, last: 5 })

/** What the screen shows, from the cache alone or by a fresh fetch. */
async function screen(requestPolicy: 'cache-only' | 'network-only', from = client) {
  const [dashboard, chats, messages, notifications] = await Promise.all([
    from.query(DashboardDocument, {}, { requestPolicy }),
    from.query(ChatsDocument, { first: 20 }, { requestPolicy }),
    from.query(MessagesDocument, messagesOf('a'), { requestPolicy }),
    from.query(NotificationsDocument, { first: 20 }, { requestPolicy }),
  ])
  return {
    counters: dashboard.data?.counters,
    chats: chats.data?.chats.edges.map(({ node }) => node),
    messages: messages.data?.messages.edges.map(({ node }) => node),
    notifications: notifications.data?.notifications.edges.map(({ node }) => ({
      ...node,
      // The event tells when it was read up to its own moment; that it was read is what counts.
      readAt: node.readAt !== null,
    })),
  }
}

const eventsSince = (count: number) => api.events.slice(count)

function seed() {
  api.addChat('a')
  api.addChat('b')
  api.addMessage('a', 'expert', 'Здравствуйте')
  api.addMessage('b', 'expert', 'Когда срок?')
}

/** A day of everything that can happen. */
function live() {
  api.addMessage('a', 'expert', 'Готово')
  api.addMessage('a', 'me', 'Спасибо', 'cm-1')
  api.readChat('a', 'expert', 3)
  api.readChat('b', 'me', 1)
  api.addChat('c')
  api.addMessage('c', 'expert', 'Новый заказ')
  api.deleteMessage('a-2')
  api.setMuted('c', true)
  api.readNotifications(['n-a-1'])
  api.leaveChat('b')
}

describe('events over an old state', () => {
  it('give what a fresh fetch would give', async () => {
    seed()
    await screen('network-only')
    const seen = api.events.length
    // Events of a chat that is left meanwhile are not delivered (protocol.md), but its ChatLeft is.
    live()
    await apply(...eventsSince(seen).filter(({ __typename, chat }) => __typename === 'ChatLeft' || !isOfLeftChat(chat)))
    const cached = await screen('cache-only')
    expect(cached).toEqual(await screen('network-only'))
    expect(cached.chats?.map(({ id }) => id)).toEqual(['c', 'a'])
    expect(cached.messages).toHaveLength(3)
  })

  it('change nothing when they are applied again', async () => {
    seed()
    await screen('network-only')
    const seen = api.events.length
    api.addMessage('a', 'expert', 'Готово')
    api.readChat('a', 'me', 2)
    await apply(...eventsSince(seen))
    const once = await screen('cache-only')
    await apply(...eventsSince(seen))
    expect(await screen('cache-only')).toEqual(once)
  })
})

const isOfLeftChat = (chat: unknown) => {
  if (typeof chat !== 'function') return false
  try {
    chat()
    return false
  } catch {
    return true
  }
}

describe('an own message', () => {
  const send = () =>
    client
      .mutation(SendMessageDocument, { input: { chatId: 'a', text: 'Привет', clientMessageId: 'cm-9' } })
      .toPromise()

  it('appears once when the answer comes before its event', async () => {
    seed()
    await screen('network-only')
    const seen = api.events.length
    await send()
    const answered = await screen('cache-only')
    expect(answered.messages?.map(({ text }) => text)).toEqual(['Здравствуйте', 'Привет'])
    expect(answered.chats?.[0]?.lastMessage?.text).toBe('Привет')
    await apply(...eventsSince(seen))
    expect(await screen('cache-only')).toEqual(await screen('network-only'))
  })

  it('appears once when its event comes before the answer', async () => {
    seed()
    await screen('network-only')
    const seen = api.events.length
    const sent = api.addMessage('a', 'me', 'Привет', 'cm-9')
    await apply(...eventsSince(seen))
    await send()
    const cached = await screen('cache-only')
    expect(cached.messages?.filter(({ id }) => id === sent.id)).toHaveLength(1)
    expect(cached).toEqual(await screen('network-only'))
  })

  it('does not move the chat back when its answer comes after a newer message', async () => {
    seed()
    await screen('network-only')
    const seen = api.events.length
    api.addMessage('a', 'me', 'Привет', 'cm-9')
    api.addMessage('a', 'expert', 'И вам')
    await apply(...eventsSince(seen))
    await send()
    const cached = await screen('cache-only')
    expect(cached.chats?.[0]?.lastMessage?.text).toBe('И вам')
    expect(cached.chats?.[0]?.lastSeq).toBe(3)
  })
})

describe('message history', () => {
  it('joins older pages to the newest ones', async () => {
    api.addChat('a')
    for (let n = 1; n <= 12; n += 1) api.addMessage('a', 'expert', `№${n}`)
    const first = await client.query(MessagesDocument, messagesOf('a')).toPromise()
    const before = first.data?.messages.pageInfo.startCursor ?? null
    await client.query(MessagesDocument, { chatId: 'a', last: 5, before }).toPromise()
    const { data } = await client.query(MessagesDocument, messagesOf('a'), { requestPolicy: 'cache-only' })
    expect(data?.messages.edges.map(({ node }) => node.seq)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    expect(data?.messages.pageInfo).toMatchObject({ hasPreviousPage: true, startCursor: '3' })
  })

  it('shows no hole after the log could not be continued', async () => {
    api.addChat('a')
    for (let n = 1; n <= 6; n += 1) api.addMessage('a', 'expert', `№${n}`)
    await client.query(MessagesDocument, messagesOf('a')).toPromise()
    for (let n = 7; n <= 20; n += 1) api.addMessage('a', 'expert', `№${n}`)
    await apply({ __typename: 'StreamReady', cursor: 'now', at: new Date().toISOString(), resumed: false })
    await client.query(MessagesDocument, messagesOf('a'), { requestPolicy: 'network-only' }).toPromise()
    const { data } = await client.query(MessagesDocument, messagesOf('a'), { requestPolicy: 'cache-only' })
    expect(data?.messages.edges.map(({ node }) => node.seq)).toEqual([16, 17, 18, 19, 20])
  })
})
