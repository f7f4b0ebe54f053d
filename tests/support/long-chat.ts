import type { TestDatabase } from './app.ts'
import { sql } from './sql.ts'

/**
 * Makes a chat of `count` messages of all lengths, which everybody has read, of one that has a message already: behind the
 * API's back, since sending them one by one would take minutes. "№ 123 …" is the text of the one with seq 123.
 */
export async function lengthenChat(database: TestDatabase, chatId: string, count: number): Promise<void> {
  const words = 'Решение: подставим x в уравнение, приведём подобные и проверим ответ по методичке. '.repeat(5)
  await sql(
    database,
    `INSERT INTO "Message" ("id", "chatId", "seq", "authorId", "text", "createdAt")
     WITH RECURSIVE n(i) AS (SELECT (SELECT MAX("seq") FROM "Message" WHERE "chatId" = '${chatId}') + 1
                             UNION ALL SELECT i + 1 FROM n WHERE i < ${count}),
       people AS (SELECT MIN("userId") AS one, MAX("userId") AS other FROM "Participant" WHERE "chatId" = '${chatId}'),
       first AS (SELECT * FROM "Message" WHERE "chatId" = '${chatId}' AND "seq" = 1)
     SELECT 'msg_long_' || '${chatId}' || '_' || i, '${chatId}', i, CASE WHEN i % 5 < 2 THEN people.one ELSE people.other END,
            '№ ' || i || ' ' || substr('${words}', 1, 4 + (i * 37) % 260), first."createdAt"
     FROM n, people, first`,
  )
  await sql(
    database,
    `UPDATE "Chat" SET "lastSeq" = ${count}, "lastMessageId" = 'msg_long_' || "id" || '_${count}' WHERE "id" = '${chatId}'`,
  )
  await sql(database, `UPDATE "Participant" SET "lastReadSeq" = ${count} WHERE "chatId" = '${chatId}'`)
  await sql(database, `UPDATE "ChatState" SET "unreadCount" = 0 WHERE "chatId" = '${chatId}'`)
}
