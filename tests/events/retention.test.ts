import { describe, expect, it } from 'vitest'
import { openDatabase } from '../../api/db.ts'
import { createLocalBus } from '../../api/events/bus.ts'
import { createEventLog } from '../../api/events/event-log.ts'
import { createKeyedQueue } from '../../api/keyed-queue.ts'
import { createTestDatabase, providers, startTestApp } from '../support/app.ts'
import { range, say } from '../support/chat.ts'
import { listen } from '../support/events.ts'
import { person, run } from '../support/market.ts'
import { countRows, sql } from '../support/sql.ts'
import { tokenFor } from '../support/tokens.ts'

const dayMs = 86_400_000

describe.each(providers)('retention on %s', (provider) => {
  it('forgets what is older, a bounded number at a time, and streams say so', async () => {
    const database = await createTestDatabase(provider)
    const past = new Date(Date.now() - 40 * dayMs)
    const first = await startTestApp(provider, { database, clock: () => past })
    const [anna, dmitry] = [await person('anna'), await person('dmitry')]
    const issuedAt = Math.floor(past.getTime() / 1000)
    const host = await tokenFor('host', { scope: 'host', iat: issuedAt, exp: issuedAt + 600 })
    const participants = [anna, dmitry].map(({ externalId }) => ({ externalId, name: externalId, role: 'CLIENT' }))
    const { createChat } = await run(
      first.url,
      host,
      'mutation ($input: CreateChatInput!) { createChat(input: $input) { id } }',
      { input: { title: 'Заказ', participants } },
    )
    await first.app.close()

    const second = await startTestApp(provider, { database })
    const old = await listen(second.url, dmitry.token, {})
    old.close()
    for (const text of range(3)) await say(second.url, anna, createChat.id, `${text}`)
    await second.app.close()

    const db = await openDatabase({ provider, url: database.url }, 'a test', () => undefined)
    const log = createEventLog({
      db,
      bus: createLocalBus(),
      clock: () => new Date(),
      chatTurns: createKeyedQueue(1000),
    })
    const before = await countRows(database, 'Event')
    const aged = new Date(Date.now() - 30 * dayMs)
    expect(await log.prune(aged, 1)).toBeLessThanOrEqual(2)
    while ((await log.prune(aged, 1000)) > 0);
    await db.close()
    expect(before - (await countRows(database, 'Event'))).toBe(2)
    const inboxes = await sql(
      database,
      'SELECT i."prunedSeq" AS pruned, MIN(e."seq") AS first FROM "Inbox" i JOIN "Event" e ON e."userId" = i."userId" GROUP BY i."userId", i."prunedSeq"',
    )
    for (const { pruned, first } of inboxes) expect(Number(first)).toBe(Number(pruned) + 1)

    const third = await startTestApp(provider, { database })
    try {
      // What was pruned lay before this cursor, so it is still good.
      const stream = await listen(third.url, dmitry.token, { after: old.ready.cursor })
      expect(stream.ready.resumed).toBe(true)
      expect((await stream.next()).message.text).toBe('0')
      stream.close()
    } finally {
      await third.close()
      await database.drop()
    }
  })
})
