import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { positionOf } from '../faults/operations.ts'
import { providers, startTestApp, type TestApp } from '../support/app.ts'
import { addParticipant, countersOf, newPeople, removeParticipant, say } from '../support/chat.ts'
import { type EventStream, listen, mark } from '../support/events.ts'
import { createChat, type Person, run } from '../support/market.ts'
import { CountersModel, type ExpectedEvent } from './counters-model.ts'

/** Everybody is in chat 0, which the last of them leaves and joins; the first two are in chat 1. */
const guest = 2
const members = [
  [0, 1, guest],
  [0, 1],
] as const

const who = fc.nat(2)
const chat = fc.nat(1)
const action = fc.oneof(
  { weight: 8, arbitrary: fc.record({ does: fc.constant('send' as const), who, chat, retried: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constant('read' as const), who, chat, upToSeq: fc.option(fc.nat(12)) }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('mute' as const), who, chat, muted: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constant('delete' as const), chat, seq: fc.integer({ min: 1, max: 8 }) }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('come and go' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('read notifications' as const), who }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('quiet' as const), who, quiet: fc.boolean() }) },
  /** A device loses its connection and comes back; from further back: some events come twice. */
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('drop' as const),
      who,
      share: fc.constantFrom(0, 0.5, 0.9, 1),
      back: fc.nat(3),
    }),
  },
)
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never

const markRead = 'mutation ($chatId: ID!, $upToSeq: Int) { markChatRead(chatId: $chatId, upToSeq: $upToSeq) { id } }'
const setMuted = 'mutation ($chatId: ID!, $muted: Boolean!) { setChatMuted(chatId: $chatId, muted: $muted) { id } }'
const deleteMessage = 'mutation ($id: ID!) { deleteMessage(id: $id) { id } }'
const readAll = 'mutation { markNotificationsRead { unreadChats } }'
const setQuiet =
  'mutation ($inApp: Boolean!) { updateNotificationSettings(input: { kinds: [{ kind: MESSAGE, inApp: $inApp }] }) { sound } }'

describe.each(providers)('the counters on %s', (provider) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp(provider)
  })
  afterAll(() => app?.close())

  it('are right as of every event, on every device, whatever happens', async () => {
    await fc.assert(fc.asyncProperty(fc.array(action, { minLength: 15, maxLength: 40 }), holds), {
      numRuns: 8,
      endOnFailure: true,
    })
  }, 180_000)

  async function holds(actions: readonly Action[]): Promise<void> {
    const people = await newPeople('anna', 'dmitry', 'elena')
    const chatIds: string[] = []
    for (const list of members)
      chatIds.push(
        await createChat(
          app.url,
          list.map((index) => people[index] as Person),
        ),
      )
    const devices = await Promise.all(people.flatMap((one) => [openDevice(app.url, one), openDevice(app.url, one)]))
    const model = new CountersModel(people.length, members)
    const sent: string[][] = [[], []]
    for (const [index, next] of actions.entries()) await act(next, index)

    for (const [index, one] of people.entries()) {
      const expected = model.logs[index] as ExpectedEvent[]
      const isMark = await mark(app.url, one.externalId)
      for (const device of devices.slice(2 * index, 2 * index + 2)) {
        const heard = await device.through(isMark)
        for (const [position, { type, counters }] of heard) {
          expect({ position, type, counters }).toMatchObject({ position, ...pick(expected[position - 1]) })
        }
        // Whoever was removed is not shown what came before.
        const missing = expected.flatMap((event, at) => (heard.has(at + 1) ? [] : [event]))
        expect(missing.filter((event) => index !== guest || event.chat !== 0)).toEqual([])
        device.close()
      }
      const { unreadNotifications, ...rest } = model.counters(index)
      expect(await countersOf(app.url, one)).toEqual({ ...rest, unreadNotifications: unreadNotifications + 1 })
    }

    async function act(next: Action, index: number): Promise<void> {
      if (next.does === 'come and go') {
        const coming = !model.isMember(guest, 0)
        await (coming ? addParticipant : removeParticipant)(app.url, chatIds[0] as string, people[guest] as Person)
        return coming ? model.join(guest, 0) : model.leave(guest, 0)
      }
      if (next.does === 'drop') {
        const device = devices[2 * next.who + 1]
        // Of a guest's events some may rightly be left out, so that nobody knows how many will come.
        const due = next.who === guest ? 0 : (model.logs[next.who] ?? []).length
        await device?.hear(Math.floor(due * next.share))
        return device?.drop(next.back)
      }
      if (next.does === 'delete') {
        const message = model.chats[next.chat]?.messages[next.seq - 1]
        if (!message || !model.isMember(message.author, next.chat)) return
        const id = sent[next.chat]?.[next.seq - 1]
        await run(app.url, (people[message.author] as Person).token, deleteMessage, { id })
        return model.remove(next.chat, next.seq)
      }
      const one = people[next.who] as Person
      if (next.does === 'read notifications') {
        await run(app.url, one.token, readAll)
        return model.readAllNotifications(next.who)
      }
      if (next.does === 'quiet') {
        await run(app.url, one.token, setQuiet, { inApp: !next.quiet })
        return model.setQuiet(next.who, next.quiet)
      }
      if (!model.isMember(next.who, next.chat)) return
      const chatId = chatIds[next.chat] as string
      if (next.does === 'send') {
        for (const _try of next.retried ? [1, 2] : [1]) {
          const { id } = await say(app.url, one, chatId, `сообщение ${index}`, `message ${index}`)
          if (_try === 1) sent[next.chat]?.push(id)
        }
        return model.send(next.who, next.chat)
      }
      if (next.does === 'read') {
        await run(app.url, one.token, markRead, { chatId, upToSeq: next.upToSeq })
        return model.read(next.who, next.chat, next.upToSeq)
      }
      await run(app.url, one.token, setMuted, { chatId, muted: next.muted })
      return model.mute(next.who, next.chat, next.muted)
    }
  }
})

const pick = (event: ExpectedEvent | undefined) => event && { type: event.type, counters: event.counters }

/** A device that keeps what it hears by position, so that what comes twice changes nothing. */
async function openDevice(url: string, one: Person) {
  let stream: EventStream = await listen(url, one.token)
  const origin = positionOf(stream.ready.cursor)
  const cursors = [stream.ready.cursor as string]
  const heard = new Map<number, { type: string; counters: unknown }>()
  const take = (event: any) => {
    cursors.push(event.cursor)
    const position = positionOf(event.cursor) - origin
    const known = heard.get(position)
    const { __typename: type, counters } = event
    if (known) expect({ type, counters }).toEqual(known)
    heard.set(position, { type, counters })
  }
  return {
    /** Waits until it has heard so many events. */
    async hear(count: number): Promise<void> {
      while (heard.size < count) take(await stream.next())
    },
    /** Reads nothing more of the connection, and goes on `back` events before what it has. */
    async drop(back: number): Promise<void> {
      stream.close()
      stream = await listen(url, one.token, { after: cursors.at(-1 - back) ?? cursors[0] })
      expect(stream.ready.resumed).toBe(true)
    },
    /** All that it has heard when the last event has come. */
    async through(isLast: (event: any) => boolean) {
      for (const event of await stream.through(isLast)) if (!isLast(event)) take(event)
      return heard
    },
    close: () => stream.close(),
  }
}
