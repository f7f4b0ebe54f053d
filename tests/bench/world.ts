import pg from 'pg'
import { tokenFor } from '../support/tokens.ts'

const hex = (i: number) => i.toString(16).padStart(32, '0')
/** Ids are made from numbers, so that nothing has to be asked for. */
export const userId = (i: number): string => `user_${hex(i)}`
export const chatId = (i: number): string => `chat_${hex(i)}`
const externalId = (i: number) => `bench-${i}`

/** A database of its own, filled behind the API's back since sending would take hours. */
export interface World {
  url: string
  /** People `from` to `from + count - 1`. */
  addPeople(from: number, count: number): Promise<void>
  /** Chats `from` to `from + count - 1` of two each: of chat `from + k` the people `first + 2k` and the next. */
  addPairs(from: number, count: number, first: number): Promise<void>
  /** One chat of the people `first` to `first + count - 1`. */
  addCrowd(chat: number, first: number, count: number): Promise<void>
  /** Chats `from` to `from + count - 1`, each of person `one` and the person `others + k`. */
  addChatsOf(one: number, from: number, count: number, others: number): Promise<void>
  /** Messages `1` to `count` in each of the chats `from` to `from + chats - 1`, read by everybody. */
  addMessages(from: number, chats: number, count: number): Promise<void>
  /**
   * `each` messages by both of each of the chats `from` to `from + chats - 1`, in turn, that nobody has heard of yet: three times as
   * many events in each log.
   */
  addMissed(from: number, chats: number, each: number): Promise<void>
  query(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>
  drop(): Promise<void>
}

let made = 0

/** @throws when there is no PostgreSQL on loopback: one line that says so */
export async function createWorld(migrate: (databaseUrl: string) => Promise<void>): Promise<World> {
  const serverUrl = process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres'
  const admin = new pg.Client({ connectionString: serverUrl, connectionTimeoutMillis: 3000 })
  await admin.connect().catch((error: Error) => {
    throw new Error(`needs PostgreSQL at 127.0.0.1:5432 or TEST_DATABASE_URL: ${error.message}`)
  })
  const name = `oko_bench_${process.pid}_${made++}`
  await admin.query(`CREATE DATABASE ${name}`)
  const drop = async () => {
    await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    await admin.end()
  }
  const url = new URL(serverUrl)
  url.pathname = name
  await migrate(url.href).catch(async (error: unknown) => {
    await drop()
    throw error
  })
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  const run = async (sql: string, values: unknown[] = []) =>
    (await client.query(sql, values)).rows as Record<string, unknown>[]
  const id = (kind: string, number: string) => `'${kind}_' || lpad(to_hex(${number}), 32, '0')`

  /** Chats `from …`, and who is in them as a query of ("chatId", "userId"). */
  async function addChats(from: number, count: number, members: string): Promise<void> {
    await run(`INSERT INTO "Chat" ("id", "externalRef", "title", "lastActivityAt", "createdAt")
      SELECT ${id('chat', 'i')}, 'order-' || i, 'Заказ № ' || i, now(), now()
      FROM generate_series(${from}, ${from + count - 1}) i`)
    await run(
      `INSERT INTO "Participant" ("chatId", "userId", "joinedAt") SELECT "chatId", "userId", now() FROM (${members}) m`,
    )
    await run(`INSERT INTO "ChatState" ("chatId", "userId") SELECT "chatId", "userId" FROM (${members}) m`)
  }

  async function addMessages(from: number, chats: number, count: number): Promise<void> {
    await run(`WITH "people" AS (
        SELECT "chatId", min("userId") AS "one", max("userId") AS "other" FROM "Participant" GROUP BY "chatId")
      INSERT INTO "Message" ("id", "chatId", "seq", "authorId", "text", "createdAt")
      SELECT 'msg_' || lpad(to_hex(c * 1000000::bigint + i), 32, '0'), ${id('chat', 'c')}, i,
        CASE i % 2 WHEN 0 THEN "one" ELSE "other" END,
        'Сообщение ' || i || ': подставим x, приведём подобные и проверим ответ ещё раз', now() - interval '1 day'
      FROM generate_series(${from}, ${from + chats - 1}) c, generate_series(1, ${count}) i
      JOIN "people" ON true WHERE "people"."chatId" = ${id('chat', 'c')}`)
    const these = `"chatId" BETWEEN '${chatId(from)}' AND '${chatId(from + chats - 1)}'`
    await run(`UPDATE "Chat" c SET "lastSeq" = ${count}, "lastMessageId" = m."id" FROM "Message" m
      WHERE m."chatId" = c."id" AND m."seq" = ${count} AND m.${these}`)
    await run(`UPDATE "Participant" SET "lastReadSeq" = ${count} WHERE ${these}`)
    await run('ANALYZE')
  }

  return {
    url: url.href,
    async addPeople(from, count) {
      const people = `generate_series(${from}, ${from + count - 1}) i`
      await run(`INSERT INTO "User" ("id", "externalId", "name", "role", "createdAt")
        SELECT ${id('user', 'i')}, 'bench-' || i, 'Человек ' || i, 'CLIENT', now() FROM ${people}`)
      await run(`INSERT INTO "Inbox" ("userId") SELECT ${id('user', 'i')} FROM ${people}`)
    },
    addPairs: (from, count, first) =>
      addChats(
        from,
        count,
        `SELECT ${id('chat', `${from} + k`)} AS "chatId", ${id('user', `${first} + 2 * k + side`)} AS "userId"
         FROM generate_series(0, ${count - 1}) k, generate_series(0, 1) side`,
      ),
    addCrowd: (chat, first, count) =>
      addChats(
        chat,
        1,
        `SELECT '${chatId(chat)}' AS "chatId", ${id('user', 'i')} AS "userId"
         FROM generate_series(${first}, ${first + count - 1}) i`,
      ),
    addChatsOf: (one, from, count, others) =>
      addChats(
        from,
        count,
        `SELECT ${id('chat', `${from} + k`)} AS "chatId", CASE side WHEN 0 THEN '${userId(one)}' ELSE ${id('user', `${others} + k`)} END AS "userId"
         FROM generate_series(0, ${count - 1}) k, generate_series(0, 1) side`,
      ),
    addMessages,
    async addMissed(from, chats, each) {
      await addMessages(from, chats, 2 * each)
      const these = `"chatId" BETWEEN '${chatId(from)}' AND '${chatId(from + chats - 1)}'`
      // Of the message itself everybody hears, of the notification whoever didn't write it, right behind it.
      await run(`CREATE TEMPORARY TABLE "missed" AS
        SELECT p."userId", m."chatId", m."id", m."seq", m."authorId", m."createdAt", told,
          row_number() OVER (PARTITION BY p."userId" ORDER BY m."seq", told) AS "place"
        FROM "Message" m JOIN "Participant" p ON p."chatId" = m."chatId" CROSS JOIN generate_series(0, 1) told
        WHERE m.${these} AND (told = 0 OR m."authorId" <> p."userId")`)
      const notificationId = `'ntf_' || md5("userId" || "id")`
      await run(`INSERT INTO "Notification" ("id", "userId", "seq", "kind", "title", "body", "chatId", "messageId", "messageSeq", "actorId", "createdAt")
        SELECT ${notificationId}, "userId", "place", 'MESSAGE', 'Человек', 'Сообщение', "chatId", "id", "seq", "authorId", "createdAt"
        FROM "missed" WHERE told = 1`)
      await run(`INSERT INTO "Event" ("userId", "seq", "kind", "at", "chatId", "messageId", "notificationId", "unreadMessages", "unreadChats", "unreadNotifications")
        SELECT "userId", "place", (CASE told WHEN 0 THEN 'MESSAGE_ADDED' ELSE 'NOTIFICATION_ADDED' END)::"EventKind", "createdAt",
          "chatId", CASE told WHEN 0 THEN "id" END, CASE told WHEN 1 THEN ${notificationId} END, 0, 0, 0
        FROM "missed"`)
      await run(`UPDATE "Inbox" i SET "seq" = m."seq" FROM
        (SELECT "userId", max("place") AS "seq" FROM "missed" GROUP BY "userId") m WHERE m."userId" = i."userId"`)
      await run('DROP TABLE "missed"')
      await run('ANALYZE')
    },
    query: run,
    async drop() {
      await client.end()
      await drop()
    },
  }
}

/** A token for each of the people `first` to `first + count - 1`. */
export const tokensOf = (first: number, count: number): Promise<string[]> =>
  Promise.all(
    Array.from({ length: count }, (_, k) =>
      tokenFor(externalId(first + k), { name: `Человек ${first + k}`, exp: 4_000_000_000 }),
    ),
  )
