import type { TestDatabase } from './app.ts'
import { sql } from './sql.ts'

/**
 * Puts events at the end of somebody's log as if the host had notified them so often: faster than the API could, and as it would.
 *
 * @param bodyLength code points of each notification's body
 */
export async function missEvents(
  database: TestDatabase,
  externalId: string,
  count: number,
  bodyLength = 10,
): Promise<void> {
  const [row] = await sql(
    database,
    `SELECT i."userId" AS id, i."seq" AS seq FROM "Inbox" i JOIN "User" u ON u."id" = i."userId" WHERE u."externalId" = '${externalId}'`,
  )
  const { id, seq } = row as { id: string; seq: number }
  const sqlite = database.url.startsWith('file:')
  const numbers = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})`
  const at = sqlite ? `'${new Date().toISOString()}'` : 'now()'
  const body = `'${'я'.repeat(bodyLength)}'`
  const [noneBoolean, host, added] = sqlite
    ? ['0', `'HOST'`, `'NOTIFICATION_ADDED'`]
    : ['false', `'HOST'::"NotificationKind"`, `'NOTIFICATION_ADDED'::"EventKind"`]
  const notificationId = `'ntf_missed_${id}_' || i`
  await sql(
    database,
    `${numbers} INSERT INTO "Notification" ("id", "userId", "seq", "kind", "title", "body", "createdAt", "hidden")
     SELECT ${notificationId}, '${id}', ${seq} + i, ${host}, 'missed ' || i, ${body}, ${at}, ${noneBoolean} FROM n`,
  )
  await sql(
    database,
    `${numbers} INSERT INTO "Event" ("userId", "seq", "kind", "at", "notificationId", "unreadMessages", "unreadChats", "unreadNotifications")
     SELECT '${id}', ${seq} + i, ${added}, ${at}, ${notificationId}, 0, 0, i FROM n`,
  )
  await sql(
    database,
    `UPDATE "Inbox" SET "seq" = "seq" + ${count}, "unreadNotifications" = "unreadNotifications" + ${count} WHERE "userId" = '${id}'`,
  )
  // Else the next write of the app would have all of it to move.
  if (sqlite) await sql(database, 'PRAGMA wal_checkpoint(TRUNCATE)')
}
