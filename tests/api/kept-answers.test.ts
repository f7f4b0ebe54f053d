import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { providers, startTestApp, type TestApp } from '../support/app.ts'
import { newPair, newPeople, say } from '../support/chat.ts'
import { request } from '../support/client.ts'
import { createChat, type Person, person, run } from '../support/market.ts'
import { connectSocket } from '../support/socket.ts'
import { hostToken, tokenFor } from '../support/tokens.ts'

const chatsQuery = `{ chats(first: 5) { edges { node { title unreadCount lastMessage { text }
  participants { lastReadSeq user { externalId name online } } } } } }`
const messagesQuery = 'query ($id: ID!) { messages(chatId: $id) { edges { node { text editedAt deletedAt } } } }'

describe.each(providers)('an answer that is asked for again on %s', (provider) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp(provider)
  })
  afterAll(() => app.close())

  /** Asks until the answer is a kept one, and returns it. */
  async function keep(who: Person, query: string, variables?: Record<string, unknown>) {
    for (let i = 0; i < 3; i++) await run(app.url, who.token, query, variables)
    app.statements.reset()
    const data = await run(app.url, who.token, query, variables)
    expect(app.statements.list.map((sql) => /FROM "(\w+)"/.exec(sql)?.[1])).toEqual(['Inbox'])
    return data
  }
  const chats = async (who: Person) =>
    (await run(app.url, who.token, chatsQuery)).chats.edges.map(({ node }: any) => node)

  it('costs one look at the inbox while nothing is new, and is what the first one was', async () => {
    const { anna, dmitry, chatId } = await newPair(app.url)
    await say(app.url, dmitry, chatId, 'Добрый день')
    const first = await request(app.url, anna.token, chatsQuery)
    const kept = await keep(anna, chatsQuery)
    expect(kept).toEqual(first.data)
    const again = await request(app.url, anna.token, chatsQuery)
    expect(again.body).toBe(first.body)
    expect(again.status).toBe(first.status)
    expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'))
  })

  it('shows at once what is sent, edited, deleted, read and muted', async () => {
    const { anna, dmitry, chatId } = await newPair(app.url)
    const sent = await say(app.url, dmitry, chatId, 'Раз')
    const shown = async () => {
      const [{ unreadCount, lastMessage }] = await chats(anna)
      const { messages } = await run(app.url, anna.token, messagesQuery, { id: chatId })
      const { node } = messages.edges.at(-1)
      return { unreadCount, last: lastMessage.text, text: node.text, deleted: node.deletedAt !== null }
    }
    const keepBoth = async () => {
      await keep(anna, chatsQuery)
      await keep(anna, messagesQuery, { id: chatId })
    }
    await keepBoth()
    expect(await shown()).toEqual({ unreadCount: 1, last: 'Раз', text: 'Раз', deleted: false })

    await run(app.url, dmitry.token, 'mutation ($i: EditMessageInput!) { editMessage(input: $i) { __typename } }', {
      i: { id: sent.id, text: 'Два' },
    })
    expect(await shown()).toEqual({ unreadCount: 1, last: 'Два', text: 'Два', deleted: false })
    await keepBoth()
    await run(app.url, dmitry.token, 'mutation ($id: ID!) { deleteMessage(id: $id) { id } }', { id: sent.id })
    expect(await shown()).toMatchObject({ deleted: true })
    await keepBoth()
    await say(app.url, dmitry, chatId, 'Три')
    expect(await shown()).toMatchObject({ last: 'Три' })

    await keep(dmitry, chatsQuery)
    await run(app.url, anna.token, 'mutation ($id: ID!) { markChatRead(chatId: $id) { id } }', { id: chatId })
    const [{ participants }] = await chats(dmitry)
    expect(participants.map(({ lastReadSeq }: any) => lastReadSeq)).toEqual([2, 2])
    expect(await shown()).toMatchObject({ unreadCount: 0 })
  })

  it('shows at once what people are called, by their tokens and by the host, and that they come', async () => {
    const { anna, dmitry } = await newPair(app.url)
    const dmitryNow = async () => {
      const [{ participants }] = await chats(anna)
      return participants.find(({ user }: any) => user.externalId === dmitry.externalId).user
    }
    await keep(anna, chatsQuery)
    const issuedAt = Math.floor(Date.now() / 1000) + 1
    const renamed = await tokenFor(dmitry.externalId, { name: 'Дмитрий', iat: issuedAt })
    await run(app.url, renamed, '{ viewer { id } }')
    expect(await dmitryNow()).toMatchObject({ name: 'Дмитрий', online: false })

    await keep(anna, chatsQuery)
    const [stranger] = (await newPeople('stranger')) as [Person]
    await run(app.url, await hostToken(), 'mutation ($i: CreateChatInput!) { createChat(input: $i) { id } }', {
      i: {
        title: 'Другой заказ',
        participants: [dmitry, stranger].map(({ externalId }) => ({ externalId, name: 'Дмитрий Б.', role: 'EXPERT' })),
      },
    })
    expect(await dmitryNow()).toMatchObject({ name: 'Дмитрий Б.' })

    await keep(anna, chatsQuery)
    const socket = await connectSocket(app.url, renamed)
    expect(await dmitryNow()).toMatchObject({ online: true })
    await socket.close()
  })

  it('is nobody else’s, and ends with the membership', async () => {
    const { anna, dmitry, chatId } = await newPair(app.url)
    await say(app.url, dmitry, chatId, 'Для нас двоих')
    await keep(anna, messagesQuery, { id: chatId })
    const [eve] = (await newPeople('eve')) as [Person]
    for (let i = 0; i < 4; i++) {
      const { errors } = await request(app.url, eve.token, messagesQuery, { id: chatId })
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    }
    await run(
      app.url,
      await hostToken(),
      'mutation ($c: ID!, $e: String!) { removeParticipant(chatId: $c, externalId: $e) { id } }',
      { c: chatId, e: anna.externalId },
    )
    const { errors } = await request(app.url, anna.token, messagesQuery, { id: chatId })
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  })

  it('is always made anew where it depends on more: searches, dry runs, settings', async () => {
    const { anna, chatId } = await newPair(app.url)
    await createChat(app.url, [anna, await person(`другой-${chatId.slice(-6)}`)], 'Дифференциальные уравнения')
    const questions: [string, Record<string, unknown>?][] = [
      ['{ chats(search: "дифф") { edges { node { id } } } }'],
      ['query ($s: String) { chats(search: $s) { edges { node { id } } } }', { s: 'дифф' }],
      ['query ($c: ID!) { checkText(chatId: $c, text: "Здравствуйте") { findings { kind } } }', { c: chatId }],
      ['{ notificationSettings { kinds { kind inApp } } }'],
      ['query A { chats { edges { node { id } } } notificationSettings { kinds { kind inApp } } }'],
    ]
    for (const [query, variables] of questions) {
      for (let i = 0; i < 3; i++) await request(app.url, anna.token, query, variables)
      app.statements.reset()
      await request(app.url, anna.token, query, variables)
      expect(app.statements.list.length, query).toBeGreaterThan(0)
      // Nor is there a look at the inbox for nothing.
      expect(app.statements.list.filter((sql) => sql.startsWith('SELECT "userId", "seq" FROM "Inbox"'))).toEqual([])
    }
  })
})
