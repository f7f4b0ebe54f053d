import { getNamedType } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { providers, startTestApp, type TestApp } from '../../support/app.ts'
import { range } from '../../support/chat.ts'
import { footprint } from '../../support/sql.ts'
import { ask, carries, codesIn, transports } from './asking.ts'
import {
  allRoots,
  callOf,
  merged,
  type Operation,
  operationOf,
  type Path,
  pathsFrom,
  type Root,
  type Shape,
  type Values,
} from './operations.ts'
import { type Door, type Principal, principals, roots, ruleOf, type Target } from './rules.ts'
import { makeWorld, type World } from './world.ts'

interface Entrance {
  root: Root
  door: Door
}

/** Every root field through each of its doors. */
const entrances: Entrance[] = allRoots.flatMap((root) => (roots[root.coordinate] ?? []).map((door) => ({ root, door })))
const guarded = entrances.filter(({ door }) => door.of !== null)
const title = ({ root, door }: Entrance) => `${root.coordinate}${door.of ? ` of a ${door.of}` : ''}`
const objectOf: Record<Target, string> = {
  chat: 'Chat',
  message: 'Message',
  notification: 'Notification',
  person: 'User',
}

/** All ways down from an entrance; of a node those of the type that its id names. */
const waysOf = ({ root, door }: Entrance, levels: number) => {
  const type = getNamedType(root.field.type)
  return pathsFrom(type, levels, door.of && type.name === 'Node' ? objectOf[door.of] : undefined)
}

/** Deep enough for every field, and within the limits of a document when all ways are gone at once. */
const levelsAtOnce = 2
const waysAtOnce = 20

