import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { newChat, newPair, removeParticipant, say } from '../support/chat.ts'
import { eventsSubscription, messagesSubscription } from '../support/events.ts'
import type { Person } from '../support/market.ts'
import { openEventSource } from '../support/sse.ts'
import { hostToken, tokenFor } from '../support/tokens.ts'

describe('a subscription over server-sent events', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp('sqlite')
  })
  afterAll(() => app.close())

  it('begins with StreamReady, goes on live, and resumes in the same cursor space', async () => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    const stream = await openEventSource(app.url, dmitry.token, eventsSubscription)
    expect([stream.status, stream.contentType]).toEqual([200, expect.stringContaining('text/event-stream')])
    const ready = (await stream.next()).data.stream
    expect(ready).toMatchObject({ __typename: 'StreamReady', resumed: false })
    await say(app.url, anna, chatId, 'Раз')
    const first = (await stream.next()).data.stream
    expect(first).toMatchObject({
      __typename: 'MessageAdded',
      message: { text: 'Раз' },
      counters: { unreadMessages: 1 },
    })
    stream.close()
    await say(app.url, anna, chatId, 'Два\n\nс пустой строкой')

    const resumed = await openEventSource(app.url, dmitry.token, messagesSubscription, { chatId, after: first.cursor })
    expect((await resumed.next()).data.stream).toMatchObject({ resumed: true, cursor: first.cursor })
    expect((await resumed.next()).data.stream.message.text).toBe('Два\n\nс пустой строкой')
    await say(app.url, anna, chatId, 'Три')
    expect((await resumed.next()).data.stream.message.text).toBe('Три')
    resumed.close()
  })

  it('has a comment now and then, by which proxies keep it open and a dead reader is noticed', async () => {
    const { anna } = await newPair(app.url)
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: {
        ...{ 'content-type': 'application/json', accept: 'text/event-stream' },
        authorization: `Bearer ${anna.token}`,
      },
      body: JSON.stringify({ query: eventsSubscription }),
    })
    const reader = response.body?.getReader()
    let text = ''
    // Every 300 ms in tests, every 12 s else.
    while (!/event: next\n.*\n\n:\n\n.*:\n\n/s.test(text)) text += Buffer.from((await reader?.read())?.value ?? [])
    await reader?.cancel()
  })

  it('answers what is refused with an error and ends', async () => {
    const { chatId, anna } = await newPair(app.url)
    const { anna: stranger } = await newPair(app.url)
    for (const [token, query, variables, code] of [
      [stranger.token, messagesSubscription, { chatId }, 'FORBIDDEN'],
      [await hostToken(), eventsSubscription, {}, 'FORBIDDEN'],
      [anna.token, eventsSubscription, { after: 'x' }, 'BAD_USER_INPUT'],
    ] as const) {
      const stream = await openEventSource(app.url, token, query, variables)
      expect((await stream.next()).errors[0].extensions.code).toBe(code)
      await stream.ended
    }
    expect((await openEventSource(app.url, 'garbage', eventsSubscription)).status).toBe(401)
  })

  it('ends messageAdded with FORBIDDEN when its user is removed', async () => {
    const { chatId, people } = await newChat(app.url, 'anna', 'dmitry', 'elena')
    const [anna] = people as [Person]
    const stream = await openEventSource(app.url, anna.token, messagesSubscription, { chatId })
    await stream.next()
    await removeParticipant(app.url, chatId, anna)
    expect((await stream.next()).errors[0].extensions.code).toBe('FORBIDDEN')
    await stream.ended
  })

  it('ends when its token expires', async () => {
    const exp = Math.floor(Date.now() / 1000) + 2
    const stream = await openEventSource(app.url, await tokenFor('anna', { exp }), eventsSubscription)
    await stream.next()
    await stream.ended
    expect(Math.abs(Date.now() - exp * 1000)).toBeLessThan(1000)
  })
})
