import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { providers, startTestApp, type TestApp } from '../support/app.ts'
import { subscribe } from '../support/client.ts'
import { createChat, person, run, send } from '../support/market.ts'

describe.each(providers)('a chat of 1000 people on %s', (provider) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp(provider)
  })
  afterAll(() => app.close())

  it('is written to by as many statements as a chat of two, and everybody is told', async () => {
    const people = Array.from({ length: 1000 }, (_, index) => ({ externalId: `person-${index}`, token: '' }))
    const [author, last] = await Promise.all([person('person-0'), person('person-999')])
    const large = await createChat(app.url, people, 'тысяча')
    const small = await createChat(app.url, people.slice(0, 2), 'двое')
    // The author's first look has been had before anything is counted.
    await run(app.url, author.token, '{ viewer { id } }')

    const stream = subscribe(
      app.url,
      last.token,
      `subscription { events { __typename ... on MessageAdded { message { text } counters { unreadMessages } } } }`,
    )
    await stream.next()
    const statements: Record<string, number> = {}
    for (const [name, chatId] of Object.entries({ large, small })) {
      app.statements.reset()
      await send(app.url, author.token, chatId, 'всем привет')
      // The reader of the large chat asks for what it is told of.
      statements[name] = app.statements.list.filter((sql) => !/^SELECT/i.test(sql)).length
      if (name === 'large') {
        const added = await stream.until(({ events }) => events.__typename === 'MessageAdded')
        expect(added.events).toMatchObject({ message: { text: 'всем привет' }, counters: { unreadMessages: 1 } })
      }
    }
    stream.close()
    expect(statements.large).toBe(statements.small)

    for (const index of [1, 500, 998]) {
      const { counters, notifications } = await run(
        app.url,
        (await person(`person-${index}`)).token,
        '{ counters { unreadMessages unreadNotifications } notifications { edges { node { body } } } }',
      )
      expect(counters).toEqual(
        index === 1 ? { unreadMessages: 2, unreadNotifications: 2 } : { unreadMessages: 1, unreadNotifications: 1 },
      )
      expect(notifications.edges[0].node.body).toBe('всем привет')
    }
  })
})
