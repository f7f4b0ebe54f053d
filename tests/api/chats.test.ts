import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { providers, startTestApp, type TestApp } from '../support/app.ts'
import { chatOf, codesOf, newPair, newPeople, range, say } from '../support/chat.ts'
import { createChat, type Person, person, run } from '../support/market.ts'

const chatsQuery = `query ($first: Int, $after: String, $last: Int, $before: String) {
  page: chats(first: $first, after: $after, last: $last, before: $before) {
    edges { cursor node { id title } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`
const messagesQuery = `query ($chatId: ID!, $first: Int, $after: String, $last: Int, $before: String) {
  page: messages(chatId: $chatId, first: $first, after: $after, last: $last, before: $before) {
    edges { cursor node { id seq text } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`
const nestedQuery = messagesQuery
  .replace('page: messages(chatId: $chatId, ', 'chat(id: $chatId) { page: messages(')
  .replace(/$/, ' }')
const notificationsQuery = `query ($first: Int, $after: String, $last: Int, $before: String) {
  page: notifications(first: $first, after: $after, last: $last, before: $before) {
    edges { cursor node { id title } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`

describe.each(providers)('lists on %s', (provider) => {
  let app: TestApp
  let anna: Person
  let dmitry: Person
  let chats: string[]
  let chatId: string
  beforeAll(async () => {
    app = await startTestApp(provider)
    ;[anna, dmitry] = (await newPeople('anna', 'dmitry')) as [Person, Person]
    chats = []
    for (const index of range(25)) chats.push(await createChat(app.url, [anna, dmitry], `Заказ ${index}`))
    chatId = chats[3] as string
    // Activity moves a chat to the front.
    for (const index of range(25)) await say(app.url, dmitry, chatId, `Сообщение ${index + 1}`)
  })
  afterAll(() => app.close())

  const page = async (query: string, args: Record<string, unknown> = {}, who = anna) => {
    const data = await run(app.url, who.token, query, { chatId, ...args })
    return data.page ?? data.chat.page
  }

  it('shows chats by their latest activity, 20 of them', async () => {
    const { edges, pageInfo } = await page(chatsQuery)
    const wanted = [chatId, ...chats.filter((id) => id !== chatId).reverse()]
    expect(edges.map((edge: any) => edge.node.id)).toEqual(wanted.slice(0, 20))
    expect(pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: edges[0].cursor,
      endCursor: edges[19].cursor,
    })
  })

  it('shows the latest 20 messages in ascending order', async () => {
    for (const query of [messagesQuery, nestedQuery]) {
      const { edges, pageInfo } = await page(query)
      expect(edges.map((edge: any) => edge.node.seq)).toEqual(range(20).map((index) => index + 6))
      expect(pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true })
    }
  })

  it('shows notifications latest first', async () => {
    const { edges } = await page(notificationsQuery)
    expect(edges).toHaveLength(20)
    const bodies = await run(app.url, anna.token, '{ notifications(first: 2) { edges { node { body } } } }')
    expect(bodies.notifications.edges.map((edge: any) => edge.node.body)).toEqual(['Сообщение 25', 'Сообщение 24'])
  })

  it('opens a chat at any seq', async () => {
    const from = async (fromSeq: number, first: number) => {
      const query = `query ($chatId: ID!, $first: Int, $fromSeq: Int) {
        page: messages(chatId: $chatId, first: $first, fromSeq: $fromSeq) {
          edges { node { seq } } pageInfo { hasNextPage hasPreviousPage } } }`
      const { edges, pageInfo } = await page(query, { first, fromSeq })
      return [edges.map((edge: any) => edge.node.seq), pageInfo.hasPreviousPage, pageInfo.hasNextPage]
    }
    expect(await from(1, 3)).toEqual([[1, 2, 3], false, true])
    expect(await from(11, 3)).toEqual([[11, 12, 13], true, true])
    expect(await from(24, 3)).toEqual([[24, 25], true, false])
    expect(await from(26, 3)).toEqual([[], true, false])
  })

  it('refuses a seq that can’t be, and one beside another place', async () => {
    const query = `query ($chatId: ID!, $fromSeq: Int, $last: Int, $after: String, $before: String) {
      messages(chatId: $chatId, fromSeq: $fromSeq, last: $last, after: $after, before: $before) { edges { cursor } } }`
    const { cursor } = (await page(messagesQuery, { first: 1 })).edges[0]
    const wrong = [{ fromSeq: 0 }, { fromSeq: -3 }, ...[{ last: 3 }, { after: cursor }, { before: cursor }]].map(
      (args) => ({ chatId, fromSeq: 5, ...args }),
    )
    const codes = await Promise.all(wrong.map((args) => codesOf(app.url, anna.token, query, args)))
    expect(codes).toEqual(wrong.map(() => ['BAD_USER_INPUT']))
  })

  const lists = [
    ['chats', chatsQuery],
    ['messages', messagesQuery],
    ['messages of a chat', nestedQuery],
    ['notifications', notificationsQuery],
  ] as const

  it.each(lists)('pages through %s in both directions: everything once, in one order', async (_name, query) => {
    const all = (await page(query, { first: 100 })).edges.map((edge: any) => edge.node.id)
    expect(all).toHaveLength(25)
    expect(new Set(all).size).toBe(25)

    const forward: string[] = []
    for (let after: string | null = null; ; ) {
      const { edges, pageInfo } = await page(query, { first: 7, after })
      forward.push(...edges.map((edge: any) => edge.node.id))
      expect(pageInfo.hasNextPage).toBe(forward.length < 25)
      expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([edges[0].cursor, edges.at(-1).cursor])
      if (!pageInfo.hasNextPage) break
      after = pageInfo.endCursor
    }
    expect(forward).toEqual(all)

    const backward: string[] = []
    for (let before: string | null = null; ; ) {
      const { edges, pageInfo } = await page(query, { last: 7, before })
      backward.unshift(...edges.map((edge: any) => edge.node.id))
      expect(pageInfo.hasPreviousPage).toBe(backward.length < 25)
      if (!pageInfo.hasPreviousPage) break
      before = pageInfo.startCursor
    }
    expect(backward).toEqual(all)
  })

  it.each(lists)('takes %s between two cursors', async (_name, query) => {
    const { edges } = await page(query, { first: 10 })
    const between = await page(query, { first: 100, after: edges[2].cursor, before: edges[6].cursor })
    expect(between.edges).toEqual(edges.slice(3, 6))
    expect((await page(query, { last: 2, after: edges[2].cursor, before: edges[6].cursor })).edges).toEqual(
      edges.slice(4, 6),
    )
    const nothing = await page(query, { first: 5, after: edges[3].cursor, before: edges[4].cursor })
    expect(nothing.edges).toEqual([])
    expect(nothing.pageInfo).toMatchObject({ startCursor: null, endCursor: null, hasNextPage: false })
  })

  it.each(lists)('refuses page sizes and cursors of %s that can’t be', async (_name, query) => {
    const { edges } = await page(query, { first: 3 })
    const cursor: string = edges[1].cursor
    const dmitrys: string = (await page(query === notificationsQuery ? chatsQuery : query, { first: 1 }, dmitry))
      .edges[0].cursor
    const other = (await page(query === chatsQuery ? messagesQuery : chatsQuery, { first: 1 })).edges[0].cursor
    const swapped = `${cursor.slice(0, -1)}${cursor.endsWith('A') ? 'B' : 'A'}`
    const wrong = [
      { first: 0 },
      { first: -1 },
      { first: 101 },
      { last: 0 },
      { last: 101 },
      { first: 1, last: 1 },
      ...['', 'x', swapped, `${cursor}=`, cursor.slice(2), btoa('1'), dmitrys, other].flatMap((text) => [
        { first: 1, after: text },
        { last: 1, before: text },
      ]),
    ]
    const codes = await Promise.all(wrong.map((args) => codesOf(app.url, anna.token, query, { chatId, ...args })))
    expect(codes.map((code, index) => [wrong[index], code])).toEqual(wrong.map((args) => [args, ['BAD_USER_INPUT']]))
  })

  it('refuses a message cursor of another chat', async () => {
    await say(app.url, dmitry, chats[5] as string, 'Там')
    const { edges } = await page(messagesQuery, { chatId: chats[5], first: 1 })
    expect(await codesOf(app.url, anna.token, messagesQuery, { chatId, after: edges[0].cursor })).toEqual([
      'BAD_USER_INPUT',
    ])
  })

  it('takes sizes 1 and 100, and null for none', async () => {
    expect((await page(messagesQuery, { first: 1 })).edges).toHaveLength(1)
    expect((await page(messagesQuery, { last: 100 })).edges).toHaveLength(25)
    expect((await page(messagesQuery, { first: null, last: null, after: null })).edges).toHaveLength(20)
  })
})

