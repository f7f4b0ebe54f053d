// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ChatsDocument } from '../../client/graphql/generated/graphql.ts'
import { createHistory, type History } from '../../client/messages/history.ts'
import type { Session } from '../../client/session/session.ts'
import { EventServer } from './support/event-server.ts'
import { FakeApi } from './support/fake-api.ts'
import { openSession } from './support/render.tsx'

let api: FakeApi
let server: EventServer
let session: Session
let history: History | undefined

beforeEach(async () => {
  api = new FakeApi()
  api.addChat('a')
  server = await new EventServer(api).open()
  session = openSession(api, server)
  // As the list of chats has it.
  await session.client.query(ChatsDocument, { first: 20 }).toPromise()
  await settled(() => expect(session.stream.state.get().status).toBe('live'))
})

afterEach(async () => {
  history?.close()
  await server.close()
})

const say = (count: number) => {
  for (let n = 0; n < count; n += 1) api.addMessage('a', 'expert', 'Ещё')
}
const seqs = () => history?.state.get().messages.map(({ seq }) => seq) ?? []
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)
const settled = (check: () => void) => vi.waitFor(check, { timeout: 10_000 })

function open(lastSeq: number, atSeq: number): History {
  history = createHistory(session.client, 'a', lastSeq, atSeq)
  return history
}

it('opens at the end, and goes back block by block', async () => {
  api.addHistory('a', 170)
  const opened = open(170, 170)
  expect(opened.state.get().isLoading).toBe(true)
  await settled(() => expect(seqs()).toEqual(range(101, 170)))
  expect(opened.state.get()).toMatchObject({ isLoading: false, hasOlder: true, hasNewer: false })
  opened.loadOlder()
  await settled(() => expect(seqs()).toEqual(range(51, 170)))
  opened.loadOlder()
  await settled(() => expect(seqs()).toEqual(range(1, 170)))
  expect(opened.state.get().hasOlder).toBe(false)
})

it('opens anywhere, with what is around, and goes on in both directions', async () => {
  api.addHistory('a', 400)
  const opened = open(400, 120)
  await settled(() => expect(seqs()).toEqual(range(51, 200)))
  expect(opened.state.get()).toMatchObject({ hasOlder: true, hasNewer: true })
  opened.loadNewer()
  await settled(() => expect(seqs()).toEqual(range(51, 250)))
  opened.loadOlder()
  await settled(() => expect(seqs()).toEqual(range(1, 250)))
})

it('jumps to where it is asked to be, and stays where that is held', async () => {
  api.addHistory('a', 400)
  const opened = open(400, 400)
  await settled(() => expect(seqs()).toEqual(range(301, 400)))
  opened.jumpTo(320)
  expect(opened.state.get().jumps).toBe(0)
  opened.jumpTo(7)
  await settled(() => expect(seqs()).toEqual(range(1, 100)))
  expect(opened.state.get()).toMatchObject({ jumps: 1, hasOlder: false, hasNewer: true })
})

it('holds so much and no more, however far one goes', async () => {
  api.addHistory('a', 1000)
  const opened = open(1000, 1000)
  for (let first = 901; first > 1; first -= 50) {
    await settled(() => expect(seqs()[0]).toBe(first))
    opened.loadOlder()
  }
  await settled(() => expect(seqs()).toEqual(range(1, 400)))
  expect(opened.state.get().hasNewer).toBe(true)
  for (let last = 400; last < 1000; last += 50) {
    await settled(() => expect(seqs().at(-1)).toBe(last))
    opened.loadNewer()
  }
  await settled(() => expect(seqs()).toEqual(range(601, 1000)))
})

it('follows the end as messages come, into the next block without a fetch', async () => {
  say(99)
  const opened = open(99, 99)
  await settled(() => expect(seqs()).toEqual(range(1, 99)))
  const before = api.requests.length
  // As the dashboard does it: by the chat in the cache, which the event has changed.
  session.stream.onEvent((event) => {
    if (event.__typename === 'MessageAdded') opened.follow(event.message.seq)
  })
  for (let last = 100; last <= 102; last += 1) {
    say(1)
    await settled(() => expect(seqs()).toEqual(range(1, last)))
  }
  expect(api.requests.slice(before).filter((name) => name === 'Messages')).toEqual([])
})

it('is empty where nothing was said yet, and begins with the first message', async () => {
  const opened = open(0, 0)
  expect(opened.state.get()).toMatchObject({ isLoading: false, hasOlder: false, messages: [] })
  say(1)
  opened.follow(1)
  await settled(() => expect(seqs()).toEqual([1]))
})

it('says that it could not be loaded, and loads when it is tried again', async () => {
  say(3)
  // One that no event has told of them.
  session = openSession(api)
  const { messages } = api.root
  api.root.messages = () => {
    throw new Error('away')
  }
  const opened = open(3, 3)
  await settled(() => expect(opened.state.get()).toMatchObject({ hasError: true, isLoading: false }))
  api.root.messages = messages
  opened.retry()
  await settled(() => expect(seqs()).toEqual([1, 2, 3]))
  expect(opened.state.get()).toMatchObject({ hasError: false, hasFailed: false })
})

it('is fetched once more where the stream began anew while it was fetched, and not again for ever', async () => {
  api.addHistory('a', 60)
  session = openSession(api, server)
  await session.client.query(ChatsDocument, { first: 20 }).toPromise()
  await settled(() => expect(session.stream.resets.get()).toBe(1))
  const fetched = () => api.requests.filter((name) => name === 'Messages').length
  const { messages } = api.root
  let answer = () => {}
  const answered = new Promise<void>((resolve) => {
    answer = resolve
  })
  // Never both at once, so that one is in flight when the other is answered.
  const slowly = async (args: Parameters<typeof messages>[0]) => {
    await answered
    await new Promise((resolve) => setTimeout(resolve, args.fromSeq))
    return messages(args)
  }
  Object.assign(api.root, { messages: slowly })
  open(60, 60)
  await settled(() => expect(fetched()).toBe(2))
  server.refusals = ['badCursor', 'badCursor']
  server.drop()
  await settled(() => expect(session.stream.resets.get()).toBe(2))
  answer()
  await settled(() => expect(fetched()).toBeGreaterThanOrEqual(4))
  for (let turn = 0; turn < 10; turn += 1)
    await session.client.query(ChatsDocument, { first: 20 }, { requestPolicy: 'network-only' }).toPromise()
  expect(fetched()).toBe(4)
  expect(api.withText).toEqual([])
  expect(seqs()).toEqual(range(1, 60))
})
