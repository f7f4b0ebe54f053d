import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { providers, startTestApp, type TestApp } from '../support/app.ts'
import { newPair, say } from '../support/chat.ts'
import { request } from '../support/client.ts'
import { messagesSubscription } from '../support/events.ts'
import type { Person } from '../support/market.ts'
import { connectSocket, operate } from '../support/socket.ts'
import { footprint } from '../support/sql.ts'
import { hostToken } from '../support/tokens.ts'

const ofChat = {
  chat: 'query ($id: ID!) { chat(id: $id) { id } }',
  messages: 'query ($id: ID!) { messages(chatId: $id) { edges { cursor } } }',
  checkText: 'query ($id: ID!) { checkText(chatId: $id, text: "a@b") { allowed } }',
  sendMessage: 'mutation ($id: ID!) { sendMessage(input: { chatId: $id, text: "Привет" }) { __typename } }',
  'sendMessage of a refused text':
    'mutation ($id: ID!) { sendMessage(input: { chatId: $id, text: "a@b" }) { __typename } }',
  'sendMessage of no text': 'mutation ($id: ID!) { sendMessage(input: { chatId: $id, text: "" }) { __typename } }',
  'sendMessage with a clientMessageId':
    'mutation ($id: ID!) { sendMessage(input: { chatId: $id, text: "x", clientMessageId: "1" }) { __typename } }',
  markChatRead: 'mutation ($id: ID!) { markChatRead(chatId: $id) { id } }',
  setChatMuted: 'mutation ($id: ID!) { setChatMuted(chatId: $id, muted: true) { id } }',
  setTyping: 'mutation ($id: ID!) { setTyping(chatId: $id) }',
}
const ofMessage = {
  editMessage: 'mutation ($id: ID!) { editMessage(input: { id: $id, text: "Привет" }) { __typename } }',
  'editMessage to a refused text':
    'mutation ($id: ID!) { editMessage(input: { id: $id, text: "a@b" }) { __typename } }',
  deleteMessage: 'mutation ($id: ID!) { deleteMessage(id: $id) { id } }',
}
const ofNotification = {
  markNotificationsRead: 'mutation ($id: ID!) { markNotificationsRead(ids: [$id]) { unreadChats } }',
}
const node = 'query ($id: ID!) { node(id: $id) { id ... on Message { text } ... on User { externalId } } }'
const cases = [
  ...(['chat', 'message', 'notification', 'user'] as const).map((what) => [`node of a ${what}`, what, node] as const),
  ...Object.entries(ofChat).map(([name, query]) => [name, 'chat', query] as const),
  ...Object.entries(ofMessage).map(([name, query]) => [name, 'message', query] as const),
  ...Object.entries(ofNotification).map(([name, query]) => [name, 'notification', query] as const),
]

describe.each(providers)('access on %s', (provider) => {
  let app: TestApp
  let stranger: Person
  const foreign = { chat: '', message: '', notification: '', user: '' }
  beforeAll(async () => {
    app = await startTestApp(provider)
    const { chatId, anna, dmitry } = await newPair(app.url)
    const message = await say(app.url, anna, chatId, 'Тайна')
    const { data } = await request(app.url, dmitry.token, '{ viewer { id } notifications { edges { node { id } } } }')
    foreign.chat = chatId
    foreign.message = message.id
    foreign.notification = data.notifications.edges[0].node.id
    foreign.user = data.viewer.id
    stranger = (await newPair(app.url)).anna
  })
  afterAll(() => app.close())

  /** Ids like the foreign one, of what doesn't exist or can't be. */
  const others = (id: string) => [
    id.slice(0, -1) + (id.endsWith('0') ? '1' : '0'),
    '',
    '0',
    '1 OR 1=1',
    'x'.repeat(3000),
    '\u0000',
    'я\ud83d',
    id.toUpperCase(),
    `${id} `,
    ...Object.values(foreign).filter((other) => other !== id),
  ]

  it.each(cases)(
    '%s answers byte-identically for what is foreign, missing or impossible',
    async (_name, what, query) => {
      const id = foreign[what]
      const before = await footprint(app.database)
      const refusal = await request(app.url, stranger.token, query, { id })
      expect(refusal.status).toBe(200)
      expect(refusal.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
      expect(refusal.body).not.toContain(id)
      for (const other of others(id)) {
        expect((await request(app.url, stranger.token, query, { id: other })).body, JSON.stringify(other)).toBe(
          refusal.body,
        )
      }
      expect(await footprint(app.database)).toEqual(before)
    },
  )

  it('messageAdded answers identically for what is foreign, missing or impossible', async () => {
    const socket = await connectSocket(app.url, stranger.token)
    const answer = async (chatId: string) =>
      JSON.stringify(await operate(socket, '1', messagesSubscription, { chatId }))
    const refusal = await answer(foreign.chat)
    expect(refusal).toContain('"FORBIDDEN"')
    for (const other of others(foreign.chat)) expect(await answer(other)).toBe(refusal)
    await socket.close()
  })

  it.each([
    '{ viewer { id } }',
    '{ chats { edges { cursor } } }',
    '{ notifications { edges { cursor } } }',
    '{ counters { unreadChats } }',
    '{ notificationSettings { sound } }',
    'mutation { markNotificationsRead { unreadChats } }',
    'mutation { updateNotificationSettings(input: { sound: false }) { sound } }',
  ])('needs a viewer, which the host is not: %s', async (query) => {
    const { status, errors } = await request(app.url, await hostToken(), query)
    expect(status).toBe(200)
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
  })

  it.each(cases)('needs a viewer, which the host is not, for %s', async (_name, what, query) => {
    const { errors } = await request(app.url, await hostToken(), query, { id: foreign[what] })
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
  })

  it('needs a viewer, which the host is not, for streams', async () => {
    const socket = await connectSocket(app.url, await hostToken())
    for (const field of ['events', 'notificationAdded', `messageAdded(chatId: "${foreign.chat}")`]) {
      const answer = await operate(socket, field, `subscription { ${field} { cursor } }`)
      expect(JSON.stringify(answer)).toContain('"FORBIDDEN"')
    }
    await socket.close()
  })

  it('makes no user of a host token', async () => {
    const before = await footprint(app.database)
    await request(app.url, await hostToken(), '{ viewer { id } }')
    expect(await footprint(app.database)).toEqual(before)
  })
})
