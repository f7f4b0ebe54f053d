import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { providers, startTestApp, type TestApp } from '../support/app.ts'
import {
  chatOf,
  codesOf,
  countersOf,
  lastReadSeqOf,
  newChat,
  newPair,
  notificationsOf,
  range,
  say,
} from '../support/chat.ts'
import { subscribe } from '../support/client.ts'
import { eventsSubscription, eventsUntilNow, listen } from '../support/events.ts'
import { createChat, run } from '../support/market.ts'
import { footprint } from '../support/sql.ts'

const readMutation =
  'mutation ($chatId: ID!, $upToSeq: Int) { markChatRead(chatId: $chatId, upToSeq: $upToSeq) { id unreadCount lastSeq } }'
const muteMutation =
  'mutation ($chatId: ID!, $muted: Boolean!) { setChatMuted(chatId: $chatId, muted: $muted) { id muted unreadCount } }'
const typingMutation = 'mutation ($chatId: ID!) { setTyping(chatId: $chatId) }'

describe.each(providers)('reading on %s', (provider) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp(provider)
  })
  afterAll(() => app.close())

  const read = async (token: string, chatId: string, upToSeq?: number | null) =>
    (await run(app.url, token, readMutation, { chatId, upToSeq })).markChatRead

  it('reads up to a message, with its notifications, and tells every participant', async () => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    for (const text of ['1', '2', '3']) await say(app.url, anna, chatId, text)
    const [, second, first] = await notificationsOf(app.url, dmitry)
    const [annas, dmitrys] = [await listen(app.url, anna.token), await listen(app.url, dmitry.token)]
    expect(await read(dmitry.token, chatId, 2)).toEqual({ id: chatId, unreadCount: 1, lastSeq: 3 })
    expect(await dmitrys.next()).toMatchObject({
      __typename: 'ChatRead',
      chat: { id: chatId, unreadCount: 1 },
      reader: { externalId: dmitry.externalId },
      lastReadSeq: 2,
      counters: { unreadMessages: 1, unreadChats: 1, unreadNotifications: 3 },
    })
    const notificationsRead = await dmitrys.next()
    expect(notificationsRead).toMatchObject({
      __typename: 'NotificationsRead',
      counters: { unreadMessages: 1, unreadChats: 1, unreadNotifications: 1 },
    })
    expect([...notificationsRead.ids].sort()).toEqual([first.id, second.id].sort())
    expect(await eventsUntilNow(app.url, anna.externalId, annas)).toMatchObject([
      { __typename: 'ChatRead', reader: { externalId: dmitry.externalId }, lastReadSeq: 2, chat: { unreadCount: 0 } },
    ])
    for (const who of [anna, dmitry]) {
      const { participants } = await chatOf(app.url, who, chatId)
      expect(participants.find((one: any) => one.user.externalId === dmitry.externalId).lastReadSeq).toBe(2)
    }
    expect((await notificationsOf(app.url, dmitry, '(unreadOnly: true)')).map((one: any) => one.body)).toEqual(['3'])
    annas.close()
    dmitrys.close()
  })

  it.each([
    ['left out', undefined],
    ['null', null],
    ['beyond the latest', 2_000_000],
  ])('reads up to the latest when upToSeq is %s', async (_name, upToSeq) => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    for (const text of ['1', '2']) await say(app.url, anna, chatId, text)
    expect(await read(dmitry.token, chatId, upToSeq)).toMatchObject({ unreadCount: 0 })
    expect(await lastReadSeqOf(app.url, dmitry, chatId)).toBe(2)
    await say(app.url, anna, chatId, '3')
    expect((await chatOf(app.url, dmitry, chatId)).unreadCount).toBe(1)
  })

  it('never moves back, and says nothing when nothing changes', async () => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    for (const text of ['1', '2', '3']) await say(app.url, anna, chatId, text)
    await read(dmitry.token, chatId, 3)
    const stream = await listen(app.url, anna.token)
    const before = await footprint(app.database)
    for (const upToSeq of [3, 2, 1, 0, null]) await read(dmitry.token, chatId, upToSeq)
    expect(await footprint(app.database)).toEqual(before)
    expect(await lastReadSeqOf(app.url, dmitry, chatId)).toBe(3)
    expect(await eventsUntilNow(app.url, anna.externalId, stream)).toEqual([])
    stream.close()
  })

  it('reads by the highest of concurrent reads', async () => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    for (const index of range(8)) await say(app.url, anna, chatId, `${index}`)
    await Promise.all([3, 7, 1, 5, 8, 2].map((upToSeq) => read(dmitry.token, chatId, upToSeq)))
    expect(await lastReadSeqOf(app.url, dmitry, chatId)).toBe(8)
    expect(await countersOf(app.url, dmitry)).toEqual({ unreadMessages: 0, unreadChats: 0, unreadNotifications: 0 })
  })

  it('leaves a muted chat out of the counters, and takes it in again', async () => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    const other = await createChat(app.url, [anna, dmitry])
    for (const chat of [chatId, chatId, other]) await say(app.url, anna, chat, 'Привет')
    const stream = await listen(app.url, dmitry.token)
    const annas = await listen(app.url, anna.token)
    expect((await run(app.url, dmitry.token, muteMutation, { chatId, muted: true })).setChatMuted).toEqual({
      id: chatId,
      muted: true,
      unreadCount: 2,
    })
    const muted = { unreadMessages: 1, unreadChats: 1, unreadNotifications: 3 }
    expect(await stream.next()).toMatchObject({
      __typename: 'ChatChanged',
      chat: { id: chatId, muted: true },
      counters: muted,
    })
    expect(await countersOf(app.url, dmitry)).toEqual(muted)
    await run(app.url, dmitry.token, muteMutation, { chatId, muted: true })
    await run(app.url, dmitry.token, muteMutation, { chatId, muted: false })
    const unmuted = { unreadMessages: 3, unreadChats: 2, unreadNotifications: 3 }
    expect(await eventsUntilNow(app.url, dmitry.externalId, stream)).toMatchObject([
      { __typename: 'ChatChanged', chat: { id: chatId, muted: false }, counters: unmuted },
    ])
    // Muting is the viewer's own: nobody else hears of it or sees it.
    expect(await eventsUntilNow(app.url, anna.externalId, annas)).toEqual([])
    expect((await chatOf(app.url, anna, chatId)).muted).toBe(false)
    stream.close()
    annas.close()
  })

  it('reads a muted chat without touching the counters', async () => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    await run(app.url, dmitry.token, muteMutation, { chatId, muted: true })
    await say(app.url, anna, chatId, 'Привет')
    const before = await countersOf(app.url, dmitry)
    expect(await read(dmitry.token, chatId)).toMatchObject({ unreadCount: 0 })
    expect(await countersOf(app.url, dmitry)).toEqual(before)
    await run(app.url, dmitry.token, muteMutation, { chatId, muted: false })
    expect(await countersOf(app.url, dmitry)).toEqual(before)
  })

  it('tells the others, and only them, who is typing, with the last stored cursor', async () => {
    const { chatId, people } = await newChat(app.url, 'anna', 'dmitry', 'elena')
    const [anna, dmitry, elena] = people as [any, any, any]
    await say(app.url, anna, chatId, 'Привет')
    const streams = await Promise.all(people.map(({ token }) => listen(app.url, token)))
    const before = await footprint(app.database)
    expect(await run(app.url, anna.token, typingMutation, { chatId })).toEqual({ setTyping: true })
    for (const stream of streams.slice(1)) {
      expect(await stream.next()).toMatchObject({
        __typename: 'Typing',
        chatId,
        user: { externalId: anna.externalId },
        cursor: stream.ready.cursor,
      })
    }
    expect(await footprint(app.database)).toEqual(before)
    // Anna's first is what Dmitry does then, not what she did herself.
    await run(app.url, dmitry.token, typingMutation, { chatId })
    expect(await streams[0]?.next()).toMatchObject({ __typename: 'Typing', user: { externalId: dmitry.externalId } })
    // A typing event's cursor resumes as well as any.
    await say(app.url, elena, chatId, 'Да')
    const resumed = await listen(app.url, dmitry.token, { after: streams[1]?.ready.cursor })
    expect(resumed.ready.resumed).toBe(true)
    expect(await resumed.next()).toMatchObject({ __typename: 'MessageAdded', message: { text: 'Да' } })
    for (const stream of [...streams, resumed]) stream.close()
  })

  it('is FORBIDDEN to who takes no part', async () => {
    const { chatId } = await newPair(app.url)
    const { anna: stranger } = await newPair(app.url)
    for (const query of [readMutation, typingMutation]) {
      expect(await codesOf(app.url, stranger.token, query, { chatId })).toEqual(['FORBIDDEN'])
    }
    expect(await codesOf(app.url, stranger.token, muteMutation, { chatId, muted: true })).toEqual(['FORBIDDEN'])
  })

  it('shows who is online to those who share a chat, from the first connection to after the last', async () => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    const { people } = await newChat(app.url, 'stranger', 'friend')
    const watching = subscribe(app.url, anna.token, eventsSubscription)
    const strangers = subscribe(app.url, people[0]?.token ?? '', eventsSubscription)
    await watching.next()
    await strangers.next()
    const online = async () =>
      (await chatOf(app.url, anna, chatId)).participants.find((one: any) => one.user.externalId === dmitry.externalId)
        .user.online
    expect(await online()).toBe(false)
    const streams = [await listen(app.url, dmitry.token), await listen(app.url, dmitry.token)]
    const about =
      (wanted: boolean) =>
      ({ stream: event }: any) =>
        event.__typename === 'PresenceChanged' &&
        event.user.externalId === dmitry.externalId &&
        event.user.online === wanted
    await watching.until(about(true))
    expect(await online()).toBe(true)
    for (const stream of streams) stream.close()
    const { stream: gone } = await watching.until(about(false), 10_000)
    expect(gone.user.lastSeenAt).toMatch(/Z$/)
    expect(await online()).toBe(false)
    expect(strangers.taken()).toEqual([])
    watching.close()
    strangers.close()
  })
})
