import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newChat, range, removeParticipant, sayPatiently } from '../support/chat.ts'
import { listen, mark, messagesSubscription } from '../support/events.ts'
import type { Person } from '../support/market.ts'
import { connectSocket } from '../support/socket.ts'
import { sql } from '../support/sql.ts'
import { type Pair, startPair } from './pair.ts'

describe('a removal that races with messages at two instances', () => {
  let pair: Pair
  beforeAll(async () => {
    pair = await startPair()
  })
  afterAll(() => pair?.close())

  it.each(range(6))('lets nothing of the chat reach the removed that came after it (%i)', async (round) => {
    const { here, there, database } = pair
    const urls = [here.url, there.url] as const
    const { chatId, people } = await newChat(here.url, 'anna', 'elena', 'guest')
    const [anna, elena, guest] = people as [Person, Person, Person]
    const events = await Promise.all(urls.map((url) => listen(url, guest.token)))
    const sockets = await Promise.all(urls.map((url) => connectSocket(url, guest.token)))
    for (const socket of sockets) {
      socket.send({ id: '1', type: 'subscribe', payload: { query: messagesSubscription, variables: { chatId } } })
      expect((await socket.nextOf('1')).payload.data.stream.__typename).toBe('StreamReady')
    }

    const send = (author: Person, url: string) => async () => {
      for (const index of range(8)) await sayPatiently(url, author, chatId, `${author.externalId} ${index}`)
    }
    const remove = async () => {
      for (const _message of range(round)) await events[0]?.next()
      await removeParticipant(urls[round % 2] as string, chatId, guest)
    }
    await Promise.all([send(anna, here.url)(), send(elena, there.url)(), remove()])

    const log = await sql(
      database,
      `SELECT e."kind" AS kind, e."seq" AS seq, m."seq" AS message FROM "Event" e JOIN "User" u ON u."id" = e."userId"
       LEFT JOIN "Message" m ON m."id" = e."messageId"
       WHERE u."externalId" = '${guest.externalId}' AND e."chatId" = '${chatId}' ORDER BY e."seq"`,
    )
    expect(log.at(-1)?.kind).toBe('CHAT_LEFT')
    const heard = log.flatMap(({ kind, message }) => (kind === 'MESSAGE_ADDED' ? [Number(message)] : []))
    expect(heard).toEqual(range(heard.length).map((index) => index + 1))

    const isMark = await mark(here.url, guest.externalId)
    for (const stream of events) {
      const seen = (await stream.through(isMark)).slice(0, -1)
      expect(seen.at(-1)).toMatchObject({ __typename: 'ChatLeft', chatId })
      const seqs = seen.flatMap((event) => (event.message?.seq && !event.notification ? [event.message.seq] : []))
      // Each at most once, in order, from where the test began to look: what is left out is the end of them.
      const from = seqs[0] ?? 1
      expect(seqs).toEqual(range(seqs.length).map((step) => from + step))
      expect(seqs.at(-1) ?? 0).toBeLessThanOrEqual(heard.length)
      stream.close()
    }
    for (const socket of sockets) {
      const seqs: number[] = []
      for (;;) {
        const { type, payload } = await socket.nextOf('1')
        if (type === 'next') {
          seqs.push(payload.data.stream.message.seq)
          continue
        }
        expect(type).toBe('error')
        expect(payload[0].extensions.code).toBe('FORBIDDEN')
        break
      }
      expect(seqs).toEqual(range(seqs.length).map((step) => step + 1))
      expect(seqs.length).toBeLessThanOrEqual(heard.length)
      await socket.close()
    }
  })

  it('shows a reader who was slow nothing of what is no longer theirs', async () => {
    const { here } = pair
    const { chatId, people } = await newChat(here.url, 'anna', 'elena', 'guest')
    const [anna, , guest] = people as [Person, Person, Person]
    const socket = await connectSocket(here.url, guest.token)
    // Far more than the system's buffers take, so that the stream waits in the middle of the messages.
    const texts = range(40).map((index) => `text${index}: text`)
    const query = `subscription { stream: events { __typename ... on MessageAdded { message { seq ${texts} } } } }`
    socket.send({ id: '1', type: 'subscribe', payload: { query } })
    expect((await socket.nextOf('1')).payload.data.stream.__typename).toBe('StreamReady')
    socket.socket.pause()
    const sent = 50
    for (const index of range(sent)) await sayPatiently(here.url, anna, chatId, `${index} ${'я'.repeat(3990)}`)
    await removeParticipant(here.url, chatId, guest)
    socket.socket.resume()
    const seqs: number[] = []
    for (;;) {
      const { stream } = (await socket.nextOf('1')).payload.data
      if (stream.__typename === 'MessageAdded') seqs.push(stream.message.seq)
      if (stream.__typename === 'ChatLeft') break
    }
    expect(seqs).toEqual(range(seqs.length).map((step) => step + 1))
    expect(seqs.length).toBeLessThan(sent)
    await socket.close()
  })
})