describe.each(providers)('a chat on %s', (provider) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp(provider)
  })
  afterAll(() => app.close())

  it('has nothing in it at first', async () => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    const chat = await chatOf(app.url, anna, chatId)
    expect(chat).toMatchObject({
      id: chatId,
      title: 'Заказ',
      externalRef: null,
      lastSeq: 0,
      unreadCount: 0,
      muted: false,
      lastMessage: null,
    })
    expect(chat.participants.map((one: any) => [one.user.externalId, one.lastReadSeq])).toEqual([
      [anna.externalId, 0],
      [dmitry.externalId, 0],
    ])
    expect(chat.lastActivityAt).toBe(chat.createdAt)
  })

  it('shows its newest message, its own unread count to each, and times in UTC', async () => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    const { id, createdAt } = await say(app.url, anna, chatId, 'Привет')
    const [own, others] = [await chatOf(app.url, anna, chatId), await chatOf(app.url, dmitry, chatId)]
    expect([own.unreadCount, others.unreadCount]).toEqual([0, 1])
    for (const chat of [own, others])
      expect(chat).toMatchObject({ lastSeq: 1, lastMessage: { id, seq: 1, text: 'Привет' } })
    expect(createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    expect(Math.abs(Date.parse(createdAt) - Date.now())).toBeLessThan(60_000)
    expect(own.lastActivityAt).toBe(createdAt)
  })

  it('keeps a cursor’s place when chats move up meanwhile', async () => {
    const [anna, dmitry] = (await newPeople('anna', 'dmitry')) as [Person, Person]
    const ids: string[] = []
    for (const index of range(6)) ids.unshift(await createChat(app.url, [anna, dmitry], `Заказ ${index}`))
    const first = (await run(app.url, anna.token, chatsQuery, { first: 3 })).page
    await say(app.url, dmitry, ids[5] as string, 'Наверх')
    const rest = (await run(app.url, anna.token, chatsQuery, { first: 10, after: first.pageInfo.endCursor })).page
    expect(rest.edges.map((edge: any) => edge.node.id)).toEqual(ids.slice(3, 5))
  })

  it('shows a stranger an empty list', async () => {
    const [stranger] = (await newPeople('stranger')) as [Person]
    expect((await run(app.url, stranger.token, chatsQuery)).page).toEqual({
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    })
  })
})

