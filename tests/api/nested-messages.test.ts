import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { providers, startTestApp, type TestApp } from '../support/app.ts'
import { createChat, type Person, person, run, send } from '../support/market.ts'

describe.each(providers)('messages within a list of chats on %s', (provider) => {
  let app: TestApp
  let anna: Person
  let dmitry: Person
  beforeAll(async () => {
    app = await startTestApp(provider)
    anna = await person('anna')
    dmitry = await person('dmitry')
    for (const count of [0, 1, 3, 4, 7]) {
      const chatId = await createChat(app.url, [anna, dmitry], `${count}`)
      for (let seq = 1; seq <= count; seq++) await send(app.url, anna.token, chatId, `${seq}`)
    }
  })
  afterAll(() => app.close())

  /** The statements that read what is shown. */
  const reads = () => app.statements.list.filter((sql) => sql.startsWith('SELECT') && !sql.includes('FROM "Inbox"'))
  const page = '{ edges { cursor node { seq text author { externalId } } } pageInfo { hasNextPage hasPreviousPage } }'

  it('are the right page of each chat, from either end, aliases apart', async () => {
    const { chats } = await run(
      app.url,
      dmitry.token,
      `{ chats { edges { node { title newest: messages(last: 3) ${page} oldest: messages(first: 3) ${page} } } } }`,
    )
    const found = Object.fromEntries(
      chats.edges.map(({ node }: any) => [
        node.title,
        [node.newest, node.oldest].map(({ edges, pageInfo }) => [
          edges.map((edge: any) => edge.node.seq).join(),
          pageInfo.hasPreviousPage,
          pageInfo.hasNextPage,
        ]),
      ]),
    )
    expect(found).toEqual({
      0: [
        ['', false, false],
        ['', false, false],
      ],
      1: [
        ['1', false, false],
        ['1', false, false],
      ],
      3: [
        ['1,2,3', false, false],
        ['1,2,3', false, false],
      ],
      4: [
        ['2,3,4', true, false],
        ['1,2,3', false, true],
      ],
      7: [
        ['5,6,7', true, false],
        ['1,2,3', false, true],
      ],
    })
  })

  it('go on from their cursors', async () => {
    const { chats } = await run(
      app.url,
      dmitry.token,
      `{ chats(first: 1) { edges { node { id messages(last: 3) ${page} } } } }`,
    )
    const { id, messages } = chats.edges[0].node
    const { chat } = await run(
      app.url,
      dmitry.token,
      `query($id: ID!, $before: String) { chat(id: $id) { messages(last: 3, before: $before) ${page} } }`,
      { id, before: messages.edges[0].cursor },
    )
    expect(chat.messages.edges.map((edge: any) => edge.node.seq)).toEqual([2, 3, 4])
  })

  it('cost as many statements for five chats as for one', async () => {
    const query = `query($first: Int) { chats(first: $first) { edges { node { messages(last: 3) ${page} } } } }`
    const counts = []
    for (const first of [1, 5]) {
      app.statements.reset()
      await run(app.url, dmitry.token, query, { first })
      counts.push(app.statements.list.length)
    }
    expect(counts[1]).toBe(counts[0])
  })

  it('show their chat as each viewer has it, read once for all of them', async () => {
    const chatId = await createChat(app.url, [anna, dmitry], 'Для двоих')
    for (const text of ['1', '2', '3']) await send(app.url, anna.token, chatId, text)
    const query = `query ($id: ID!) { messages(chatId: $id) { edges { node { seq chat {
      title unreadCount lastMessage { seq author { externalId } } participants { user { externalId } } } } } } }`
    for (const [viewer, unreadCount] of [
      [anna, 0],
      [dmitry, 3],
      [anna, 0],
    ] as const) {
      app.statements.reset()
      const { messages } = await run(app.url, viewer.token, query, { id: chatId })
      expect(reads()).toHaveLength(3)
      const chat = {
        title: 'Для двоих',
        unreadCount,
        lastMessage: { seq: 3, author: { externalId: anna.externalId } },
        participants: [{ user: { externalId: anna.externalId } }, { user: { externalId: dmitry.externalId } }],
      }
      expect(messages.edges.map(({ node }: any) => node)).toEqual([1, 2, 3].map((seq) => ({ seq, chat })))
    }
  })

  it('are what the variables of directives select, whatever they were before', async () => {
    const query = `query ($all: Boolean!) { chats(first: 2) { edges { node { title participants @include(if: $all) {
      user { externalId } } lastMessage @skip(if: $all) { seq } } } } }`
    const fieldsOf = async (all: boolean) => {
      app.statements.reset()
      const { chats } = await run(app.url, anna.token, query, { all })
      expect(reads()).toHaveLength(1)
      return Object.keys(chats.edges[0].node)
    }
    expect(await fieldsOf(false)).toEqual(['title', 'lastMessage'])
    expect(await fieldsOf(true)).toEqual(['title', 'participants'])
    expect(await fieldsOf(false)).toEqual(['title', 'lastMessage'])
  })
})
