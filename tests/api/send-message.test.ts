import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { providers, startTestApp, type TestApp } from '../support/app.ts'
import { subscribe } from '../support/client.ts'
import { createChat, type Person, person, run, send } from '../support/market.ts'

describe.each(providers)('sendMessage on %s', (provider) => {
  let app: TestApp
  let anna: Person
  let dmitry: Person
  beforeAll(async () => {
    app = await startTestApp(provider)
    anna = await person('anna')
    dmitry = await person('dmitry')
  })
  afterAll(() => app.close())

  it('reaches the other participant live, with a notification and counters', async () => {
    const chatId = await createChat(app.url, [anna, dmitry])
    const stream = subscribe(
      app.url,
      dmitry.token,
      `subscription { events { __typename cursor ... on MessageAdded { message { text seq author { externalId } } counters { unreadMessages unreadChats unreadNotifications } } ... on NotificationAdded { notification { title body chat { id } } counters { unreadMessages unreadChats unreadNotifications } } } }`,
    )
    expect((await stream.next()).events.__typename).toBe('StreamReady')
    const result = await send(app.url, anna.token, chatId, 'Здравствуйте!\r\n')
    expect(result).toMatchObject({
      __typename: 'SendMessageSuccess',
      duplicate: false,
      sent: { seq: 1, text: 'Здравствуйте!' },
    })
    expect((await stream.next()).events).toMatchObject({
      __typename: 'MessageAdded',
      message: { text: 'Здравствуйте!', seq: 1, author: { externalId: 'anna' } },
      counters: { unreadMessages: 1, unreadChats: 1, unreadNotifications: 0 },
    })
    expect((await stream.next()).events).toMatchObject({
      __typename: 'NotificationAdded',
      notification: { title: 'anna', body: 'Здравствуйте!', chat: { id: chatId } },
      counters: { unreadMessages: 1, unreadChats: 1, unreadNotifications: 1 },
    })
    stream.close()
    const { chats } = await run(
      app.url,
      dmitry.token,
      '{ chats { edges { node { id unreadCount lastMessage { text } } } } }',
    )
    expect(chats.edges[0].node).toMatchObject({ id: chatId, unreadCount: 1, lastMessage: { text: 'Здравствуйте!' } })
  })
})
