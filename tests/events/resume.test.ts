import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { providers, startTestApp, type TestApp } from '../support/app.ts'
import { newPair, range, say } from '../support/chat.ts'
import {
  eventsSubscription,
  eventsUntilNow,
  listen,
  mark,
  messagesSubscription,
  notificationsSubscription,
  typesOf,
} from '../support/events.ts'
import { createChat, run } from '../support/market.ts'
import { connectSocket, operate } from '../support/socket.ts'
import { sql } from '../support/sql.ts'

const views = [
  ['events', eventsSubscription],
  ['messageAdded', messagesSubscription],
  ['notificationAdded', notificationsSubscription],
] as const

/** An event without what is told as it is now. */
const asStored = ({ message, ...event }: any) => ({ ...event, message: message && { ...message, chat: undefined } })

describe.each(providers)('streams on %s', (provider) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp(provider)
  })
  afterAll(() => app.close())

  it.each(views)(
    '%s begins with StreamReady, which without a cursor says where now is',
    async (_name, subscription) => {
      const { chatId, anna, dmitry } = await newPair(app.url)
      await say(app.url, anna, chatId, 'Раньше')
      const stream = await listen(app.url, dmitry.token, { chatId }, subscription)
      expect(stream.ready).toMatchObject({
        resumed: false,
        cursor: expect.stringMatching(/^[\w-]+$/),
        at: expect.stringMatching(/Z$/),
      })
      await say(app.url, anna, chatId, 'Теперь')
      const first = await stream.next()
      expect(first.message?.text ?? first.notification.body).toBe('Теперь')
      stream.close()
    },
  )

  it('show each its own part of one log', async () => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    const other = await createChat(app.url, [anna, dmitry])
    const [all, messages, notifications] = (await Promise.all(
      views.map(([, subscription]) => listen(app.url, dmitry.token, { chatId }, subscription)),
    )) as [any, any, any]
    await say(app.url, anna, chatId, 'Раз')
    await say(app.url, anna, other, 'Два')
    await say(app.url, dmitry, chatId, 'Три')
    await say(app.url, anna, chatId, 'Четыре')
    const passes = await mark(app.url, dmitry.externalId)
    const everything = await all.through(passes)
    expect(typesOf(everything)).toEqual([
      ...['MessageAdded', 'NotificationAdded'],
      ...['MessageAdded', 'NotificationAdded'],
      ...['MessageAdded', 'NotificationsRead'],
      ...['MessageAdded', 'NotificationAdded', 'NotificationAdded'],
    ])
    expect(await notifications.through(passes)).toEqual(
      everything.filter((event: any) => event.__typename === 'NotificationAdded'),
    )
    const wanted = everything.filter((event: any) => event.message?.chat.id === chatId)
    expect([await messages.next(), await messages.next(), await messages.next()]).toEqual(wanted)
    expect(new Set(everything.map((event: any) => event.cursor)).size).toBe(everything.length)
    for (const stream of [all, messages, notifications]) stream.close()
  })

  it('resume each from any cursor of any of them, with all that is behind it and nothing else', async () => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    const full = await listen(app.url, dmitry.token)
    for (const text of range(3)) await say(app.url, anna, chatId, `${text}`)
    const events = await full.through(await mark(app.url, dmitry.externalId))
    full.close()
    const last = events.at(-1)
    for (const [index, { cursor }] of [full.ready, ...events].entries()) {
      await Promise.all(
        views.map(async ([name, subscription]) => {
          const stream = await listen(app.url, dmitry.token, { chatId, after: cursor }, subscription)
          expect(stream.ready).toMatchObject({ resumed: true, cursor })
          const rest = events
            .slice(index)
            .filter((event) => name === 'events' || event.__typename.toLowerCase() === name.toLowerCase())
          const heard: any[] = []
          while (heard.length < rest.length) heard.push(await stream.next())
          expect(heard.map(asStored)).toEqual(rest.map(asStored))
          stream.close()
        }),
      )
    }
    const atTheEnd = await listen(app.url, dmitry.token, { after: last.cursor })
    expect(await eventsUntilNow(app.url, dmitry.externalId, atTheEnd)).toEqual([])
    atTheEnd.close()
  })

  it.each(views)('%s refuses cursors that are malformed, tampered with or another’s', async (_name, subscription) => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    await say(app.url, anna, chatId, 'Привет')
    const [own, foreign] = [await listen(app.url, dmitry.token), await listen(app.url, anna.token)]
    own.close()
    foreign.close()
    const { cursor } = own.ready
    const list = (await run(app.url, dmitry.token, '{ notifications { edges { cursor } } }')).notifications.edges[0]
      .cursor
    const swapped = `${cursor.slice(0, -1)}${cursor.endsWith('A') ? 'B' : 'A'}`
    const socket = await connectSocket(app.url, dmitry.token)
    const malformed = ['', '0', 'x', cursor.slice(0, 5), btoa('1'), '\u0000', 'я'.repeat(5000)]
    for (const after of [...malformed, swapped, `${cursor}A`, `${cursor}=`, list, foreign.ready.cursor]) {
      const answer = await operate(socket, after || 'empty', subscription, { chatId, after })
      expect(JSON.stringify(answer), after).toContain('BAD_USER_INPUT')
    }
    await socket.close()
  })

  it('take null for no cursor', async () => {
    const { dmitry } = await newPair(app.url)
    const stream = await listen(app.url, dmitry.token, { after: null })
    expect(stream.ready.resumed).toBe(false)
    stream.close()
  })

  it('say so when a cursor is older than what is kept, and go on from now', async () => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    const old = await listen(app.url, dmitry.token)
    await say(app.url, anna, chatId, 'Раз')
    const kept = await old.next()
    await say(app.url, anna, chatId, 'Два')
    old.close()
    const [inbox] = await sql(
      app.database,
      `SELECT i."userId" AS id, MIN(e."seq") AS first FROM "Inbox" i JOIN "User" u ON u."id" = i."userId" JOIN "Event" e ON e."userId" = i."userId" AND e."kind" = 'MESSAGE_ADDED' WHERE u."externalId" = '${dmitry.externalId}' GROUP BY i."userId"`,
    )
    await sql(app.database, `DELETE FROM "Event" WHERE "userId" = '${inbox?.id}' AND "seq" <= ${inbox?.first}`)
    await sql(app.database, `UPDATE "Inbox" SET "prunedSeq" = ${inbox?.first} WHERE "userId" = '${inbox?.id}'`)

    const pruned = await listen(app.url, dmitry.token, { after: old.ready.cursor })
    expect(pruned.ready.resumed).toBe(false)
    await say(app.url, anna, chatId, 'Три')
    expect(await pruned.next()).toMatchObject({ message: { text: 'Три' } })
    // The last event that is gone is still a place to go on from: nothing behind it is missing.
    const edge = await listen(app.url, dmitry.token, { after: kept.cursor })
    expect(edge.ready).toMatchObject({ resumed: true, cursor: kept.cursor })
    expect(
      (await edge.through((event) => event.message?.text === 'Три')).map(
        (event) => event.message?.text ?? event.notification?.body,
      ),
    ).toEqual(['Раз', 'Два', 'Два', 'Три'])
    pruned.close()
    edge.close()
  })

  it('say so when a cursor is ahead of the log, as after a restored back-up', async () => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    const before = await listen(app.url, dmitry.token)
    await say(app.url, anna, chatId, 'Раз')
    const [ahead] = (await before.through(await mark(app.url, dmitry.externalId))).slice(-1)
    before.close()
    const who = `(SELECT "id" FROM "User" WHERE "externalId" = '${dmitry.externalId}')`
    await sql(app.database, `DELETE FROM "Event" WHERE "userId" = ${who}`)
    await sql(app.database, `DELETE FROM "Notification" WHERE "userId" = ${who}`)
    await sql(app.database, `UPDATE "Inbox" SET "seq" = 1, "prunedSeq" = 1 WHERE "userId" = ${who}`)
    const stream = await listen(app.url, dmitry.token, { after: ahead.cursor })
    expect(stream.ready.resumed).toBe(false)
    expect(stream.ready.cursor).not.toBe(ahead.cursor)
    await say(app.url, anna, chatId, 'Два')
    expect(await stream.next()).toMatchObject({ message: { text: 'Два' } })
    stream.close()
  })
})
