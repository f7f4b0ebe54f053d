import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { providers, startTestApp, type TestApp } from '../support/app.ts'
import {
  addParticipant,
  chatOf,
  countersOf,
  newChat,
  notificationsOf,
  removeParticipant,
  say,
} from '../support/chat.ts'
import { eventsUntilNow, listen, messagesSubscription, notificationsSubscription, typesOf } from '../support/events.ts'
import { createChat, type Person, run } from '../support/market.ts'
import { connectSocket } from '../support/socket.ts'
import { footprint } from '../support/sql.ts'

const chatIds = '{ chats { edges { node { id } } } }'

describe.each(providers)('taking part on %s', (provider) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp(provider)
  })
  afterAll(() => app.close())

  async function newTrio() {
    const { chatId, people } = await newChat(app.url, 'anna', 'dmitry', 'elena')
    const [anna, dmitry, elena] = people as [Person, Person, Person]
    return { chatId, anna, dmitry, elena }
  }

  it('ends at once with a removal: chat, messages, notifications and counters are gone', async () => {
    const { chatId, anna, dmitry, elena } = await newTrio()
    const other = await createChat(app.url, [anna, dmitry])
    for (const chat of [chatId, chatId, other]) await say(app.url, anna, chat, 'Привет')
    const own = await say(app.url, dmitry, other, 'Моё')
    await say(app.url, dmitry, chatId, 'Моё там')
    await say(app.url, anna, chatId, 'Ещё')
    const ofChat = (await notificationsOf(app.url, dmitry)).filter((one: any) => one.chat?.id === chatId)
    expect(ofChat).toHaveLength(3)
    const [stream, annas] = [await listen(app.url, dmitry.token), await listen(app.url, anna.token)]

    const { removeParticipant: answer } = await removeParticipant(app.url, chatId, dmitry)
    expect(answer.participants.map((one: any) => one.user.externalId)).toEqual([anna.externalId, elena.externalId])
    expect(await stream.next()).toMatchObject({
      __typename: 'ChatLeft',
      chatId,
      counters: { unreadMessages: 0, unreadChats: 0, unreadNotifications: 0 },
    })
    const changed = await annas.next()
    expect(changed).toMatchObject({ __typename: 'ChatChanged', chat: { id: chatId } })
    expect(changed.chat.participants).toHaveLength(2)

    expect(await countersOf(app.url, dmitry)).toEqual({ unreadMessages: 0, unreadChats: 0, unreadNotifications: 0 })
    expect((await run(app.url, dmitry.token, chatIds)).chats.edges).toEqual([{ node: { id: other } }])
    expect((await notificationsOf(app.url, dmitry)).filter((one: any) => one.chat?.id === chatId)).toEqual([])
    // What is refused from now on: tests/api/access/matrix.test.ts.
    await run(app.url, dmitry.token, 'mutation ($id: ID!) { deleteMessage(id: $id) { id } }', { id: own.id })
    stream.close()
    annas.close()
  })

  it('brings nothing of the chat after a removal, live or on a resume from before it, but ChatLeft', async () => {
    const { chatId, anna, dmitry, elena } = await newTrio()
    const other = await createChat(app.url, [anna, dmitry])
    const { ready } = await listenOnce(dmitry)
    await say(app.url, anna, chatId, 'До удаления')
    await say(app.url, anna, other, 'В другом')
    const live = await listen(app.url, dmitry.token)
    await removeParticipant(app.url, chatId, dmitry)
    await say(app.url, elena, chatId, 'После удаления')
    await removeParticipant(app.url, chatId, elena)
    expect(typesOf(await eventsUntilNow(app.url, dmitry.externalId, live))).toEqual(['ChatLeft'])

    const resumed = await listen(app.url, dmitry.token, { after: ready.cursor })
    expect(resumed.ready).toMatchObject({ resumed: true, cursor: ready.cursor })
    const events = await eventsUntilNow(app.url, dmitry.externalId, resumed)
    const seen = events.map((event) => [
      event.__typename,
      event.message?.text ?? event.notification?.body ?? event.chatId,
    ])
    expect(seen.filter(([type]) => type !== 'NotificationAdded' && type !== 'NotificationsRead').slice(0, 2)).toEqual([
      ['MessageAdded', 'В другом'],
      ['ChatLeft', chatId],
    ])
    expect(JSON.stringify(events)).not.toContain('удаления')
    const notifications = await listen(app.url, dmitry.token, { after: ready.cursor }, notificationsSubscription)
    expect(JSON.stringify(await eventsUntilNow(app.url, dmitry.externalId, notifications))).not.toContain('удаления')
    for (const stream of [live, resumed, notifications]) stream.close()
  })

  async function listenOnce(who: Person) {
    const stream = await listen(app.url, who.token)
    stream.close()
    return stream
  }

  it('ends messageAdded with FORBIDDEN, live and on a resume, and the socket stays open', async () => {
    const { chatId, anna, dmitry } = await newTrio()
    const { ready } = await listenOnce(dmitry)
    const socket = await connectSocket(app.url, dmitry.token)
    const subscribe = (id: string, after?: string) =>
      socket.send({ id, type: 'subscribe', payload: { query: messagesSubscription, variables: { chatId, after } } })
    subscribe('live')
    expect((await socket.nextOf('live')).payload.data.stream.__typename).toBe('StreamReady')
    await say(app.url, anna, chatId, 'Привет')
    expect((await socket.nextOf('live')).payload.data.stream.message.text).toBe('Привет')
    await removeParticipant(app.url, chatId, dmitry)
    const end = await socket.nextOf('live')
    expect(end.type).toBe('error')
    expect(end.payload[0].extensions.code).toBe('FORBIDDEN')

    subscribe('again', ready.cursor)
    const refused = await socket.nextOf('again')
    const errors = refused.type === 'error' ? refused.payload : refused.payload.errors
    expect(errors[0].extensions.code).toBe('FORBIDDEN')
    socket.send({ id: 'still', type: 'subscribe', payload: { query: '{ viewer { externalId } }' } })
    expect((await socket.nextOf('still')).payload.data.viewer.externalId).toBe(dmitry.externalId)
    await socket.close()
  })

  it('begins with all of it again when somebody is added again', async () => {
    const { chatId, anna, dmitry } = await newTrio()
    await say(app.url, anna, chatId, 'Раз')
    const own = await say(app.url, dmitry, chatId, 'Моё')
    await say(app.url, anna, chatId, 'Два')
    const { ready } = await listenOnce(dmitry)
    await say(app.url, anna, chatId, 'Три')
    await removeParticipant(app.url, chatId, dmitry)
    await say(app.url, anna, chatId, 'Без него')
    const live = await listen(app.url, dmitry.token)
    const { addParticipant: answer } = await addParticipant(app.url, chatId, dmitry)
    expect(answer.participants).toHaveLength(3)
    // Unread are "Два", "Три" and "Без него"; notifications were made for "Раз" (read by answering), "Два" and "Три".
    const counters = { unreadMessages: 3, unreadChats: 1, unreadNotifications: 2 }
    expect(await live.next()).toMatchObject({
      __typename: 'ChatChanged',
      chat: { id: chatId, unreadCount: 3 },
      counters,
    })
    expect(await countersOf(app.url, dmitry)).toEqual(counters)
    const chat = await chatOf(app.url, dmitry, chatId)
    expect(chat).toMatchObject({ unreadCount: 3, lastSeq: 5, lastMessage: { text: 'Без него' } })
    expect(chat.participants.find((one: any) => one.user.externalId === dmitry.externalId).lastReadSeq).toBe(2)
    const { messages } = await run(
      app.url,
      dmitry.token,
      'query ($id: ID!) { messages(chatId: $id) { edges { node { text } } } }',
      { id: chatId },
    )
    expect(messages.edges.map((edge: any) => edge.node.text)).toEqual(['Раз', 'Моё', 'Два', 'Три', 'Без него'])
    expect((await notificationsOf(app.url, dmitry)).map((one: any) => one.body)).toEqual(['Три', 'Два', 'Раз'])
    await run(app.url, dmitry.token, 'mutation ($id: ID!) { deleteMessage(id: $id) { id } }', { id: own.id })

    const resumed = await listen(app.url, dmitry.token, { after: ready.cursor })
    const events = await eventsUntilNow(app.url, dmitry.externalId, resumed)
    expect(events.filter((event) => event.message).map((event) => event.message.text)).toEqual(['Три', ''])
    const view = await listen(app.url, dmitry.token, { after: ready.cursor, chatId }, messagesSubscription)
    expect((await view.next()).message.text).toBe('Три')
    await say(app.url, anna, chatId, 'Четыре')
    expect((await view.next()).message.text).toBe('Четыре')
    for (const stream of [live, resumed, view]) stream.close()
  })

  it('changes nothing for who takes part already, and for who doesn’t', async () => {
    const { chatId, anna, dmitry } = await newTrio()
    const { people } = await newChat(app.url, 'stranger', 'friend')
    const [stream, strangers] = [await listen(app.url, dmitry.token), await listen(app.url, people[0]?.token ?? '')]
    const before = await footprint(app.database)
    await addParticipant(app.url, chatId, anna)
    await removeParticipant(app.url, chatId, people[0] as Person)
    await removeParticipant(app.url, chatId, { externalId: 'nobody at all', token: '' })
    expect(await footprint(app.database)).toEqual(before)
    expect(await eventsUntilNow(app.url, dmitry.externalId, stream)).toEqual([])
    expect(await eventsUntilNow(app.url, people[0]?.externalId ?? '', strangers)).toEqual([])
    stream.close()
    strangers.close()
  })

  it('starts with the whole history for a newcomer, unread, and with later messages live', async () => {
    const { chatId, anna } = await newTrio()
    await say(app.url, anna, chatId, 'Раз')
    const [newcomer] = (await newChat(app.url, 'newcomer', 'friend')).people as [Person]
    const stream = await listen(app.url, newcomer.token)
    await addParticipant(app.url, chatId, newcomer)
    expect(await stream.next()).toMatchObject({
      __typename: 'ChatChanged',
      chat: { id: chatId, unreadCount: 1 },
      counters: { unreadMessages: 1, unreadChats: 1, unreadNotifications: 0 },
    })
    await say(app.url, anna, chatId, 'Два')
    expect(await stream.next()).toMatchObject({
      __typename: 'MessageAdded',
      counters: { unreadMessages: 2, unreadChats: 1 },
    })
    stream.close()
  })

  it('survives the same person being added and removed many times at once', async () => {
    const { chatId, anna, dmitry } = await newTrio()
    await Promise.all(
      [1, 2, 3].flatMap(() => [addParticipant(app.url, chatId, dmitry), removeParticipant(app.url, chatId, dmitry)]),
    )
    await addParticipant(app.url, chatId, dmitry)
    expect((await chatOf(app.url, anna, chatId)).participants).toHaveLength(3)
    expect(await countersOf(app.url, dmitry)).toEqual({ unreadMessages: 0, unreadChats: 0, unreadNotifications: 0 })
  })
})
