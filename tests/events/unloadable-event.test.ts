import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { subscribe } from '../support/client.ts'
import { createChat, type Person, person, send } from '../support/market.ts'

const events = /* GraphQL */ `subscription($after: String) {
  events(after: $after) { __typename cursor ... on MessageAdded { message { text } } }
}`

describe('a stream with an event that cannot be loaded', () => {
  let app: TestApp
  let anna: Person
  let dmitry: Person
  let sql: pg.Client
  beforeAll(async () => {
    app = await startTestApp('postgresql')
    anna = await person('anna')
    dmitry = await person('dmitry')
    sql = new pg.Client({ connectionString: app.database.url })
    await sql.connect()
  })
  afterAll(async () => {
    await sql.end()
    await app.close()
  })

  it('ends with a masked error instead of leaving a gap, and brings the event after a resume', async () => {
    const chatId = await createChat(app.url, [anna, dmitry])
    const stream = subscribe(app.url, dmitry.token, events)
    const { cursor } = (await stream.next()).events

    // What no client can cause: an entry that refers to nothing.
    await sql.query(`WITH i AS (UPDATE "Inbox" SET "seq" = "seq" + 1
        WHERE "userId" = (SELECT "id" FROM "User" WHERE "externalId" = 'dmitry') RETURNING "userId", "seq")
      INSERT INTO "Event" ("userId", "seq", "kind", "at", "chatId", "messageId", "unreadMessages", "unreadChats", "unreadNotifications")
      SELECT "userId", "seq", 'MESSAGE_ADDED', now(), '${chatId}', 'nothing', 0, 0, 0 FROM i`)
    const { sent } = await send(app.url, anna.token, chatId, 'после')

    expect(await stream.ended).toEqual([
      {
        message: 'Internal server error',
        extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: expect.any(String) },
      },
    ])
    expect(stream.taken()).toEqual([])
    stream.close()

    await sql.query(`UPDATE "Event" SET "messageId" = $1 WHERE "messageId" = 'nothing'`, [sent.id])
    const resumed = subscribe(app.url, dmitry.token, events, { after: cursor })
    expect((await resumed.next()).events.__typename).toBe('StreamReady')
    expect((await resumed.next()).events.message.text).toBe('после')
    expect((await resumed.next()).events.message.text).toBe('после')
    resumed.close()
  })
})
