import { describe, expect, it } from 'vitest'
import { providers, startTestApp } from '../support/app.ts'
import { request, subscribe } from '../support/client.ts'
import { createChat, person, run, sendMutation } from '../support/market.ts'

describe.each(providers)('stopping on %s', (provider) => {
  it('answers what is in flight, on HTTP and WebSocket, keeps it, and closes sockets with 1012', async () => {
    const app = await startTestApp(provider)
    const [anna, dmitry] = await Promise.all([person('anna'), person('dmitry')])
    const chatId = await createChat(app.url, [anna, dmitry])
    const stream = subscribe(app.url, dmitry.token, 'subscription { events { __typename } }')
    await stream.next()
    const overSocket = subscribe(app.url, anna.token, 'subscription { events { __typename } }')
    await overSocket.next()

    const input = (clientMessageId: string) => ({ input: { chatId, text: clientMessageId, clientMessageId } })
    const names = Array.from({ length: 10 }, (_, index) => `in flight ${index}`)
    const sends = names.map((name) => request(app.url, anna.token, sendMutation, input(name)))
    // They have arrived when the first of them is in the log.
    await stream.until(({ events }) => events.__typename === 'MessageAdded')
    const stopped = app.app.close()

    const answers = await Promise.all(sends.map((send) => send.catch(() => null)))
    expect(await stream.ended).toMatchObject({ code: 1012 })
    expect(await overSocket.ended).toMatchObject({ code: 1012 })
    await stopped

    const again = await startTestApp(provider, { database: app.database })
    const { messages } = await run(
      again.url,
      anna.token,
      'query($id: ID!) { messages(chatId: $id, last: 100) { edges { node { text } } } }',
      { id: chatId },
    )
    const kept = messages.edges.map((edge: any) => edge.node.text)
    const acknowledged = names.filter(
      (_, index) => answers[index]?.data?.sendMessage.__typename === 'SendMessageSuccess',
    )
    expect(acknowledged.length).toBeGreaterThan(0)
    expect(kept).toEqual(expect.arrayContaining(acknowledged))
    await again.close()
    await app.database.drop()
  })
})
