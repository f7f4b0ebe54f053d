import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { providers, startTestApp, type TestApp } from '../support/app.ts'
import { newChat, range, say } from '../support/chat.ts'
import { type Subscription, subscribe } from '../support/client.ts'
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
        .map(async (stream) => {
          await stream.next()
          return stream
        }),
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
        return Promise.all([0, 1].map((side) => eventsUntil(streams[2 * index + side] as Subscription, passes)))
      }),
    )
    for (const [sharing, own] of heard) expect(sharing).toEqual(own)
    expect(heard.map(([events]) => events?.filter(({ __typename }) => __typename === 'MessageAdded').length)).toEqual([
      3, 3, 3, 3,
    ])
    for (const stream of streams) stream.close()
  })

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
