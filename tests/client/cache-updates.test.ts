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
  SearchChatsDocument,
  SendMessageDocument,
} from '../../client/graphql/generated/graphql.ts'
import { blockVariables } from '../../client/graphql/message-blocks.ts'
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

const messagesOf = (chatId: string, fromSeq = 1) => blockVariables(chatId, fromSeq)

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

describe('a block of a chat’s history', () => {
  const seqsOf = async (fromSeq: number, requestPolicy: 'cache-only' | 'cache-first') => {
    const { data } = await client.query(MessagesDocument, messagesOf('a', fromSeq), { requestPolicy })
    return data?.messages.edges.map(({ node }) => node.seq)
  }
  const say = (from: number, to: number) => {
    for (let n = from; n <= to; n += 1) api.addMessage('a', 'expert', `№${n}`)
  }

  it('begins with the message that begins it, without a fetch', async () => {
    api.addChat('a')
    say(1, 50)
    await screen('network-only')
    const seen = api.events.length
    say(51, 52)
    await apply(...eventsSince(seen))
    api.requests.length = 0
    expect(await seqsOf(51, 'cache-first')).toEqual([51, 52])
    expect((await seqsOf(1, 'cache-first'))?.length).toBe(50)
    expect(api.requests).toEqual([])
  })

  it('is fetched where events brought only a part of it', async () => {
    api.addChat('a')
    say(1, 55)
    await screen('network-only')
    const seen = api.events.length
    say(56, 57)
    await apply(...eventsSince(seen))
    expect(await seqsOf(51, 'cache-first')).toEqual([51, 52, 53, 54, 55, 56, 57])
  })

  it('is fetched anew, with what changed, after the log could not be continued', async () => {
    api.addChat('a')
    say(1, 3)
    await screen('network-only')
    say(4, 60)
    api.deleteMessage('a-2')
    await apply({ __typename: 'StreamReady', cursor: 'now', at: new Date().toISOString(), resumed: false })
    expect(await seqsOf(1, 'cache-first')).toHaveLength(50)
    const { data } = await client.query(MessagesDocument, messagesOf('a'))
    expect(data?.messages.edges[1]?.node.deletedAt).not.toBeNull()
  })
})

describe('a search for chats', () => {
  it('shows what the server found, and not what came meanwhile', async () => {
    api.addChat('a', { title: 'Право' })
    api.addChat('b', { title: 'Физика' })
    await screen('network-only')
    const find = () => client.query(SearchChatsDocument, { search: 'право', first: 20 }).toPromise()
    await find()
    const seen = api.events.length
    api.addChat('c', { title: 'Химия' })
    await apply(...eventsSince(seen))
    expect((await find()).data?.chats.edges.map(({ node }) => node.id)).toEqual(['a'])
    expect((await screen('cache-only')).chats?.map(({ id }) => id)).toEqual(['c', 'b', 'a'])
  })
})
