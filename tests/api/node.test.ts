import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { providers, startTestApp, type TestApp } from '../support/app.ts'
import { codesOf, newChat, removeParticipant, say } from '../support/chat.ts'
import { type Person, run } from '../support/market.ts'

const nodeQuery = `query ($id: ID!) { node(id: $id) {
  __typename id
  ... on Chat { title participants { user { externalId } } lastMessage { text } }
  ... on Message { text seq chat { id } author { externalId } }
  ... on Notification { body message { seq } actor { externalId } }
  ... on User { externalId }
} }`
const idsQuery =
  'query ($id: ID!) { viewer { id } chat(id: $id) { id lastMessage { id } participants { user { id externalId } } } notifications { edges { node { id } } } }'

describe.each(providers)('a node on %s', (provider) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp(provider)
  })
  afterAll(() => app?.close())

  it('is read again by its id, with all that its type has, until its reader is removed from the chat', async () => {
    const { chatId, people } = await newChat(app.url, 'anna', 'dmitry', 'elena')
    const [anna, dmitry] = people as [Person, Person]
    await say(app.url, anna, chatId, 'Привет')
    const found = await run(app.url, dmitry.token, idsQuery, { id: chatId })
    const others = found.chat.participants.map((one: any) => one.user)
    const annaId = others.find(({ externalId }: any) => externalId === anna.externalId).id
    const messageId = found.chat.lastMessage.id
    const notificationId = found.notifications.edges[0].node.id
    const node = async (id: string) => (await run(app.url, dmitry.token, nodeQuery, { id })).node

    expect(await node(chatId)).toMatchObject({ __typename: 'Chat', id: chatId, lastMessage: { text: 'Привет' } })
    expect(await node(messageId)).toMatchObject({
      ...{ __typename: 'Message', text: 'Привет', seq: 1, chat: { id: chatId } },
      author: { externalId: anna.externalId },
    })
    expect(await node(notificationId)).toMatchObject({
      ...{ __typename: 'Notification', body: 'Привет', message: { seq: 1 } },
      actor: { externalId: anna.externalId },
    })
    expect(await node(annaId)).toMatchObject({ __typename: 'User', externalId: anna.externalId })
    expect(await node(found.viewer.id)).toMatchObject({ __typename: 'User', externalId: dmitry.externalId })

    await removeParticipant(app.url, chatId, dmitry)
    for (const id of [chatId, messageId, notificationId, annaId]) {
      expect(await codesOf(app.url, dmitry.token, nodeQuery, { id })).toEqual(['FORBIDDEN'])
    }
    expect(await node(found.viewer.id)).toMatchObject({ __typename: 'User' })
    // Another's notification is nobody else's to read.
    expect(await codesOf(app.url, anna.token, nodeQuery, { id: notificationId })).toEqual(['FORBIDDEN'])
  })
})
