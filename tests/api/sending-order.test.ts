import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { providers, startTestApp, type TestApp } from '../support/app.ts'
import {
  asHost,
  chatOf,
  countersOf,
  lastReadSeqOf,
  newChat,
  newPair,
  notificationsOf,
  range,
  say,
  sayPatiently,
} from '../support/chat.ts'
import { eventsUntilNow, listen, typesOf } from '../support/events.ts'
import { createChat, run, send } from '../support/market.ts'
import { footprint, sql } from '../support/sql.ts'

const mute = 'mutation ($chatId: ID!, $muted: Boolean!) { setChatMuted(chatId: $chatId, muted: $muted) { muted } }'
const settings = 'mutation ($input: NotificationSettingsInput!) { updateNotificationSettings(input: $input) { sound } }'
const none = { unreadMessages: 0, unreadChats: 0, unreadNotifications: 0 }

describe.each(providers)('sending on %s', (provider) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp(provider)
  })
  afterAll(() => app.close())

  it('numbers concurrent messages 1 to n without holes, as everybody then sees and hears them', async () => {
    const { chatId, people } = await newChat(app.url, 'anna', 'dmitry', 'elena')
    const streams = await Promise.all(people.map(({ token }) => listen(app.url, token)))
    const sent = await Promise.all(
      range(36).map((index) =>
        sayPatiently(app.url, people[index % 3] as (typeof people)[0], chatId, `Сообщение ${index}`),
      ),
    )
    const wanted = range(36).map((index) => index + 1)
    expect(sent.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(wanted)
    const textOf = new Map(sent.map(({ seq, text }) => [seq, text]))
    for (const [index, person] of people.entries()) {
      const events = await eventsUntilNow(app.url, person.externalId, streams[index] as (typeof streams)[0])
      const heard = events.filter((event) => event.__typename === 'MessageAdded').map((event) => event.message)
      expect(heard.map(({ seq }) => seq)).toEqual(wanted)
      expect(heard.every(({ seq, text }) => textOf.get(seq) === text)).toBe(true)
    }
    const stored = await sql(app.database, `SELECT "seq" FROM "Message" WHERE "chatId" = '${chatId}' ORDER BY "seq"`)
    expect(stored.map(({ seq }) => seq)).toEqual(wanted)
    for (const stream of streams) stream.close()
  })

  it('goes on in many chats of the same people at once', async () => {
    const { people } = await newChat(app.url, 'anna', 'dmitry')
    const [anna, dmitry] = people as [(typeof people)[0], (typeof people)[0]]
    const chats = await Promise.all(
      range(6).map((index) => createChat(app.url, index % 2 ? [anna, dmitry] : [dmitry, anna])),
    )
    await Promise.all(
      range(30).map((index) =>
        sayPatiently(app.url, index % 2 ? anna : dmitry, chats[index % 6] as string, `Сообщение ${index}`),
      ),
    )
    for (const chatId of chats) expect((await chatOf(app.url, anna, chatId)).lastSeq).toBe(5)
  })

  it('reads the chat for its author: unread, counters and notifications of that chat alone', async () => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    const other = await createChat(app.url, [anna, dmitry])
    for (const text of ['Раз', 'Два']) await say(app.url, anna, chatId, text)
    await say(app.url, anna, other, 'Три')
    expect(await countersOf(app.url, dmitry)).toEqual({ unreadMessages: 3, unreadChats: 2, unreadNotifications: 3 })
    const unread = (await notificationsOf(app.url, dmitry)).filter((one: any) => one.chat.id === chatId)

    const stream = await listen(app.url, dmitry.token)
    await say(app.url, dmitry, chatId, 'Ответ')
    const rest = { unreadMessages: 1, unreadChats: 1 }
    const events = [await stream.next(), await stream.next()]
    expect(events).toMatchObject([
      {
        __typename: 'MessageAdded',
        message: { seq: 3, chat: { unreadCount: 0 } },
        counters: { ...rest, unreadNotifications: 3 },
      },
      { __typename: 'NotificationsRead', counters: { ...rest, unreadNotifications: 1 } },
    ])
    expect([...events[1].ids].sort()).toEqual(unread.map((one: any) => one.id).sort())
    expect(await countersOf(app.url, dmitry)).toEqual({ ...rest, unreadNotifications: 1 })
    expect(await lastReadSeqOf(app.url, dmitry, chatId)).toBe(3)
    expect(await lastReadSeqOf(app.url, anna, chatId)).toBe(2)
    expect((await notificationsOf(app.url, dmitry)).filter((one: any) => one.readAt === null)).toHaveLength(1)
    stream.close()
  })

  it('tells every device of every participant, the author’s own included, and nobody else', async () => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    const { people } = await newChat(app.url, 'stranger', 'friend')
    const stranger = people[0] as (typeof people)[0]
    const streams = await Promise.all([anna, anna, dmitry, stranger].map(({ token }) => listen(app.url, token)))
    await say(app.url, anna, chatId, 'Привет')
    const [first, second, third, last] = streams as [any, any, any, any]
    expect(typesOf(await eventsUntilNow(app.url, anna.externalId, first))).toEqual(['MessageAdded'])
    expect((await second.next()).message.text).toBe('Привет')
    expect(typesOf(await eventsUntilNow(app.url, dmitry.externalId, third))).toEqual([
      'MessageAdded',
      'NotificationAdded',
    ])
    expect(await eventsUntilNow(app.url, stranger.externalId, last)).toEqual([])
    for (const stream of streams) stream.close()
  })

  it('makes no notification for who muted the chat, and leaves their counters alone', async () => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    await run(app.url, dmitry.token, mute, { chatId, muted: true })
    const stream = await listen(app.url, dmitry.token)
    await say(app.url, anna, chatId, 'Тихо')
    const events = await eventsUntilNow(app.url, dmitry.externalId, stream)
    expect(events).toMatchObject([
      { __typename: 'MessageAdded', counters: none, message: { chat: { unreadCount: 1 } } },
    ])
    stream.close()
  })

  it('makes no notification for who switched the kind off, but counts', async () => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    await run(app.url, dmitry.token, settings, { input: { kinds: [{ kind: 'MESSAGE', inApp: false }] } })
    const stream = await listen(app.url, dmitry.token)
    await say(app.url, anna, chatId, 'Привет')
    const events = await eventsUntilNow(app.url, dmitry.externalId, stream)
    expect(events).toMatchObject([
      { __typename: 'MessageAdded', counters: { unreadMessages: 1, unreadChats: 1, unreadNotifications: 0 } },
    ])
    expect((await notificationsOf(app.url, dmitry)).filter((one: any) => one.kind === 'MESSAGE')).toEqual([])
    stream.close()
  })

  it('notifies in the author’s newest name, with the beginning of the text', async () => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    const text = `Строка\n${'слово '.repeat(100)}`
    const { id } = await say(app.url, anna, chatId, text)
    const [notification] = await notificationsOf(app.url, dmitry)
    expect(notification).toMatchObject({
      kind: 'MESSAGE',
      title: anna.externalId,
      url: null,
      readAt: null,
      chat: { id: chatId },
      message: { id },
      actor: { externalId: anna.externalId },
    })
    expect(notification.body).toMatch(/^Строка слово слово .*…$/)
  })

  it('writes a line to the log for every message: who and where, never the text or a token', async () => {
    const { chatId, anna } = await newPair(app.url)
    const text = 'Совершенно секретно'
    await say(app.url, anna, chatId, text, 'log-1')
    await say(app.url, anna, chatId, text, 'log-1')
    await send(app.url, anna.token, chatId, `${text} a@b`)
    const [user] = await sql(app.database, `SELECT "id" FROM "User" WHERE "externalId" = '${anna.externalId}'`)
    const lines = app.logLines.filter((line) => line.chatId === chatId && line.msg === 'message sent')
    expect(lines).toMatchObject([{ userId: user?.id, chatId, level: 30 }])
    const log = JSON.stringify(app.logLines)
    expect(log).not.toContain('секретно')
    expect(log).not.toContain(anna.token.split('.')[1])
  })
})