describe.each(providers)('the search for a chat on %s', (provider) => {
  let app: TestApp
  let anna: Person
  beforeAll(async () => {
    app = await startTestApp(provider)
    anna = await person('search-anna', { name: 'Анна Смирнова' })
    const dmitry = await person('search-dmitry', { name: 'Дмитрий Орлов' })
    const fedor = await person('search-fedor', { name: 'Фёдор Ёлкин' })
    await createChat(app.url, [anna, dmitry], 'Теория вероятностей: ИДЗ', 'order-10482')
    await createChat(app.url, [anna, fedor], 'Маркетинг: курсовая «ВКонтакте и Telegram»', 'order-10477')
    await createChat(app.url, [anna, dmitry], 'Чертёж 100%_', 'order-10500')
    await createChat(app.url, [dmitry, fedor], 'Теория графов', 'order-10999')
    // Names follow the newest token.
    for (const { token } of [anna, dmitry, fedor]) await run(app.url, token, '{ viewer { id } }')
  })
  afterAll(() => app.close())

  const query = `query ($search: String, $first: Int, $after: String) {
    chats(search: $search, first: $first, after: $after) { edges { node { title } } pageInfo { hasNextPage endCursor } } }`
  const find = async (search: string | null) =>
    (await run(app.url, anna.token, query, { search })).chats.edges.map((edge: any) => edge.node.title.split(/[ :]/)[0])

  it.each([
    ['теория', ['Теория']],
    ['ВЕРОЯТН тео', ['Теория']],
    ['вконтакте', ['Маркетинг']],
    ['order-104', ['Маркетинг', 'Теория']],
    ['орлов', ['Чертёж', 'Теория']],
    ['Федор елкин', ['Маркетинг']],
    ['орлов чертеж', ['Чертёж']],
    ['0%_', ['Чертёж']],
    ['%', ['Чертёж']],
    ['смирнова', []],
    ['графов', []],
    ['  ', ['Чертёж', 'Маркетинг', 'Теория']],
    [null, ['Чертёж', 'Маркетинг', 'Теория']],
  ])('finds by the order, its reference or the other people: %o', async (search, titles) => {
    expect(await find(search)).toEqual(titles)
  })

  it('goes on page by page', async () => {
    const first = (await run(app.url, anna.token, query, { search: 'орлов', first: 1 })).chats
    expect([first.edges[0].node.title, first.pageInfo.hasNextPage]).toEqual(['Чертёж 100%_', true])
    const rest = (await run(app.url, anna.token, query, { search: 'орлов', first: 1, after: first.pageInfo.endCursor }))
      .chats
    expect([rest.edges[0].node.title, rest.pageInfo.hasNextPage]).toEqual(['Теория вероятностей: ИДЗ', false])
  })

  it('refuses what is too long to be searched for', async () => {
    expect(await codesOf(app.url, anna.token, query, { search: 'я'.repeat(201) })).toEqual(['BAD_USER_INPUT'])
  })
})
