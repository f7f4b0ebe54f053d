import { getOperationAST, type OperationDefinitionNode, parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCursorCodec } from '../../api/cursor.ts'
import type { StreamEvent } from '../../api/events/event.ts'
import { createEventAnswers } from '../../api/http/event-answers.ts'
import { schema } from '../../api/schema.ts'
import { providers, startTestApp, type TestApp } from '../support/app.ts'
import { newChat, range, say } from '../support/chat.ts'
import { type Subscription, subscribe } from '../support/client.ts'
import { operation } from '../support/dashboard-operations.ts'
import { mark } from '../support/events.ts'
import { run } from '../support/market.ts'

const selection = /* GraphQL */ `
  __typename cursor at
  ... on MessageAdded { message { ...M chat { id title unread: unreadCount muted lastSeq } } counters { unreadMessages unreadChats } }
  ... on NotificationAdded {
    notification { id kind title body url createdAt readAt chat { id unreadCount } message { ...M } actor { id name } }
    counters { unreadNotifications }
  }
  ... on Typing { chatId user { id name online } }
  ... on PresenceChanged { user { name lastSeenAt } }`
const fragment =
  'fragment M on Message { id seq text createdAt editedAt deletedAt clientMessageId author { id externalId name role avatarUrl } }'
/** What many subscribe by is worked out once for all of them. */
const shared = `subscription { events { ${selection} } } ${fragment}`
/** A directive has it worked out for each alone. */
const alone = `subscription { events { ${selection.replace('cursor', 'cursor @include(if: true)')} } } ${fragment}`

const typing = 'mutation ($id: ID!) { setTyping(chatId: $id) }'
const mute = 'mutation ($id: ID!) { setChatMuted(chatId: $id, muted: true) { id } }'

/** Stored events up to the one that passes. */
async function eventsUntil(stream: Subscription, passes: (event: any) => boolean): Promise<any[]> {
  const stored: any[] = []
  for (;;) {
    const { events: event } = await stream.next()
    if (event.__typename !== 'PresenceChanged' && event.__typename !== 'Typing') stored.push(event)
    if (passes(event)) return stored
  }
}

describe.each(providers)('what all subscribers of one document are told on %s', (provider) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp(provider)
  })
  afterAll(() => app.close())

  it('is for each of them what it would be for them alone', async () => {
    const { chatId, people } = await newChat(app.url, 'anna', 'dmitry', 'elena', 'oleg')
    const [anna, dmitry, , oleg] = people as [(typeof people)[0], (typeof people)[0], unknown, (typeof people)[0]]
    await run(app.url, oleg.token, mute, { id: chatId })
    const streams = await Promise.all(
      people
        .flatMap(({ token }) => [shared, alone].map((query) => subscribe(app.url, token, query)))
        .map(async (stream) => ({ stream, after: (await stream.next()).events.cursor })),
    )
    for (const [author, text] of [
      [anna, 'Раз "в кавычках" \\ и\nс новой строки 🙂'],
      [dmitry, 'Два'],
      [anna, 'Три'],
    ] as const) {
      await say(app.url, author, chatId, text, `own "${text.slice(0, 3)}" \\`)
      await run(app.url, author.token, typing, { id: chatId })
    }
    const heard = await Promise.all(
      people.map(async ({ externalId }, index) => {
        const passes = await mark(app.url, externalId)
        const sides = streams.slice(2 * index, 2 * index + 2)
        return Promise.all(sides.map(({ stream }) => eventsUntil(stream, passes)))
      }),
    )
    for (const [sharing, own] of heard) expect(sharing).toEqual(own)
    // What is read from the log is the same to both as well.
    const resumed = await Promise.all(
      people.slice(0, 2).map(async ({ externalId, token }, index) => {
        const passes = await mark(app.url, externalId)
        const variables = { after: streams[2 * index]?.after }
        return Promise.all(
          [shared, alone].map(async (query) => {
            const stream = subscribe(
              app.url,
              token,
              query.replace('subscription { events', `subscription ($after: String) { events(after: $after)`),
              variables,
            )
            // When each of them began is its own.
            await stream.next()
            const events = await eventsUntil(stream, passes)
            stream.close()
            return events
          }),
        )
      }),
    )
    for (const [index, [sharing, own]] of resumed.entries()) {
      expect(sharing).toEqual(own)
      expect(sharing?.length).toBe((heard[index]?.[0]?.length ?? 0) + 1)
    }
    expect(heard.map(([events]) => events?.filter(({ __typename }) => __typename === 'MessageAdded').length)).toEqual([
      3, 3, 3, 3,
    ])
    for (const { stream } of streams) stream.close()
  }, 60_000)

  it('is read by as many statements for 20 missed messages as for 4', async () => {
    const { chatId, people } = await newChat(app.url, 'anna', 'reader')
    const [anna, reader] = people as [(typeof people)[0], (typeof people)[0]]
    const counts: number[] = []
    for (const missed of [4, 20]) {
      const first = subscribe(app.url, reader.token, shared)
      const after = (await first.next()).events.cursor
      first.close()
      for (const index of range(missed)) await say(app.url, anna, chatId, `${missed}: ${index}`)
      app.statements.reset()
      const resuming = shared.replace('subscription { events', 'subscription ($after: String) { events(after: $after)')
      const stream = subscribe(app.url, reader.token, resuming, { after })
      await stream.until(({ events }) => events.notification?.message?.text === `${missed}: ${missed - 1}`)
      // Who comes and goes is looked up meanwhile.
      counts.push(app.statements.list.filter((sql) => /"(Event|Message|Notification|Chat|ChatState)"/.test(sql)).length)
      stream.close()
    }
    expect(counts[1]).toBe(counts[0])
  }, 60_000)

  it('comes from the commit: however many there are, nothing is read on the way to them', async () => {
    const { chatId, people } = await newChat(app.url, 'anna', ...range(20).map((index) => `reader-${index}`))
    const [anna] = people as [(typeof people)[0]]
    await say(app.url, anna, chatId, 'Раз')
    // Who comes and goes is looked up meanwhile.
    const aboutMessages = () => app.statements.list.filter((sql) => /"(Message|Notification|Chat)"/.test(sql)).length
    app.statements.reset()
    await say(app.url, anna, chatId, 'Два')
    const alone = aboutMessages()
    const streams = people.map(({ token }) => subscribe(app.url, token, shared))
    for (const stream of streams) await stream.next()
    app.statements.reset()
    await say(app.url, anna, chatId, 'Три')
    for (const stream of streams) await stream.until(({ events }) => events.message?.text === 'Три')
    expect(aboutMessages()).toBe(alone)
    for (const stream of streams) stream.close()
  })
})

