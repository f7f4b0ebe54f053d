import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { schema } from '../../../api/schema.ts'
import { providers, startTestApp, type TestApp } from '../../support/app.ts'
import { range } from '../../support/chat.ts'
import { mark } from '../../support/events.ts'
import { run } from '../../support/market.ts'
import type { RawSocket } from '../../support/socket.ts'
import { openEventSource } from '../../support/sse.ts'
import { codesIn } from './asking.ts'
import { merged, pathsFrom } from './operations.ts'
import { makeWorld, type World } from './world.ts'

const waysAtOnce = 20
const event = schema.getType('Event')
if (!event) throw new Error('no events')
const ways = pathsFrom(event, 9)
/** All that the three streams have to show, in as many subscriptions as the limits of a document ask for. */
const selections = range(Math.ceil(ways.length / waysAtOnce)).map((index) =>
  merged(ways.slice(index * waysAtOnce, (index + 1) * waysAtOnce)).replace(
    '{',
    '{ __typename ... on NotificationAdded { notification { title } } ... on ChatLeft { chatId }',
  ),
)
const watchers = ['stranger', 'former', 'staff', 'participant', 'author'] as const

describe.each(providers)('streams on %s', (provider) => {
  let app: TestApp
  let world: World
  beforeAll(async () => {
    app = await startTestApp(provider)
    world = await makeWorld(app)
  })
  afterAll(async () => {
    await world?.close()
    await app?.close()
  })

  type Next = () => Promise<any>

  /** Resumes from before the first message. */
  function bySocket(socket: RawSocket, id: string, query: string, after: string): Next {
    socket.send({ id, type: 'subscribe', payload: { query, variables: { after } } })
    const waiting = queues.get(socket) ?? new Map<string, any[]>()
    queues.set(socket, waiting)
    return async () => {
      for (;;) {
        const mine = waiting.get(id)?.shift()
        if (mine) return mine
        const message = await socket.next()
        waiting.set(message.id, [...(waiting.get(message.id) ?? []), message])
      }
    }
  }
  const queues = new Map<RawSocket, Map<string, any[]>>()

  it.each(watchers)(
    'show the %s every field by every way, and nothing that is not theirs, on a resume and live',
    async (who) => {
      const socket = world.sockets.get(who)
      const token = world.tokens[who] ?? ''
      const after = world.cursors.get(who) ?? ''
      if (!socket) throw new Error('no socket')
      const queryOf = (field: string, selection: string) =>
        `subscription ($after: String) { s: ${field}(after: $after) ${selection} }`
      const streams: Next[] = []
      for (const [index, selection] of selections.entries()) {
        streams.push(bySocket(socket, `${index}`, queryOf('events', selection), after))
      }
      streams.push(bySocket(socket, 'n', queryOf('notificationAdded', selections[0] ?? ''), after))
      const source = await openEventSource(app.url, token, queryOf('events', selections[0] ?? ''), { after })
      streams.push(() => source.next())

      const seen: string[] = []
      const take = async (next: Next) => {
        const answer = await next()
        seen.push(JSON.stringify(answer))
        expect(codesIn(JSON.stringify(answer)), JSON.stringify(answer)).toEqual([])
        return (answer.payload ?? answer).data.s
      }
      // Typing is told to whoever listens by then, and not again.
      for (const next of streams) expect((await take(next)).resumed ?? true).toBe(true)

      const { author, participant } = world.people
      await world.tell('author', `live text while the ${who} watches`)
      const inChat = { id: world.targets.chat }
      await run(app.url, participant.token, 'mutation ($id: ID!) { setTyping(chatId: $id) }', inChat)
      await run(app.url, author.token, 'mutation ($id: ID!) { markChatRead(chatId: $id) { id } }', inChat)
      const isMark = await mark(app.url, world.people[who].externalId)
      for (const next of streams) while (!isMark(await take(next)));
      source.close()
      const text = seen.join('\n')
      expect(world.leaksIn(text, who)).toEqual([])
      const inside = who === 'author' || who === 'participant'
      // What was said in the chat.
      const meant = world.canaries.filter(
        ({ name, mayKnow }) => mayKnow.includes(who) && /^(text|live text|id of the message)/.test(name),
      )
      for (const { name, text: canary } of inside ? meant : []) expect(text.includes(canary), name).toBe(true)
      expect(text.includes(`"chatId":"${world.targets.chat}"`)).toBe(who === 'former' || who === 'author')
      expect(text.includes('"ChatLeft"')).toBe(who === 'former')
      expect(text.includes('"MessageAdded"')).toBe(inside)
    },
  )

  it('tell nobody a cursor of whose they are not', async () => {
    for (const who of ['stranger', 'former', 'participant'] as const) {
      const source = await openEventSource(
        app.url,
        world.tokens[who] ?? '',
        'subscription ($after: String) { events(after: $after) { cursor } }',
        { after: world.cursors.get('author') },
      )
      const answer = JSON.stringify(await source.next())
      expect(codesIn(answer)).toEqual(['BAD_USER_INPUT'])
      expect(world.leaksIn(answer, who)).toEqual([])
      await source.ended
    }
  })
})
