import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { providers, startTestApp, type TestApp } from '../support/app.ts'
import { codesOf, newChat, newPair, range, removeParticipant, say } from '../support/chat.ts'
import { eventsUntilNow, listen, typesOf } from '../support/events.ts'
import { createChat, person, run, send, sendMutation } from '../support/market.ts'
import { countRows, footprint, sql } from '../support/sql.ts'

const editMutation = 'mutation ($input: EditMessageInput!) { editMessage(input: $input) { __typename } }'
const deleteMutation = 'mutation ($id: ID!) { deleteMessage(id: $id) { id } }'

describe.each(providers)('clientMessageId on %s', (provider) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp(provider)
  })
  afterAll(() => app.close())

  it('makes a retry answer with the original and change nothing', async () => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    const first = await send(app.url, anna.token, chatId, 'Привет', 'a-1')
    expect(first).toMatchObject({ duplicate: false, sent: { seq: 1, clientMessageId: 'a-1' } })
    await say(app.url, dmitry, chatId, 'Здравствуйте')
    const stream = await listen(app.url, dmitry.token)
    const before = await footprint(app.database)
    expect(await send(app.url, anna.token, chatId, 'Привет', 'a-1')).toEqual({ ...first, duplicate: true })
    // The same once it is normalised is the same text.
    expect(await send(app.url, anna.token, chatId, ' Привет\r\n', 'a-1')).toEqual({ ...first, duplicate: true })
    expect(await footprint(app.database)).toEqual(before)
    expect(await eventsUntilNow(app.url, dmitry.externalId, stream)).toEqual([])
    stream.close()
  })

  it('makes one message, one notification and one event of concurrent identical sends', async () => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    const stream = await listen(app.url, dmitry.token)
    const results = await Promise.all(range(12).map(() => send(app.url, anna.token, chatId, 'Один раз', 'once')))
    expect(new Set(results.map((result) => result.sent.id)).size).toBe(1)
    expect(results.filter((result) => !result.duplicate)).toHaveLength(1)
    expect(await countRows(app.database, 'Message', `"chatId" = '${chatId}'`)).toBe(1)
    expect(await countRows(app.database, 'Notification', `"chatId" = '${chatId}'`)).toBe(1)
    expect(typesOf(await eventsUntilNow(app.url, dmitry.externalId, stream))).toEqual([
      'MessageAdded',
      'NotificationAdded',
    ])
    stream.close()
  })

  it('makes one message of concurrent sends to two chats, and refuses the rest', async () => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    const other = await createChat(app.url, [anna, dmitry])
    const results = await Promise.all(
      range(8).map((index) =>
        send(app.url, anna.token, index % 2 ? chatId : other, 'Привет', 'same').catch((error: Error) => error.message),
      ),
    )
    expect(results.filter((result) => result.duplicate === false)).toHaveLength(1)
    expect(results.filter((result) => typeof result === 'string' && result.includes('BAD_USER_INPUT'))).toHaveLength(4)
    expect(
      await countRows(app.database, 'Message', `"clientMessageId" = 'same' AND "chatId" IN ('${chatId}', '${other}')`),
    ).toBe(1)
  })

  it.each([
    ['another text', 'Другое'],
    ['a text that the guard refuses', 'a@b'],
    ['a text that is none', ''],
  ])('is BAD_USER_INPUT with %s, and nothing is stored', async (_name, text) => {
    const { chatId, anna } = await newPair(app.url)
    await say(app.url, anna, chatId, 'Первое', 'c-1')
    const before = await footprint(app.database)
    expect(
      await codesOf(app.url, anna.token, sendMutation, { input: { chatId, text, clientMessageId: 'c-1' } }),
    ).toEqual(['BAD_USER_INPUT'])
    expect(await footprint(app.database)).toEqual(before)
  })

  it('is BAD_USER_INPUT in another chat of the author', async () => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    const other = await createChat(app.url, [anna, dmitry])
    await say(app.url, anna, chatId, 'Первое', 'c-1')
    const input = { chatId: other, text: 'Первое', clientMessageId: 'c-1' }
    expect(await codesOf(app.url, anna.token, sendMutation, { input })).toEqual(['BAD_USER_INPUT'])
  })

  it('is unique per author only', async () => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    const [one, two] = [await say(app.url, anna, chatId, 'Да', 'x'), await say(app.url, dmitry, chatId, 'Да', 'x')]
    expect([one.seq, two.seq]).toEqual([1, 2])
  })

  it('may have 1 to 64 characters', async () => {
    const { chatId, anna } = await newPair(app.url)
    for (const clientMessageId of ['z', 'я'.repeat(64), '😀'.repeat(32), '0190-e7b1 ключ/№']) {
      expect(await send(app.url, anna.token, chatId, 'Да', clientMessageId)).toMatchObject({
        sent: { clientMessageId },
      })
    }
    const before = await footprint(app.database)
    for (const clientMessageId of ['', 'z'.repeat(65), 'я'.repeat(1000), 'a\u0000b', 'a\ud800']) {
      const input = { chatId, text: 'Да', clientMessageId }
      expect(await codesOf(app.url, anna.token, sendMutation, { input }), clientMessageId).toEqual(['BAD_USER_INPUT'])
    }
    expect(await footprint(app.database)).toEqual(before)
  })

  it('answers a retry after an edit and after a deletion with the message as it is now', async () => {
    const { chatId, anna } = await newPair(app.url)
    const { id } = await say(app.url, anna, chatId, 'Первое', 'e-1')
    await run(app.url, anna.token, editMutation, { input: { id, text: 'Второе' } })
    expect(await send(app.url, anna.token, chatId, 'Первое', 'e-1')).toMatchObject({
      duplicate: true,
      sent: { id, text: 'Второе' },
    })
    const input = { chatId, text: 'Второе', clientMessageId: 'e-1' }
    expect(await codesOf(app.url, anna.token, sendMutation, { input })).toEqual(['BAD_USER_INPUT'])
    await run(app.url, anna.token, deleteMutation, { id })
    expect(await send(app.url, anna.token, chatId, 'Первое', 'e-1')).toMatchObject({
      duplicate: true,
      sent: { id, text: '' },
    })
  })

  it('is shown to its author alone', async () => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    const streams = await Promise.all([listen(app.url, anna.token), listen(app.url, dmitry.token)])
    await say(app.url, anna, chatId, 'Привет', 'mine')
    const [own, others] = await Promise.all(streams.map((stream) => stream.next()))
    expect(own.message.clientMessageId).toBe('mine')
    expect(others.message.clientMessageId).toBeNull()
    const query =
      'query ($id: ID!) { chat(id: $id) { lastMessage { clientMessageId } messages { edges { node { clientMessageId } } } } }'
    const { chat } = await run(app.url, dmitry.token, query, { id: chatId })
    expect(chat).toEqual({
      lastMessage: { clientMessageId: null },
      messages: { edges: [{ node: { clientMessageId: null } }] },
    })
    for (const stream of streams) stream.close()
  })

  it('tells nothing to an author who was removed since', async () => {
    const { chatId, people } = await newChat(app.url, 'anna', 'dmitry', 'elena')
    const [anna] = people
    if (!anna) throw new Error('nobody')
    await say(app.url, anna, chatId, 'Привет', 'gone')
    await removeParticipant(app.url, chatId, anna)
    const input = { chatId, text: 'Привет', clientMessageId: 'gone' }
    expect(await codesOf(app.url, anna.token, sendMutation, { input })).toEqual(['FORBIDDEN'])
  })
})

