import { Kind, OperationTypeNode } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { providers, startTestApp, type TestApp } from '../support/app.ts'
import { newPeople, range, say } from '../support/chat.ts'
import { definitions, operation } from '../support/dashboard-operations.ts'
import { listen, mark } from '../support/events.ts'
import { createChat, type Person, run } from '../support/market.ts'
import { connectSocket } from '../support/socket.ts'

/** Made once for all who look, and not of the viewer's own rows; tests/api/staff.test.ts has what it costs. */
const shared = ['StaffOverview']
const queries = definitions
  .flatMap((one) =>
    one.kind === Kind.OPERATION_DEFINITION && one.operation === OperationTypeNode.QUERY && one.name
      ? [one.name.value]
      : [],
  )
  .filter((name) => !shared.includes(name))

describe.each(providers)('the SQL statements of the dashboard’s operations on %s', (provider) => {
  let app: TestApp
  const worlds = new Map<number, { viewer: Person; author: Person; chatId: string }>()
  beforeAll(async () => {
    app = await startTestApp(provider)
    for (const size of [3, 30]) {
      const people = await newPeople('viewer', ...range(size - 1).map((index) => `person-${index}`))
      const [viewer, author] = people as [Person, Person]
      const some = people.slice(0, 3)
      const ids = await Promise.all(range(size - 1).map((index) => createChat(app.url, some, `Заказ ${index}`)))
      for (const id of ids) await say(app.url, author, id, 'Привет')
      const chatId = await createChat(app.url, people, 'Для всех')
      for (const index of range(size)) {
        await say(app.url, people[1 + (index % (size - 1))] as Person, chatId, `Сообщение ${index}`)
      }
      worlds.set(size, { viewer, author, chatId })
      // The token is verified, and its user known.
      await run(app.url, viewer.token, '{ viewer { id } }')
    }
  })
  afterAll(() => app.close())

  async function count(
    size: number,
    what: (world: { viewer: Person; author: Person; chatId: string }) => Promise<unknown>,
  ) {
    const world = worlds.get(size)
    if (!world) throw new Error('no such world')
    app.statements.reset()
    await what(world)
    return app.statements.list.filter((statement) => /\b(SELECT|INSERT|UPDATE|DELETE)\b/i.test(statement)).length
  }

  it.each(queries)('%s: the same few for 3 and for 30 rows', async (name) => {
    const runIt = (world: { viewer: Person; chatId: string }) =>
      run(app.url, world.viewer.token, operation(name), {
        chatId: world.chatId,
        id: world.chatId,
        first: 100,
        fromSeq: 1,
        search: 'заказ',
        text: 'Позвоните мне',
      })
    const [few, many] = [await count(3, runIt), await count(30, runIt)]
    expect(many).toBe(few)
    expect(few).toBeGreaterThan(0)
    expect(few).toBeLessThanOrEqual(10)
  })

  it('sendMessage: the same few for 3 and for 30 participants', async () => {
    const sendIt = ({ author, chatId }: { author: Person; chatId: string }) =>
      run(app.url, author.token, operation('SendMessage'), { input: { chatId, text: 'Ещё' } })
    const [few, many] = [await count(3, sendIt), await count(30, sendIt)]
    expect(many).toBe(few)
    expect(few).toBeLessThanOrEqual(20)
  })

  it('an event of the live stream: the same few for 3 and for 30', async () => {
    const document = operation('Events')
    const counts: number[] = []
    for (const size of [3, 30]) {
      const world = worlds.get(size)
      if (!world) throw new Error('no such world')
      const socket = await connectSocket(app.url, world.viewer.token)
      socket.send({ id: '1', type: 'subscribe', payload: { query: document } })
      await socket.nextOf('1')
      const sentAlone = await count(size, () =>
        run(app.url, world.viewer.token, 'mutation ($id: ID!) { setTyping(chatId: $id) }', { id: world.chatId }),
      )
      expect(sentAlone).toBeGreaterThan(0)
      app.statements.reset()
      await run(app.url, world.viewer.token, 'mutation ($id: ID!) { setChatMuted(chatId: $id, muted: true) { id } }', {
        id: world.chatId,
      })
      expect((await socket.nextOf('1')).payload.data.events).toMatchObject({ __typename: 'ChatChanged' })
      counts.push(app.statements.list.length)
      await socket.close()
    }
    expect(counts[1]).toBe(counts[0])
  })

  it('a resume: no more per event for long logs than for short ones', async () => {
    const world = worlds.get(30)
    if (!world) throw new Error('no such world')
    const { ready, close } = await listen(app.url, world.viewer.token)
    close()
    const [, few] = [await burst(5), await resume(ready.cursor)]
    const [, many] = [await burst(25), await resume(ready.cursor)]
    expect(many.statements / many.events).toBeLessThanOrEqual((few.statements / few.events) * 1.2)

    async function burst(messages: number) {
      if (!world) throw new Error('no such world')
      for (const text of range(messages)) await say(app.url, world.author, world.chatId, `${text}`)
    }
    async function resume(after: string) {
      if (!world) throw new Error('no such world')
      const passes = await mark(app.url, world.viewer.externalId)
      app.statements.reset()
      const stream = await listen(app.url, world.viewer.token, { after })
      const events = await stream.through(passes)
      stream.close()
      return { events: events.length, statements: app.statements.list.length }
    }
  })
})
