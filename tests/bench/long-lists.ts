import type { Browser, Page } from 'playwright-core'
import type { TestDatabase } from '../support/app.ts'
import { sql } from '../support/sql.ts'
import { taskCpuMs } from './page-tasks.ts'

const numbers = (count: number) => `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})`
const minutesAgo = (minutes: string) => `strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now', '-' || (${minutes}) || ' minutes')`

/** Gives somebody of the demo `count` chats more, all with the first other one in one of theirs, and nothing said in them. */
export async function addChats(database: TestDatabase, userId: string, count: number): Promise<void> {
  const people = `(SELECT '${userId}' AS "userId" UNION SELECT "userId" FROM "Participant" WHERE "chatId" =
    (SELECT MIN("chatId") FROM "Participant" WHERE "userId" = '${userId}'))`
  const at = minutesAgo('i * 7')
  await sql(
    database,
    `${numbers(count)} INSERT INTO "Chat" ("id", "title", "lastSeq", "lastActivityAt", "createdAt")
     SELECT 'cht_long_' || i, 'Заказ № ' || i, 0, ${at}, ${at} FROM n WHERE i <= ${count}`,
  )
  await sql(
    database,
    `${numbers(count)} INSERT INTO "Participant" ("chatId", "userId", "lastReadSeq", "joinedAt")
     SELECT 'cht_long_' || i, people."userId", 0, ${at} FROM n, ${people} AS people WHERE i <= ${count}`,
  )
  await sql(
    database,
    `${numbers(count)} INSERT INTO "ChatState" ("chatId", "userId", "unreadCount", "muted")
     SELECT 'cht_long_' || i, people."userId", 0, 0 FROM n, ${people} AS people WHERE i <= ${count}`,
  )
}

/** Puts `count` read notifications, over all chats of theirs in turn, where somebody's own were. № 1 is the oldest. */
export async function replaceNotifications(database: TestDatabase, userId: string, count: number): Promise<void> {
  await sql(database, `DELETE FROM "Notification" WHERE "userId" = '${userId}'`)
  const at = minutesAgo(`(${count} - i) * 13`)
  await sql(
    database,
    `${numbers(count)},
     chats(id, place, total) AS (SELECT "chatId", ROW_NUMBER() OVER (ORDER BY "chatId") - 1, COUNT(*) OVER ()
                                 FROM "Participant" WHERE "userId" = '${userId}')
     INSERT INTO "Notification" ("id", "userId", "seq", "kind", "title", "body", "chatId", "createdAt", "readAt", "hidden")
     SELECT 'ntf_long_' || i, '${userId}', 1000000 + i, 'MESSAGE', 'Новость № ' || i, 'Решение готово, посмотрите вывод формулы.',
            chats.id, ${at}, ${at}, 0
     FROM n JOIN chats ON chats.place = (i * 7) % chats.total`,
  )
}

const TURN_PX = 600
const TURN_MS = 16

/** Opens a list and scrolls to its end, page by page: how long the page's tasks take, in processor time. */
export async function measureList(
  browser: Browser,
  page: Page,
  { name, open, row, end }: { name: string; open(): Promise<void>; row: string; end: string },
): Promise<void> {
  const opening = await taskCpuMs(browser, page, async () => {
    await open()
    await page.locator(row).first().waitFor()
    await page.waitForTimeout(500)
  })
  await page.locator(row).first().hover()
  let turns = 0
  const scrolling = await taskCpuMs(browser, page, async () => {
    for (let isEnd = false; !isEnd && turns < 4000; turns++) {
      await page.mouse.wheel(0, TURN_PX)
      await new Promise((resolve) => setTimeout(resolve, TURN_MS))
      if (turns % 20 === 19) isEnd = (await page.getByText(end, { exact: true }).count()) > 0
    }
  })
  const sum = scrolling.reduce((total, ms) => total + ms, 0)
  console.log(
    `${name}: opening, longest task ${opening[0]?.toFixed(0)} ms; scrolling to the end, ${turns} turns of ${TURN_PX} px: ` +
      `longest ${scrolling[0]?.toFixed(0)} ms, ${scrolling.filter((ms) => ms > 50).length} over 50 ms, ` +
      `${(sum / turns).toFixed(1)} ms a turn; rows in the document: ${await page.locator(row).count()}`,
  )
}
