// How smoothly a chat of 50,000 messages scrolls in Chromium: frames a second and long tasks (over 50 ms of script), while
// a wheel turns back through its history 60 times a second for some seconds.

import { dashboard } from '../support/browser-dashboard.ts'
import { demoPerson, sharedChat } from '../support/demo.ts'
import { lengthenChat } from '../support/long-chat.ts'
import { onStage } from '../support/standalone.ts'

const MESSAGES = 50_000
const TURNS = 400
const PX_A_TURN = 250

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

  await page.evaluate(WATCH)
  await side.log.hover()
  for (let turn = 0; turn < TURNS; turn++) {
    await page.mouse.wheel(0, -PX_A_TURN)
    await new Promise((resolve) => setTimeout(resolve, 16))
  }
  const { longTasksMs, framesMs } = await page.evaluate(() => (window as unknown as { watched: Watched }).watched)
  const seconds = framesMs.reduce((sum, ms) => sum + ms, 0) / 1000
  const rows = side.log.locator('[data-seq]')
  const reached = await rows.first().getAttribute('data-seq')
  const slowest = framesMs.toSorted((a, b) => b - a)[Math.floor(framesMs.length * 0.05)] ?? 0
  console.log(`${MESSAGES} messages, ${TURNS} turns of ${PX_A_TURN} px: from seq ${MESSAGES} to ${reached}`)
  console.log(`rows in the document: ${await rows.count()}`)
  console.log(`frames a second: ${(framesMs.length / seconds).toFixed(1)}; 19 of 20 within ${slowest.toFixed(1)} ms`)
  console.log(`long tasks: ${longTasksMs.length}, the longest ${Math.round(Math.max(0, ...longTasksMs))} ms`)
})
