import { Client, fetchExchange, formatDocument, stringifyDocument, subscriptionExchange } from '@urql/core'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCacheExchange } from '../../client/graphql/cache.ts'
import {
  ChatsDocument,
  DashboardDocument,
  EventsDocument,
  MessagesDocument,
  NotificationsDocument,
} from '../../client/graphql/generated/graphql.ts'
import { blockVariables } from '../../client/graphql/message-blocks.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { addParticipant, asHost, newPeople, removeParticipant, say } from '../support/chat.ts'
import { type Subscription, subscribe } from '../support/client.ts'
import { mark } from '../support/events.ts'
import { createChat, type Person, run } from '../support/market.ts'

/** As urql sends it: with every __typename. */
const eventsQuery = stringifyDocument(formatDocument(EventsDocument))

const who = fc.nat(2)
const chat = fc.nat(2)
const action = fc.oneof(
  { weight: 8, arbitrary: fc.record({ does: fc.constant('send' as const), who, chat }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('read' as const), who, chat }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('mute' as const), chat, muted: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('edit' as const), nth: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('delete' as const), nth: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('move' as const), who: fc.constantFrom(0, 2) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('read notifications' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('new chat' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('notify' as const) }) },
  /** The stream breaks, and goes on from further back. */
  { weight: 2, arbitrary: fc.record({ does: fc.constant('resume' as const), back: fc.nat(4) }) },
)
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never

const markRead = 'mutation ($chatId: ID!) { markChatRead(chatId: $chatId) { id } }'
const setMuted = 'mutation ($chatId: ID!, $muted: Boolean!) { setChatMuted(chatId: $chatId, muted: $muted) { id } }'
const editMessage = 'mutation ($id: ID!) { editMessage(input: { id: $id, text: "Исправлено" }) { __typename } }'
const deleteMessage = 'mutation ($id: ID!) { deleteMessage(id: $id) { id } }'
const readAll = 'mutation { markNotificationsRead { unreadChats } }'
const notify = 'mutation ($to: [String!]!) { notify(input: { recipients: $to, title: "Оплачен", body: "Заказ" }) }'

describe('the state of the client and the events after it', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp('sqlite')
  })
  afterAll(() => app?.close())

  it('give what a fresh fetch gives, whatever happened', async () => {
    await fc.assert(fc.asyncProperty(fc.array(action, { minLength: 10, maxLength: 30 }), holds), {
      numRuns: 12,
      endOnFailure: true,
    })
  }, 180_000)

  async function holds(actions: readonly Action[]): Promise<void> {
    const people = (await newPeople('viewer', 'expert', 'guest')) as [Person, Person, Person]
    const [viewer, expert, guest] = people
    const chatIds = [
      await createChat(app.url, people),
      await createChat(app.url, [viewer, expert]),
      await createChat(app.url, people),
    ]
    for (const chatId of chatIds) await say(app.url, expert, chatId, 'Здравствуйте')
    const sent: { id: string; author: Person; chatId: string }[] = []
    /** Chat 0 is the one that the viewer, or the guest, leaves and comes back to. */
    const away = new Set<Person>()

    const device = await openDevice(app.url, viewer, chatIds)
    await device.show('network-only')
    for (const [index, next] of actions.entries()) await act(next, index)
    await device.catchUp(await mark(app.url, viewer.externalId))
    const cached = await device.show('cache-first')
    const fresh = await openDevice(app.url, viewer, chatIds)
    expect(cached).toEqual(await fresh.show('network-only'))
    device.close()
    fresh.close()

    async function act(next: Action, index: number): Promise<void> {
      switch (next.does) {
        case 'send':
        case 'read': {
          const one = people[next.who] as Person
          const chatId = chatIds[next.chat] as string
          if ((next.chat === 0 && away.has(one)) || (next.chat === 1 && one === guest)) return
          if (next.does === 'read') return void (await run(app.url, one.token, markRead, { chatId }))
          const { id } = await say(app.url, one, chatId, `Сообщение ${index}`, `message ${index}`)
          sent.push({ id, author: one, chatId })
          return
        }
        case 'mute': {
          if (next.chat === 0 && away.has(viewer)) return
          await run(app.url, viewer.token, setMuted, { chatId: chatIds[next.chat], muted: next.muted })
          return
        }
        case 'edit':
        case 'delete': {
          const at = next.nth % Math.max(1, sent.length)
          const message = sent[at]
          if (!message || (message.chatId === chatIds[0] && away.has(message.author))) return
          await run(app.url, message.author.token, next.does === 'edit' ? editMessage : deleteMessage, {
            id: message.id,
          })
          if (next.does === 'delete') sent.splice(at, 1)
          return
        }
        case 'move': {
          const one = people[next.who] as Person
          await (away.has(one) ? addParticipant : removeParticipant)(app.url, chatIds[0] as string, one)
          if (!away.delete(one)) away.add(one)
          return
        }
        case 'read notifications':
          return void (await run(app.url, viewer.token, readAll))
        case 'new chat':
          return void (await say(app.url, expert, await createChat(app.url, [viewer, expert]), 'Ещё заказ'))
        case 'notify':
          return void (await asHost(app.url, notify, { to: [viewer.externalId] }))
        case 'resume':
          return device.resume(next.back)
      }
    }
  }
})