describe.each(providers)('who sees what on %s', (provider) => {
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

  /** What a root field's arguments are filled with, by their names. */
  const valuesFor = (id: string, more: Values = {}): Values => ({
    id,
    chatId: id,
    ids: [id],
    first: 10,
    text: 'Здравствуйте',
    muted: true,
    title: 'Заказ',
    body: 'Оплачен',
    name: 'Никто',
    role: 'CLIENT',
    kind: 'HOST',
    inApp: true,
    sound: true,
    externalId: 'nobody at all',
    externalRef: world.externalRef,
    recipients: [world.people.participant.externalId],
    participants: ['nobody at all', 'nobody else'].map((externalId) => ({ externalId, name: 'Никто', role: 'CLIENT' })),
    ...more,
  })
  const ofTarget = ({ of }: Door) => world.targets[of ?? 'chat']
  const missing = (id: string) => id.slice(0, -1) + (id.endsWith('0') ? '1' : '0')
  const everything = ({ root, door }: Entrance) => merged(waysOf({ root, door }, levelsAtOnce))
  /** One operation for the whole of a root field. */
  const wholeOf = (entrance: Entrance, id: string, more?: Values): Operation =>
    operationOf(entrance.root, [callOf(entrance.root, valuesFor(id, more), everything(entrance))], 'plain')

  const refusalOf = (principal: Principal) =>
    principal === 'nobody' || principal === 'expired' ? 'UNAUTHENTICATED' : 'FORBIDDEN'
  const refused = (door: Door) => principals.filter((principal) => !door.opensTo.includes(principal))

  async function expectRefusal(principal: Principal, operation: Operation, transport: (typeof transports)[number]) {
    const answer = await ask(app.url, world, principal, operation, transport)
    if (answer === null) return null
    expect(codesIn(answer), `${principal} by ${transport}: ${answer}`).toEqual([refusalOf(principal)])
    expect(world.leaksIn(answer, principal), `${principal} by ${transport}`).toEqual([])
    if (transport !== 'WebSocket') expect(answer.slice(0, 3)).toBe(refusalOf(principal) === 'FORBIDDEN' ? '200' : '401')
    return answer
  }

  it.each(entrances.map((entrance) => [title(entrance), entrance] as const))(
    '%s is refused to whom it does not open, however it is asked for, and changes nothing',
    async (_title, entrance) => {
      const { root, door } = entrance
      const id = ofTarget(door)
      const selection = everything(entrance)
      const before = await footprint(app.database)
      for (const principal of refused(door)) {
        const asked = (shape: Shape) => operationOf(root, [callOf(root, valuesFor(id), selection)], shape)
        for (const transport of transports) {
          if (carries(transport, root)) await expectRefusal(principal, asked('plain'), transport)
        }
        // Of whom it can't say who asks, the server looks at nothing more.
        if (refusalOf(principal) === 'UNAUTHENTICATED') continue
        const usual = root.kind === 'subscription' ? 'WebSocket' : 'POST'
        for (const shape of ['inline', 'named'] as const) await expectRefusal(principal, asked(shape), usual)
        if (root.kind === 'subscription') continue
        const calls = [id, missing(id)].map((one, index) => callOf(root, valuesFor(one), selection, `a${index}`))
        await expectRefusal(principal, operationOf(root, calls, 'plain'), 'POST')
      }
      expect(await footprint(app.database)).toEqual(before)
    },
  )

  /** Ids like the foreign one, of what doesn't exist or can't be. */
  const others = (id: string) => [
    missing(id),
    ...['', '0', '1 OR 1=1', 'x'.repeat(3000), '\u0000', 'я\ud83d', id.toUpperCase(), `${id} `],
    ...Object.values(world.targets).filter((other) => other !== id),
  ]

  it.each(guarded.map((entrance) => [title(entrance), entrance] as const))(
    '%s answers byte for byte alike for what is foreign, missing or impossible, after the same statements',
    async (_title, entrance) => {
      const { door, root } = entrance
      const before = await footprint(app.database)
      for (const principal of refused(door).filter((one) => refusalOf(one) === 'FORBIDDEN')) {
        for (const transport of transports) {
          const asked = async (id: string) => {
            app.statements.reset()
            const answer = await ask(app.url, world, principal, wholeOf(entrance, id), transport)
            return { answer, statements: [...app.statements.list] }
          }
          if (!carries(transport, root)) continue
          const foreign = await asked(ofTarget(door))
          const inFull = principal === 'stranger' && transport === (root.kind === 'subscription' ? 'WebSocket' : 'POST')
          for (const id of inFull ? others(ofTarget(door)) : [missing(ofTarget(door))]) {
            const { answer, statements } = await asked(id)
            expect(answer, `${principal} by ${transport}: ${id}`).toBe(foreign.answer)
            // A node is looked for where its id says that it would be.
            if (root.field.name === 'node' && id.slice(0, 4) !== ofTarget(door).slice(0, 4)) continue
            expect(statements, `${principal} by ${transport}: ${id}`).toEqual(foreign.statements)
          }
        }
      }
      // Whom it opens to is told of what doesn't exist what a stranger is told of what does.
      for (const principal of door.opensTo) {
        const nothing = await ask(app.url, world, principal, wholeOf(entrance, missing(ofTarget(door))), 'SSE')
        expect(nothing).toBe(await ask(app.url, world, 'stranger', wholeOf(entrance, ofTarget(door)), 'SSE'))
      }
      expect(await footprint(app.database)).toEqual(before)
    },
  )

  /** Texts that bring about one type of a result union; the others come with any. */
  const textFor: Readonly<Record<string, string>> = { ContactDataRefused: 'Пишите на a@b.ru', InvalidText: '' }
  /** Ways that can be gone at once, since none of them is closed to this one; each of the others by itself. */
  function groupsOf(paths: readonly Path[], principal: Principal) {
    const isClosed = ({ steps }: Path) => principal === 'host' && steps.some((step) => ruleOf(step) === 'notToHost')
    const textOf = ({ steps }: Path) => textFor[steps[0]?.split('.')[0] ?? '']
    const open = paths.filter((path) => !isClosed(path))
    return [
      ...[undefined, ...Object.values(textFor)].flatMap((text) => {
        const some = open.filter((path) => textOf(path) === text)
        return range(Math.ceil(some.length / waysAtOnce)).map((index) => ({
          paths: some.slice(index * waysAtOnce, (index + 1) * waysAtOnce),
          text,
          closed: false,
        }))
      }),
      ...paths.filter(isClosed).map((path) => ({ paths: [path], text: undefined, closed: true })),
    ]
  }

  const seen = new Set<string>()
  const own = new Map<string, Set<unknown>>()

  it.each(
    // Reading before writing, which changes what there is to be read.
    entrances
      .filter(({ root }) => root.kind !== 'subscription')
      .map((entrance) => [title(entrance), entrance] as const),
  )('%s shows to whom it opens every field by every way, and nothing that is not theirs', async (_title, entrance) => {
    const { root, door } = entrance
    for (const principal of door.opensTo) {
      for (const { paths, text, closed } of groupsOf(waysOf(entrance, 9), principal)) {
        const call = callOf(root, valuesFor(ofTarget(door), text === undefined ? {} : { text }), merged(paths))
        const answer = (await ask(app.url, world, principal, operationOf(root, [call], 'plain'), 'POST')) ?? ''
        const where = `${principal}: ${call.text}: ${answer}`
        expect(world.leaksIn(answer, principal), where).toEqual([])
        expect(codesIn(answer), where).toEqual(closed ? ['FORBIDDEN'] : [])
        for (const { name, text: canary } of world.canaries)
          if (answer.includes(canary)) seen.add(`${principal}: ${name}`)
        note(principal, answer)
      }
    }
  })

  /** Remembers what somebody was shown of fields that are the viewer's own. */
  function note(principal: Principal, answer: string): void {
    for (const [, name, value] of answer.matchAll(/"(muted|unreadCount)":(\w+)/g)) {
      const key = `${principal}: ${name}`
      own.set(key, (own.get(key) ?? new Set()).add(JSON.parse(value ?? 'null')))
    }
  }

  /** By streams alone: tests/api/access/streams.test.ts. */
  const told = ['former: id of the chat']

  it('hid from each what those who may see it were shown', () => {
    const unseen = world.canaries.flatMap(({ name, mayKnow }) =>
      mayKnow.map((principal) => `${principal}: ${name}`).filter((one) => !seen.has(one) && !told.includes(one)),
    )
    expect(unseen.join('; ')).toBe('')
    expect(own.get('host: muted')).toEqual(new Set([false]))
    expect(own.get('stranger: muted')).toEqual(new Set([false]))
    expect(own.get('participant: muted')).toEqual(new Set([true]))
    expect(own.get('host: unreadCount')).toEqual(new Set([0]))
  })
})