describe.each(providers)('a retry on %s', (provider) => {
  it('is answered even when the author may send nothing more, and takes nothing of what they may', async () => {
    const app = await startTestApp(provider, { env: { LIMIT_SENDS_PER_MINUTE: '2' } })
    try {
      const { chatId, anna } = await newPair(app.url)
      const sent = await say(app.url, anna, chatId, 'Первое', 'r-1')
      await say(app.url, anna, chatId, 'Второе')
      expect(await send(app.url, anna.token, chatId, 'Третье')).toMatchObject({ __typename: 'RateLimited' })
      expect(await send(app.url, anna.token, chatId, 'Первое', 'r-1')).toMatchObject({
        duplicate: true,
        sent: { id: sent.id },
      })
    } finally {
      await app.close()
    }
  })

  it('is answered by an app that was started anew', async () => {
    const first = await startTestApp(provider)
    const { chatId, anna } = await newPair(first.url)
    const sent = await say(first.url, anna, chatId, 'Первое', 'r-1')
    await first.app.close()
    const second = await startTestApp(provider, { database: first.database })
    try {
      expect(await send(second.url, anna.token, chatId, 'Первое', 'r-1')).toMatchObject({
        duplicate: true,
        sent: { id: sent.id },
      })
    } finally {
      await second.close()
      await first.database.drop()
    }
  })

  it('is answered a month later, when its events are long gone', async () => {
    const first = await startTestApp(provider)
    const { chatId, anna } = await newPair(first.url)
    const sent = await say(first.url, anna, chatId, 'Первое', 'r-1')
    await first.app.close()
    const later = Date.now() + 31 * 86_400_000
    await sql(first.database, 'UPDATE "Inbox" SET "prunedSeq" = "seq"')
    await sql(first.database, 'DELETE FROM "Event"')
    const second = await startTestApp(provider, { database: first.database, clock: () => new Date(later) })
    try {
      const iat = Math.floor(later / 1000)
      const { token } = await person(anna.externalId, { iat, exp: iat + 600 })
      const before = await footprint(first.database)
      expect(await send(second.url, token, chatId, 'Первое', 'r-1')).toMatchObject({
        duplicate: true,
        sent: { id: sent.id, createdAt: sent.createdAt },
      })
      const input = { chatId, text: 'Другое', clientMessageId: 'r-1' }
      expect(await codesOf(second.url, token, sendMutation, { input })).toEqual(['BAD_USER_INPUT'])
      expect(await footprint(first.database)).toEqual(before)
    } finally {
      await second.close()
      await first.database.drop()
    }
  })
})
