import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { providers, startTestApp, type TestApp } from '../support/app.ts'
import { asHost, chatOf, codesOf, newChat, newPair, newPeople, range, say } from '../support/chat.ts'
import { listen } from '../support/events.ts'
import { type Person, run } from '../support/market.ts'
import { countRows, footprint } from '../support/sql.ts'
import { hostToken, tokenFor } from '../support/tokens.ts'

const chatFields =
  'id title externalRef lastSeq unreadCount muted participants { lastReadSeq user { externalId name role avatarUrl } }'
const createMutation = `mutation ($input: CreateChatInput!) { createChat(input: $input) { ${chatFields} } }`
const addMutation = `mutation ($chatId: ID!, $user: HostUserInput!) { addParticipant(chatId: $chatId, user: $user) { ${chatFields} } }`
const removeMutation = `mutation ($chatId: ID!, $externalId: String!) { removeParticipant(chatId: $chatId, externalId: $externalId) { ${chatFields} } }`

const human = (externalId: string, more: object = {}) => ({ externalId, name: externalId, role: 'CLIENT', ...more })

describe.each(providers)('chats of the host on %s', (provider) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp(provider)
  })
  afterAll(() => app.close())

  const create = async (input: object) => (await asHost(app.url, createMutation, { input })).createChat

  it('are made for people, who hear of it', async () => {
    const [anna, dmitry] = (await newPeople('anna', 'dmitry')) as [Person, Person]
    const stream = await listen(app.url, anna.token)
    const chat = await create({
      title: ' Курсовая: @ и +7 можно ',
      externalRef: `order-${anna.externalId}`,
      participants: [
        human(anna.externalId, { name: 'Анна', avatarUrl: 'https://cdn.example/a.png' }),
        human(dmitry.externalId, { name: 'Дмитрий', role: 'EXPERT' }),
      ],
    })
    expect(chat).toMatchObject({
      title: 'Курсовая: @ и +7 можно',
      externalRef: `order-${anna.externalId}`,
      lastSeq: 0,
      unreadCount: 0,
      muted: false,
      participants: [
        {
          lastReadSeq: 0,
          user: { externalId: anna.externalId, name: 'Анна', role: 'CLIENT', avatarUrl: 'https://cdn.example/a.png' },
        },
        { lastReadSeq: 0, user: { externalId: dmitry.externalId, name: 'Дмитрий', role: 'EXPERT', avatarUrl: null } },
      ],
    })
    expect(await stream.next()).toMatchObject({ __typename: 'ChatChanged', chat: { id: chat.id } })
    stream.close()
  })

  it('are the same for the same order, unchanged, however often and at once it is asked for', async () => {
    const externalRef = 'order concurrently'
    const people = (index: number) => [human('c-anna'), human('c-dmitry'), human(`c-extra-${index}`)]
    const chats = await Promise.all(
      range(10).map((index) => create({ externalRef, title: `Заказ ${index}`, participants: people(index) })),
    )
    for (const chat of chats) expect(chat).toEqual(chats[0])
    expect(await countRows(app.database, 'Chat', `"externalRef" = '${externalRef}'`)).toBe(1)
    expect(await countRows(app.database, 'Participant', `"chatId" = '${chats[0].id}'`)).toBe(3)
    expect(await create({ externalRef, title: 'Иначе', participants: [human('c-x'), human('c-y')] })).toEqual(chats[0])
    expect(await countRows(app.database, 'User', `"externalId" IN ('c-x', 'c-y')`)).toBe(0)
  })

  it('are different without an order', async () => {
    const input = { title: 'Заказ', participants: [human('d-1'), human('d-2')] }
    expect((await create(input)).id).not.toBe((await create(input)).id)
  })

  it('take 2 to 1000 participants, each of them once', async () => {
    const crowd = (length: number) => range(length).map((index) => human(`crowd-${index}`))
    const input = { externalRef: 'crowd', title: 'Поток', participants: crowd(1000) }
    // UNAVAILABLE is retryable, and on a busy machine this is a large write.
    const chat = await create(input).catch(() => create(input))
    expect(chat.participants).toHaveLength(1000)
    const before = await footprint(app.database)
    const host = await hostToken()
    for (const participants of [[], crowd(1), [human('twice'), human('twice')], crowd(1001)]) {
      expect(await codesOf(app.url, host, createMutation, { input: { title: 'Поток', participants } })).toEqual([
        'BAD_USER_INPUT',
      ])
    }
    expect(await codesOf(app.url, host, addMutation, { chatId: chat.id, user: human('crowd-1000') })).toEqual([
      'BAD_USER_INPUT',
    ])
    expect(await footprint(app.database)).toEqual(before)
    expect(
      (await create({ title: 'Двое', participants: [human('twice'), human('twice'), human('once')] })).participants,
    ).toHaveLength(2)
  })

  it.each([
    ['an empty title', { title: '' }],
    ['a title of white space', { title: ' \n ' }],
    ['a long title', { title: 'я'.repeat(201) }],
    ['a title with a control character', { title: 'a\u0007b' }],
    ['a title of two lines', { title: 'a\nb' }],
    ['an empty externalRef', { externalRef: '' }],
    ['a long externalRef', { externalRef: 'x'.repeat(201) }],
    ['NUL in an externalRef', { externalRef: 'a\u0000' }],
    ['a person without a name', { participants: [human('n-1'), human('n-2', { name: ' ' })] }],
    ['a person without an id', { participants: [human('n-1'), human('', { name: 'x' })] }],
    ['NUL in an id', { participants: [human('n-1'), human('n-\u0000')] }],
    ['a lone surrogate in a name', { participants: [human('n-1'), human('n-2', { name: 'a\ud800' })] }],
    ['a script for a picture', { participants: [human('n-1'), human('n-2', { avatarUrl: 'javascript:alert(1)' })] }],
  ])('are refused with %s', async (_name, change) => {
    const before = await footprint(app.database)
    const input = { title: 'Заказ', participants: [human('n-1'), human('n-2')], ...change }
    expect(await codesOf(app.url, await hostToken(), createMutation, { input })).toEqual(['BAD_USER_INPUT'])
    expect(await footprint(app.database)).toEqual(before)
  })

  it('are for the host alone', async () => {
    const { chatId, anna } = await newPair(app.url)
    const notify = 'mutation { notify(input: { recipients: [], title: "a", body: "b" }) }'
    const tokens = [
      anna.token,
      await tokenFor(anna.externalId, { scope: 'hosts' }),
      await tokenFor(anna.externalId, { scope: 'read,host' }),
      await tokenFor(anna.externalId, { role: 'STAFF' }),
    ]
    // Whoever is seen first makes their role the user's.
    for (const token of tokens) await run(app.url, token, '{ viewer { id } }')
    const before = await footprint(app.database)
    for (const token of tokens) {
      const input = { title: 'Заказ', participants: [human('h-1'), human('h-2')] }
      expect(await codesOf(app.url, token, createMutation, { input })).toEqual(['FORBIDDEN'])
      expect(await codesOf(app.url, token, addMutation, { chatId, user: human('h-1') })).toEqual(['FORBIDDEN'])
      expect(await codesOf(app.url, token, removeMutation, { chatId, externalId: anna.externalId })).toEqual([
        'FORBIDDEN',
      ])
      expect(await codesOf(app.url, token, notify)).toEqual(['FORBIDDEN'])
    }
    expect(await footprint(app.database)).toEqual(before)
    const scoped = await tokenFor('backend', { scope: 'read host write' })
    expect(await run(app.url, scoped, notify)).toEqual({ notify: 0 })
  })

  it('show the host its own facts, and nothing of what was said', async () => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    await say(app.url, anna, chatId, 'Тайна')
    const host = await hostToken()
    const user = human(dmitry.externalId)
    const { addParticipant } = await run(app.url, host, addMutation, { chatId, user })
    expect(addParticipant).toMatchObject({ lastSeq: 1, unreadCount: 0, muted: false })
    for (const field of ['lastMessage { text }', 'messages { edges { node { text } } }']) {
      expect(await codesOf(app.url, host, addMutation.replace(chatFields, field), { chatId, user })).toEqual([
        'FORBIDDEN',
      ])
    }
  })

  it('are FORBIDDEN where there are none, and not made by the way', async () => {
    const before = await footprint(app.database)
    const host = await hostToken()
    for (const chatId of ['', 'x', 'chat_00000000000000000000000000000000', '\u0000']) {
      expect(await codesOf(app.url, host, addMutation, { chatId, user: human('o-1') })).toEqual(['FORBIDDEN'])
      expect(await codesOf(app.url, host, removeMutation, { chatId, externalId: 'o-1' })).toEqual(['FORBIDDEN'])
    }
    expect(await footprint(app.database)).toEqual(before)
  })

  it('bring the people’s names up to date', async () => {
    const { chatId, people } = await newChat(app.url, 'anna', 'dmitry')
    const [anna] = people as [Person]
    // A token that says no name leaves the host's as it is.
    const nameless = { ...anna, token: await tokenFor(anna.externalId, { name: undefined }) }
    await asHost(app.url, addMutation, { chatId, user: human(anna.externalId, { name: 'Анна Новая', role: 'EXPERT' }) })
    const { participants } = await chatOf(app.url, nameless, chatId)
    expect(participants[0].user).toMatchObject({ name: 'Анна Новая', role: 'EXPERT' })
  })
})
