import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { providers, startTestApp, type TestApp } from '../support/app.ts'
import { chatOf, codesOf, countersOf, newChat, newPair, notificationsOf, say } from '../support/chat.ts'
import { eventsUntilNow, listen } from '../support/events.ts'
import { createChat, run } from '../support/market.ts'
import { footprint, sql } from '../support/sql.ts'

const editMutation = `mutation ($input: EditMessageInput!) { editMessage(input: $input) {
  __typename
  ... on EditMessageSuccess { edited { id seq text editedAt deletedAt createdAt } }
  ... on ContactDataRefused { message findings { kind start end } }
  ... on InvalidText { message reason }
} }`
const deleteMutation = 'mutation ($id: ID!) { deleteMessage(id: $id) { id seq text editedAt deletedAt } }'

describe.each(providers)('editing and deleting on %s', (provider) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp(provider)
  })
  afterAll(() => app.close())

  const edit = async (token: string, id: string, text: string) =>
    (await run(app.url, token, editMutation, { input: { id, text } })).editMessage
  const remove = async (token: string, id: string) => (await run(app.url, token, deleteMutation, { id })).deleteMessage

  it('changes an own text for everybody, and in its notifications', async () => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    const { id } = await say(app.url, anna, chatId, 'Первое')
    const streams = await Promise.all([listen(app.url, anna.token), listen(app.url, dmitry.token)])
    const before = await countersOf(app.url, dmitry)
    expect(await edit(anna.token, id, ' Второе\r\n')).toMatchObject({
      __typename: 'EditMessageSuccess',
      edited: { id, seq: 1, text: 'Второе', editedAt: expect.stringMatching(/Z$/), deletedAt: null },
    })
    for (const stream of streams) {
      expect(await stream.next()).toMatchObject({ __typename: 'MessageChanged', message: { id, text: 'Второе' } })
      stream.close()
    }
    expect(await countersOf(app.url, dmitry)).toEqual(before)
    expect((await notificationsOf(app.url, dmitry))[0]).toMatchObject({ body: 'Второе', readAt: null })
  })

  it.each([
    ['contacts', 'мой a@b', 'ContactDataRefused'],
    ['no text', ' \u200b', 'InvalidText'],
    ['too much text', 'я'.repeat(4001), 'InvalidText'],
  ])('is refused for %s, and changes nothing', async (_name, text, type) => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    const { id } = await say(app.url, anna, chatId, 'Первое')
    const stream = await listen(app.url, dmitry.token)
    const before = await footprint(app.database)
    expect((await edit(anna.token, id, text)).__typename).toBe(type)
    expect(await footprint(app.database)).toEqual(before)
    expect((await chatOf(app.url, anna, chatId)).lastMessage.text).toBe('Первое')
    expect(await eventsUntilNow(app.url, dmitry.externalId, stream)).toEqual([])
    stream.close()
  })

  it('leaves a tombstone: no text, deletedAt, the same seq, and no words anywhere', async () => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    const { id } = await say(app.url, anna, chatId, 'Неосторожное слово')
    const stream = await listen(app.url, dmitry.token)
    const tombstone = await remove(anna.token, id)
    expect(tombstone).toMatchObject({ id, seq: 1, text: '', deletedAt: expect.stringMatching(/Z$/) })
    expect(await stream.next()).toMatchObject({
      __typename: 'MessageChanged',
      message: { id, seq: 1, text: '', deletedAt: tombstone.deletedAt, chat: { unreadCount: 0 } },
      counters: { unreadMessages: 0, unreadChats: 0, unreadNotifications: 1 },
    })
    expect((await notificationsOf(app.url, dmitry))[0]).toMatchObject({ body: '', message: { id, text: '' } })
    expect(await chatOf(app.url, dmitry, chatId)).toMatchObject({
      lastSeq: 1,
      unreadCount: 0,
      lastMessage: { id, text: '' },
    })
    const rows = await sql(
      app.database,
      `SELECT "text" FROM "Message" WHERE "id" = '${id}' UNION ALL SELECT "body" FROM "Notification" WHERE "messageId" = '${id}'`,
    )
    expect(rows.flatMap((row) => Object.values(row))).toEqual(['', ''])
    // The next message goes on behind it.
    expect((await say(app.url, anna, chatId, 'Дальше')).seq).toBe(2)
    stream.close()
  })

  it('is idempotent when deleting: the second time nothing happens', async () => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    const { id } = await say(app.url, anna, chatId, 'Слово')
    const first = await remove(anna.token, id)
    const stream = await listen(app.url, dmitry.token)
    expect(await remove(anna.token, id)).toEqual(first)
    expect(await eventsUntilNow(app.url, dmitry.externalId, stream)).toEqual([])
    stream.close()
  })

  it('counts a deletion that several ask for at once only once', async () => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    const { id } = await say(app.url, anna, chatId, 'Раз')
    await say(app.url, anna, chatId, 'Два')
    await Promise.all([1, 2, 3, 4].map(() => remove(anna.token, id)))
    expect(await countersOf(app.url, dmitry)).toMatchObject({ unreadMessages: 1, unreadChats: 1 })
  })

  it('refuses to edit what was deleted', async () => {
    const { chatId, anna } = await newPair(app.url)
    const { id } = await say(app.url, anna, chatId, 'Слово')
    await remove(anna.token, id)
    expect(await codesOf(app.url, anna.token, editMutation, { input: { id, text: 'Другое' } })).toEqual([
      'BAD_USER_INPUT',
    ])
    expect((await chatOf(app.url, anna, chatId)).lastMessage.text).toBe('')
  })

  it('lowers the counters of exactly those who had not read the message', async () => {
    const { chatId, people } = await newChat(app.url, 'anna', 'dmitry', 'elena', 'fyodor')
    const [anna, dmitry, elena, fyodor] = people as [any, any, any, any]
    const read = 'mutation ($chatId: ID!) { markChatRead(chatId: $chatId) { id } }'
    const mute = 'mutation ($chatId: ID!) { setChatMuted(chatId: $chatId, muted: true) { id } }'
    const { id } = await say(app.url, anna, chatId, 'Раз')
    await run(app.url, elena.token, read, { chatId })
    await run(app.url, fyodor.token, mute, { chatId })
    await say(app.url, anna, chatId, 'Два')
    await remove(anna.token, id)
    expect(await countersOf(app.url, dmitry)).toMatchObject({ unreadMessages: 1, unreadChats: 1 })
    expect(await countersOf(app.url, elena)).toMatchObject({ unreadMessages: 1, unreadChats: 1 })
    expect(await countersOf(app.url, fyodor)).toMatchObject({ unreadMessages: 0, unreadChats: 0 })
    expect((await chatOf(app.url, fyodor, chatId)).unreadCount).toBe(1)
    await run(app.url, fyodor.token, mute.replace('true', 'false'), { chatId })
    expect(await countersOf(app.url, fyodor)).toMatchObject({ unreadMessages: 1, unreadChats: 1 })
  })

  it('is for the author alone', async () => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    const other = await createChat(app.url, [anna, dmitry])
    const { id } = await say(app.url, anna, chatId, 'Слово')
    await say(app.url, dmitry, other, 'Моё')
    const before = await footprint(app.database)
    expect(await codesOf(app.url, dmitry.token, editMutation, { input: { id, text: 'Чужое' } })).toEqual(['FORBIDDEN'])
    expect(await codesOf(app.url, dmitry.token, deleteMutation, { id })).toEqual(['FORBIDDEN'])
    expect(await footprint(app.database)).toEqual(before)
    expect((await chatOf(app.url, anna, chatId)).lastMessage.text).toBe('Слово')
  })
})
