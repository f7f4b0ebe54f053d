// How smoothly a chat of 50,000 messages scrolls in Chromium: frames a second and long tasks (over 50 ms of script), while
// a wheel turns back through its history 60 times a second for some seconds. Then the same again for the processor time of
// the page's tasks, which is what they would take on an idle machine: a frame has 16.7 ms. Then the two other long lists,
// 1,260 notifications and 1,000 chats, each opened and scrolled to its end page by page.

import { dashboard } from '../support/browser-dashboard.ts'
import { demoPerson, sharedChat } from '../support/demo.ts'
import { lengthenChat } from '../support/long-chat.ts'
import { sql } from '../support/sql.ts'
import { onStage } from '../support/standalone.ts'
import { addChats, measureList, replaceNotifications } from './long-lists.ts'
import { taskCpuMs } from './page-tasks.ts'

const MESSAGES = 50_000
const NOTIFICATIONS = 1260
const CHATS = 1000
const TURNS = 400
const PX_A_TURN = 250
const FRAME_MS = 16.7

type Watched = { longTasksMs: number[]; framesMs: number[] }

// As text: what runs this file names functions by something that the page doesn't have.
const WATCH = `
  window.watched = { longTasksMs: [], framesMs: [] }
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) watched.longTasksMs.push(duration)
  }).observe({ type: 'longtask' })
  let last = performance.now()
  function frame(now) {
    watched.framesMs.push(now - last)
    last = now
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
`

await onStage(async ({ url, database, browser }) => {
  const { id, title } = await sharedChat(url, 'ru')
  const { externalId } = await demoPerson(url, 'ru', 'CLIENT')
  await lengthenChat(database, id, MESSAGES)
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'ru-RU' })
  await page.goto(`${url}/?person=${externalId}`)
  const side = dashboard(page)
  await side.messagesButton.click()
  await side.chat(title).click()
  await side.log.getByText(`№ ${MESSAGES} `).waitFor()

  const scroll = async () => {
    for (let turn = 0; turn < TURNS; turn++) {
      await page.mouse.wheel(0, -PX_A_TURN)
      await new Promise((resolve) => setTimeout(resolve, 16))
    }
  }
  await side.log.hover()
  await page.evaluate(WATCH)
  await scroll()
  const { longTasksMs, framesMs } = await page.evaluate(() => (window as unknown as { watched: Watched }).watched)
  const seconds = framesMs.reduce((sum, ms) => sum + ms, 0) / 1000
  const rows = side.log.locator('[data-seq]')
  const reached = await rows.first().getAttribute('data-seq')
  const slowest = framesMs.toSorted((a, b) => b - a)[Math.floor(framesMs.length * 0.05)] ?? 0
  console.log(`${MESSAGES} messages, ${TURNS} turns of ${PX_A_TURN} px: from seq ${MESSAGES} to ${reached}`)
  console.log(`rows in the document: ${await rows.count()}`)
  console.log(`frames a second: ${(framesMs.length / seconds).toFixed(1)}; 19 of 20 within ${slowest.toFixed(1)} ms`)
  const taskMs = await taskCpuMs(browser, page, scroll)
  const overFrame = taskMs.filter((ms) => ms > FRAME_MS).length
  console.log(
    `processor: ${overFrame} of ${taskMs.length} tasks over ${FRAME_MS} ms, the longest ${taskMs[0]?.toFixed(0)} ms; ` +
      `${(taskMs.reduce((sum, ms) => sum + ms, 0) / TURNS).toFixed(1)} ms a turn`,
  )
  console.log(`long tasks: ${longTasksMs.length}, the longest ${Math.round(Math.max(0, ...longTasksMs))} ms`)
  await page.close()

  const [viewer] = await sql(database, `SELECT "id" FROM "User" WHERE "externalId" = '${externalId}'`)
  await replaceNotifications(database, String(viewer?.id), NOTIFICATIONS)
  await addChats(database, String(viewer?.id), CHATS)
  const lists = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'ru-RU' })
  await lists.goto(`${url}/?person=${externalId}`)
  const { messagesButton, notificationsButton, status, close } = dashboard(lists)
  await status.getByText('На связи').waitFor()
  const notifications = { open: () => notificationsButton.click(), row: '[role="dialog"] li', end: 'Новость № 1' }
  await measureList(browser, lists, { name: `${NOTIFICATIONS} notifications`, ...notifications })
  await close()
  await measureList(browser, lists, { name: 'the same again, from the cache', ...notifications })
  await close()
  const chats = { open: () => messagesButton.click(), row: '[data-chat]', end: `Заказ № ${CHATS}` }
  await measureList(browser, lists, { name: `${CHATS} chats`, ...chats })
})