describe.each(providers)('LIMIT_SENDS_PER_MINUTE on %s', (provider) => {
  it('refuses with the time to wait, per user, and stores nothing', async () => {
    const app = await startTestApp(provider, { env: { LIMIT_SENDS_PER_MINUTE: '3' } })
    try {
      const { chatId, anna, dmitry } = await newPair(app.url)
      for (const text of ['1', '2', '3']) await say(app.url, anna, chatId, text)
      const before = await footprint(app.database)
      const refusal = await send(app.url, anna.token, chatId, '4', 'later')
      expect(refusal).toMatchObject({ __typename: 'RateLimited', message: expect.stringContaining('Слишком много') })
      expect(refusal.retryAfterMs).toBeGreaterThan(0)
      expect(refusal.retryAfterMs).toBeLessThanOrEqual(20_000)
      expect(await footprint(app.database)).toEqual(before)
      await say(app.url, dmitry, chatId, 'А я могу')
      // What is no text, or refused by the guard, says so all the same.
      expect(await send(app.url, anna.token, chatId, '')).toMatchObject({ __typename: 'InvalidText' })
      expect(await send(app.url, anna.token, chatId, 'a@b')).toMatchObject({ __typename: 'ContactDataRefused' })
      // Reading and the host's own notifications go on.
      expect(
        await asHost(app.url, 'mutation ($i: HostNotificationInput!) { notify(input: $i) }', {
          i: { recipients: [anna.externalId], title: 'Оплачено', body: 'Спасибо' },
        }),
      ).toEqual({ notify: 1 })
    } finally {
      await app.close()
    }
  })
})