describe('the dashboard’s subscription', () => {
  it('is answered without GraphQL for whatever many are told at once, and for what is missed most', () => {
    const document = parse(operation('Events'))
    const answers = createEventAnswers(schema, document, getOperationAST(document) as OperationDefinitionNode)
    const at = new Date()
    const user = {
      id: 'user_1',
      externalId: 'anna',
      name: 'Анна',
      role: 'CLIENT',
      avatarUrl: null,
      claimsIssuedAt: 0,
      lastSeenAt: null,
      createdAt: at,
    } as const
    const chat = {
      id: 'chat_1',
      externalRef: null,
      title: 'Заказ',
      lastSeq: 1,
      lastMessageId: 'msg_1',
      lastActivityAt: at,
      createdAt: at,
    }
    const message = {
      id: 'msg_1',
      chatId: 'chat_1',
      seq: 1,
      authorId: 'user_1',
      text: 'Раз',
      createdAt: at,
      editedAt: null,
      deletedAt: null,
      clientMessageId: null,
      sentTextHash: null,
    }
    const live = { sent: { message, author: user, chat }, unreadCount: 1, muted: false }
    const stored = {
      userId: 'user_2',
      seq: 1,
      at,
      counters: { unreadMessages: 1, unreadChats: 1, unreadNotifications: 1 },
    }
    const events: StreamEvent[] = [
      { kind: 'STREAM_READY', position: 0, at, resumed: false },
      { ...stored, kind: 'MESSAGE_ADDED', chatId: 'chat_1', messageId: 'msg_1', live },
      { ...stored, kind: 'NOTIFICATION_ADDED', chatId: 'chat_1', notificationId: 'ntf_1', live },
      { ...stored, kind: 'NOTIFICATIONS_READ', notificationIds: ['ntf_1'] },
      { ...stored, kind: 'CHAT_LEFT', chatId: 'chat_1' },
      { kind: 'TYPING', chatId: 'chat_1', user, at, position: 1 },
      { kind: 'PRESENCE_CHANGED', user, at, position: 1 },
    ]
    const presence = { isOnline: () => true }
    const reader = { userId: 'user_2', cursors: createCursorCodec('secret'), presence }
    for (const event of events) {
      const { events: told } = JSON.parse(Buffer.from(answers.answer(event, reader) ?? '{}', 'latin1').toString())
      expect([event.kind, typeof told?.cursor, told?.at]).toEqual([event.kind, 'string', at.toISOString()])
    }
    expect(answers.answer({ ...stored, kind: 'CHAT_CHANGED', chatId: 'chat_1' }, reader)).toBeNull()
  })
})
