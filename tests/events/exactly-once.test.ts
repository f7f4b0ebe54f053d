import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { providers, startTestApp, type TestApp } from '../support/app.ts'
import { newChat, range, sayPatiently } from '../support/chat.ts'
import { listen, mark, messagesSubscription } from '../support/events.ts'
import type { Person } from '../support/market.ts'
import { connectSocket } from '../support/socket.ts'

const messages = 100
/** As little as it takes: whoever breaks a connection makes the server load again what was on its way. */
const fields = '{ __typename cursor ... on StreamReady { resumed } ... on MessageAdded { message { seq } } }'
const slimEvents = `subscription ($after: String) { stream: events(after: $after) ${fields} }`
const slimMessages = `subscription ($chatId: ID!, $after: String) { stream: messageAdded(chatId: $chatId, after: $after) ${fields} }`

/** The same numbers every time: what fails once fails again. */
function numbers(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

describe.each(providers)('a stream on %s', (provider) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp(provider)
  })
  afterAll(() => app.close())

  /** Reads a view to its end, over sockets that break again and again at random points. */
  async function readBrokenly(
    who: Person,
    from: string,
    [query, variables]: readonly [string, object],
    isLast: (event: any) => boolean,
    seed: number,
  ) {
    const random = numbers(seed)
    const heard: any[] = []
    let after = from
    for (;;) {
      const socket = await connectSocket(app.url, who.token)
      socket.send({ id: '1', type: 'subscribe', payload: { query, variables: { ...variables, after } } })
      const { payload } = await socket.nextOf('1')
      expect(payload.data.stream).toMatchObject({ __typename: 'StreamReady', resumed: true, cursor: after })
      for (let left = random(20); left > 0; left--) {
        const event = (await socket.nextOf('1')).payload.data.stream
        if (event.__typename === 'PresenceChanged') continue
        heard.push(event)
        after = event.cursor
        if (!isLast(event)) continue
        await socket.close()
        return heard
      }
      // What has arrived by now and was not taken is lost with the connection.
      if (random(2)) socket.socket.terminate()
      else socket.send({ id: '1', type: 'complete' })
      await socket.close()
    }
  }

  it('brings every event once and in order, however often the connection breaks while 100 messages are sent', async () => {
    const { chatId, people } = await newChat(app.url, 'reader', 'anna', 'dmitry')
    const [reader, anna, dmitry] = people as [Person, Person, Person]
    const steady = await listen(app.url, reader.token)
    const isLast = (event: any) => event.message?.seq === messages
    const { cursor } = steady.ready
    const broken = [
      readBrokenly(reader, cursor, [slimEvents, {}], isLast, 1),
      readBrokenly(reader, cursor, [slimMessages, { chatId }], isLast, 2),
    ]
    const authors = range(8).map(async (lane) => {
      for (let index = lane; index < messages; index += 8) {
        await sayPatiently(app.url, index % 2 ? anna : dmitry, chatId, `Сообщение ${index}`)
      }
    })
    await Promise.all(authors)
    const all = (await steady.through(await mark(app.url, reader.externalId))).slice(0, -1)
    steady.close()

    const seqs = (events: readonly any[]) =>
      events.flatMap((event) => (event.__typename === 'MessageAdded' ? [event.message.seq] : []))
    const wanted = range(messages).map((index) => index + 1)
    expect(seqs(all)).toEqual(wanted)
    expect(all).toHaveLength(2 * messages)
    for (const [index, event] of all.entries()) {
      const soFar = Math.floor(index / 2) + 1
      expect(event.counters).toEqual({
        unreadMessages: soFar,
        unreadChats: 1,
        unreadNotifications: Math.floor((index + 1) / 2),
      })
    }
    const [everything, ...views] = await Promise.all(broken)
    const cursors = all.map((event) => event.cursor)
    expect(everything?.map((event) => event.cursor)).toEqual(cursors.slice(0, everything?.length))
    for (const view of views) expect(seqs(view)).toEqual(wanted)
  }, 60_000)

  it('is resumed where it was by an app that was started anew', async () => {
    const first = await startTestApp(provider)
    const { chatId, people } = await newChat(first.url, 'reader', 'anna')
    const [reader, anna] = people as [Person, Person]
    const { ready, close } = await listen(first.url, reader.token)
    close()
    for (const text of range(3)) await sayPatiently(first.url, anna, chatId, `${text}`)
    await first.app.close()
    const second = await startTestApp(provider, { database: first.database })
    try {
      const stream = await listen(second.url, reader.token, { chatId, after: ready.cursor }, messagesSubscription)
      expect(stream.ready.resumed).toBe(true)
      for (const text of range(3)) expect((await stream.next()).message.text).toBe(`${text}`)
      await sayPatiently(second.url, anna, chatId, 'Новое')
      expect((await stream.next()).message.text).toBe('Новое')
      stream.close()
    } finally {
      await second.close()
      await first.database.drop()
    }
  })
})
