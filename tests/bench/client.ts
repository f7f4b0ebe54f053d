// How the dashboard answers in Chromium, in a chat of 10,000 messages: from the press on the chat to its first messages on the
// screen, from a key pressed in its field to the letter on the screen, and the long tasks (over 50 ms) meanwhile. Times as
// people see them depend on what else the machine does; the processor time of the page's main thread doesn't, nor that of its
// longest task: an idle machine takes as long for them.

import type { CDPSession, Page } from 'playwright-core'
import { dashboard } from '../support/browser-dashboard.ts'
import { demoPerson, sharedChat } from '../support/demo.ts'
import { lengthenChat } from '../support/long-chat.ts'
import { onStage } from '../support/standalone.ts'
import { taskCpuMs } from './page-tasks.ts'

const MESSAGES = 10_000
const OPENINGS = 5
/** Whatever a press has set off is over by then. */
const SETTLED_MS = 1000
const TEXT = 'Решил первую часть, вторую пришлю вечером. Проверьте, пожалуйста, вывод формулы. '.repeat(2)

type Watched = { openedMs: number; keysMs: number[]; longTasksMs: number[] }

// As text: what runs this file names functions by something that the page doesn't have.
const WATCH = `
  window.watched = { openedMs: 0, keysMs: [], longTasksMs: [] }
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) watched.longTasksMs.push(duration)
  }).observe({ type: 'longtask' })
  // A task that is asked for in a frame comes after the frame is drawn.
  const painted = (tell) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => tell(performance.now())
    port2.postMessage(null)
  })
  addEventListener('keydown', ({ timeStamp }) => painted((at) => watched.keysMs.push(at - timeStamp)), true)
  addEventListener('click', ({ target, timeStamp }) => {
    if (!target.closest('[data-chat]')) return
    const look = (at) => {
      if (document.querySelector('[role="log"] [data-seq]')) watched.openedMs = at - timeStamp
      else painted(look)
    }
    painted(look)
  }, true)
`

const watchedOf = (page: Page) => page.evaluate(() => (window as unknown as { watched: Watched }).watched)

/** Processor time of the page's main thread so far. */
async function cpuMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000
}

const quantile = (values: readonly number[], part: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0
const range = (values: readonly number[]) =>
  `median ${quantile(values, 0.5).toFixed(0)} ms, 19 of 20 within ${quantile(values, 0.95).toFixed(0)} ms`
const longTasks = (values: readonly number[]) =>
  `${values.length}, the longest ${Math.round(Math.max(0, ...values))} ms`

await onStage(async ({ url, database, browser }) => {
  const { id, title } = await sharedChat(url, 'ru')
  const { externalId } = await demoPerson(url, 'ru', 'CLIENT')
  await lengthenChat(database, id, MESSAGES)
  const openings: { ms: number; cpu: number }[] = []
  const openingTasksMs: number[] = []
  const longestCpuMs: number[] = []
  for (let opening = 1; opening <= OPENINGS; opening++) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'ru-RU' })
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    await page.goto(`${url}/?person=${externalId}`)
    const side = dashboard(page)
    await side.messagesButton.click()
    // Another one is open at first: the one that is measured is fetched anew.
    await side.messages.getByRole('list').getByRole('button').filter({ hasNotText: title }).first().click()
    await side.log.locator('[data-seq]').first().waitFor()
    await page.waitForTimeout(SETTLED_MS)
    await page.evaluate(WATCH)
    const before = await cpuMs(session)
    const row = page.locator(`[data-chat="${id}"]`)
    const taskMs = await taskCpuMs(browser, page, async () => {
      await row.click()
      // Looked for by the page itself: to be asked meanwhile would be a task of its own.
      await page.waitForTimeout(SETTLED_MS)
    })
    longestCpuMs.push(taskMs[0] ?? 0)
    await side.log.getByText(`№ ${MESSAGES} `).waitFor()
    const opened = await watchedOf(page)
    openings.push({ ms: opened.openedMs, cpu: (await cpuMs(session)) - before })
    openingTasksMs.push(...opened.longTasksMs)
    if (opening === OPENINGS) {
      await page.evaluate(WATCH)
      const beforeKeys = await cpuMs(session)
      await side.field.pressSequentially(TEXT, { delay: 40 })
      const typed = await watchedOf(page)
      const cpuAKey = ((await cpuMs(session)) - beforeKeys) / TEXT.length
      console.log(`key to letter: ${range(typed.keysMs)}; processor ${cpuAKey.toFixed(1)} ms a key`)
      console.log(`long tasks while typing: ${longTasks(typed.longTasksMs)}`)
    }
    await page.close()
  }
  console.log(`press to first messages: ${range(openings.map(({ ms }) => ms))}`)
  console.log(`processor an opening: ${range(openings.map(({ cpu }) => cpu))}`)
  console.log(`longest task of an opening, processor: ${range(longestCpuMs)}`)
  console.log(`long tasks in ${OPENINGS} openings: ${longTasks(openingTasksMs)}`)
})