/** The client's cache in front of the real API, and the real events. */
async function openDevice(url: string, viewer: Person, chatIds: readonly string[]) {
  let tell: (result: object) => void = () => undefined
  const client = new Client({
    url: `${url}/graphql`,
    preferGetMethod: false,
    fetchOptions: { headers: { authorization: `Bearer ${viewer.token}` } },
    exchanges: [
      createCacheExchange(),
      subscriptionExchange({
        forwardSubscription: () => ({
          subscribe: (sink) => {
            tell = (result) => sink.next(result)
            return { unsubscribe: () => undefined }
          },
        }),
      }),
      fetchExchange,
    ],
  })
  const { unsubscribe } = client.subscription(EventsDocument, {}).subscribe(() => undefined)
  const cursors: string[] = []
  let stream: Subscription
  async function take(): Promise<any> {
    const data = await stream.next()
    tell({ data })
    if (data.events.counters || data.events.__typename === 'StreamReady') cursors.push(data.events.cursor)
    return data.events
  }
  async function open(after: string | undefined): Promise<void> {
    stream = subscribe(url, viewer.token, eventsQuery, { after })
    const ready = await take()
    expect(ready.resumed).toBe(after !== undefined)
  }
  await open(undefined)

  return {
    async resume(back: number): Promise<void> {
      stream.close()
      await open(cursors.at(-1 - back) ?? cursors[0])
    },
    async catchUp(isLast: (event: any) => boolean): Promise<void> {
      while (!isLast(await take()));
    },
    /** All that a screen could show. */
    async show(requestPolicy: 'network-only' | 'cache-first') {
      const query = { requestPolicy }
      const [dashboard, chats, notifications, ...messages] = await Promise.all([
        client.query(DashboardDocument, {}, query),
        client.query(ChatsDocument, { first: 50 }, query),
        client.query(NotificationsDocument, { first: 100 }, query),
        ...chatIds.map((chatId) => client.query(MessagesDocument, blockVariables(chatId, 1), query)),
      ])
      for (const { error } of [dashboard, chats, notifications]) if (error) throw error
      const listed = new Set(chats.data?.chats.edges.map(({ node }) => node.id))
      return withoutPresence({
        counters: dashboard.data?.counters,
        chats: chats.data?.chats.edges.map(({ node }) => node),
        // Of a chat that was left the client shows nothing, whatever it still has.
        messages: messages.map(({ data, error }, index) => {
          if (!listed.has(chatIds[index] ?? '')) return null
          if (error) throw error
          return data?.messages.edges.map(({ node }) => node)
        }),
        notifications: notifications.data?.notifications.edges
          .map(({ node }) => ({
            ...node,
            // The event tells when it was read up to its own moment; that it was read is what counts.
            readAt: node.readAt !== null,
          }))
          .filter((one) => one.chat === null || listed.has(one.chat?.id ?? '')),
      })
    },
    close() {
      stream.close()
      unsubscribe()
    },
  }
}

/** Who is online is told when it changes and belongs to no position of the log. */
const withoutPresence = (value: object) =>
  JSON.parse(JSON.stringify(value, (key, inner) => (key === 'online' || key === 'lastSeenAt' ? undefined : inner)))
