import { setMaxListeners } from 'node:events'
import { createHistory, type History, type ListenerRecord } from './history.ts'
import type { Instance } from './instance.ts'
import { runHost, runReaders } from './others.ts'
import type { Random } from './random.ts'
import { createSender, type Sender } from './sender.ts'
import { createSubscriber, type Subscriber } from './subscriber.ts'
import { eventually, within } from './waiting.ts'
import { isGuest, populate, type World } from './world.ts'

export interface Drive {
  world: World
  history: History
  subscribers: Subscriber[]
  /** Of somebody who is in no chat as a guest, so that nothing of theirs is refused. */
  prober: Sender
  /** Lets everybody finish what they are at; resolves when no more is written. */
  stopWorking(): Promise<void>
  /** Ends the streams. */
  stopListening(): Promise<void>
}

export interface Load {
  peopleCount: number
  chatCount: number
  /** Sent a second, all senders together. */
  sendsPerSecond: number
}

/** How long what is under way may take once everything works again. */
const finishMs = 60_000

/** Makes people and chats, lets them listen, and then send, read, mute, delete, come and go. */
export async function startDriving(instances: readonly Instance[], random: Random, load: Load): Promise<Drive> {
  const history = createHistory()
  const working = new AbortController()
  const listening = new AbortController()
  // One for each stream.
  setMaxListeners(0, listening.signal)
  const base = await populate(instances, random, load)
  const world: World = { ...base, instances, history, working: working.signal, listening: listening.signal }
  const { people, chats } = world

  const add = (externalId: string, view: ListenerRecord['view']) => {
    const who = people.find((one) => one.externalId === externalId)
    if (!who) throw new Error(`nobody is called ${externalId}`)
    return createSubscriber(world, who, view, `${externalId} ${view.kind}`, random.fork())
  }
  const subscribers = people.map(({ externalId }) => add(externalId, { kind: 'ALL' }))
  // Some have a second device, and some of those show one chat or the notifications only.
  for (const chat of chats) {
    const [first, second] = chat.people
    if (!first || !second) continue
    subscribers.push(add(first.externalId, { kind: 'MESSAGES', chatId: chat.id }))
    if (random.chance(0.5)) subscribers.push(add(second.externalId, { kind: 'NOTIFICATIONS' }))
    if (random.chance(0.5)) subscribers.push(add(second.externalId, { kind: 'ALL' }))
  }
  const streams = subscribers.map((subscriber) => subscriber.run())
  await within(Promise.all(subscribers.map(({ ready }) => ready)), finishMs, 'first streams')

  const senders = people.map((who) => createSender(world, who, random.fork()))
  const pauseMs = (people.length * 1000) / load.sendsPerSecond
  const work = [
    ...senders.map((sender) => sender.run(pauseMs)),
    runReaders(world, random.fork(), 150),
    runReaders(world, random.fork(), 150),
    runHost(world, random.fork(), 400),
  ]
  const steady = people.find((who) => !chats.some((chat) => isGuest(chat, who)))
  if (!steady) throw new Error('everybody is a guest somewhere')
  // A device of its own: its messages are named apart.
  const device = { ...steady }
  const proberChats = chats.map((chat) => ({
    ...chat,
    people: chat.people.map((one) => (one === steady ? device : one)),
  }))

  return {
    world,
    history,
    subscribers,
    prober: createSender({ ...world, chats: proberChats }, device, random.fork(), 'probe'),
    async stopWorking() {
      working.abort()
      await within(Promise.all(work), finishMs, 'finishing what is under way')
    },
    async stopListening() {
      listening.abort()
      await within(Promise.all(streams), finishMs, 'ending the streams')
    },
  }
}

/** Waits until every `events` stream has got to the end of its user's log; false where one doesn't. */
export async function caughtUp(
  { history }: Drive,
  endsOf: () => Promise<{ externalId: string; seq: number }[]>,
  timeoutMs: number,
): Promise<boolean> {
  return eventually(
    async () => {
      const ends = new Map((await endsOf()).map(({ externalId, seq }) => [externalId, seq]))
      return history.listeners.every(
        ({ view, user, arrivals, origin }) =>
          view.kind !== 'ALL' || (arrivals.at(-1)?.position ?? origin) >= (ends.get(user) ?? 0),
      )
    },
    timeoutMs,
    200,
  )
}
