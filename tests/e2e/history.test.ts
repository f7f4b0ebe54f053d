import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { browserTests, soon } from '../support/browser.ts'
import { dashboard } from '../support/browser-dashboard.ts'
import { lengthenChat } from '../support/long-chat.ts'
import { send } from '../support/market.ts'
import { newOrder } from '../support/order.ts'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp('sqlite')
})
afterAll(() => app?.close())

/** An order whose chat is as long as chats get. */
async function longOrder() {
  const order = await newOrder(app.url)
  await send(app.url, order.expert.token, order.chatId, 'Самое первое сообщение')
  await lengthenChat(app.database, order.chatId, 50_000)
  return order
}

/** Answers to requests for messages wait until they are let through. */
async function holdHistory(page: Page): Promise<() => void> {
  let letThrough = () => {}
  const released = new Promise<void>((resolve) => {
    letThrough = resolve
  })
  await page.route('**/graphql', async (route) => {
    if (route.request().postDataJSON()?.operationName === 'Messages') await released
    await route.continue().catch(() => {})
  })
  return letThrough
}

const scene = browserTests()

scene('loads older messages without moving what is read, and keeps few of fifty thousand at hand', async (open) => {
  const { client, title } = await longOrder()
  const { page } = await open(app.url, { token: client.token })
  const side = dashboard(page)
  await side.openChat(title)
  await side.log.getByText('№ 50000 ').waitFor()
  /** Where a message stands, in px from the top of the log; null where it isn't rendered. */
  const topOf = (seq: number) =>
    side.log.evaluate((log, wanted) => {
      const row = log.querySelector(`[data-seq="${wanted}"]`)
      return row ? Math.round(row.getBoundingClientRect().top - log.getBoundingClientRect().top) : null
    }, seq)
  const toTop = () =>
    side.log.evaluate((log) => {
      log.scrollTop = 0
    })

  const letThrough = await holdHistory(page)
  await toTop()
  await expect.poll(() => topOf(49_902), soon).not.toBeNull()
  const before = await topOf(49_902)
  letThrough()
  await expect.poll(() => topOf(49_895), soon).not.toBeNull()
  expect(Math.abs(((await topOf(49_902)) ?? 0) - (before ?? 0))).toBeLessThanOrEqual(2)

  // On and on: what is rendered and what is held stay the same little.
  for (const first of [49_801, 49_701, 49_601, 49_501]) {
    await toTop()
    await expect
      .poll(async () => {
        await toTop()
        return Number(await side.log.locator('[data-seq]').first().getAttribute('data-seq'))
      }, soon)
      .toBeLessThanOrEqual(first)
  }
  expect(await side.log.locator('[data-seq]').count()).toBeLessThan(120)
})

scene('stays where it is read while messages come, and counts them on the way to the latest', async (open) => {
  const { client, expert, chatId, title } = await longOrder()
  const { page } = await open(app.url, { token: client.token })
  const side = dashboard(page)
  await side.openChat(title)
  await side.log.getByText('№ 50000 ').waitFor()
  await side.log.hover()
  await page.mouse.wheel(0, -1500)
  const latest = side.messages.getByRole('button', { name: 'К последним сообщениям', exact: true })
  await latest.waitFor()
  const place = await side.log.evaluate((log) => log.scrollTop)

  await send(app.url, expert.token, chatId, 'Первое новое')
  await send(app.url, expert.token, chatId, 'Второе новое')
  const counted = side.messages.getByRole('button', { name: 'К последним сообщениям, 2 новых' })
  await counted.waitFor()
  expect(Math.abs((await side.log.evaluate((log) => log.scrollTop)) - place)).toBeLessThanOrEqual(2)

  await counted.click()
  await side.message('Второе новое').waitFor()
  await counted.waitFor({ state: 'detached' })
  await expect
    .poll(() => side.log.evaluate((log) => log.scrollHeight - log.scrollTop - log.clientHeight), soon)
    .toBeLessThan(2)
})

scene('leads from a notification to its message, however far back, and from there to the end', async (open) => {
  const { client, expert, chatId, title } = await longOrder()
  const { page } = await open(app.url, { token: client.token })
  const side = dashboard(page)
  await side.notificationsButton.click()
  await side.notifications.getByRole('heading', { name: title }).waitFor()
  await side.notifications.getByRole('button', { name: 'Самое первое сообщение' }).click()
  const message = side.message('Самое первое сообщение')
  await message.waitFor()
  await expect.poll(async () => (await message.boundingBox())?.y ?? 0, soon).toBeGreaterThan(0)
  expect(await side.log.getByText('Начало переписки').count()).toBe(1)

  // Far from the end, what comes there is only counted; what one writes is what one wants to see.
  await send(app.url, expert.token, chatId, 'Тем временем')
  await side.messages.getByRole('button', { name: 'К последним сообщениям, 1 новое' }).waitFor()
  expect(await side.message('Тем временем').count()).toBe(0)
  await side.write('Отвечаю на давнее')
  await side.message('Отвечаю на давнее').waitFor()
  await side.message('Тем временем').waitFor()
})

scene('opens at the first unread message, and reads no more than is in view', async (open) => {
  const { client, expert, chatId, title } = await newOrder(app.url)
  for (let count = 1; count <= 10; count++) await send(app.url, client.token, chatId, `Задание, пункт ${count}`)
  await send(app.url, expert.token, chatId, 'Прочитал')
  for (let count = 1; count <= 40; count++) await send(app.url, client.token, chatId, `Дополнение ${count}`)
  const { page } = await open(app.url, { token: expert.token })
  const side = dashboard(page)
  await side.button('Сообщения, 40 непрочитанных').waitFor()
  await side.openChat(title)
  await side.log.getByText('Новые сообщения').waitFor()
  await side.message('Дополнение 1').waitFor()
  const log = await side.log.boundingBox()
  const line = await side.log.getByText('Новые сообщения').boundingBox()
  expect((line?.y ?? 0) - (log?.y ?? 0)).toBeLessThan(120)

  const unread = side.messages.getByRole('button', { name: /^К последним сообщениям, \d+ нов(?:ое|ых)$/ })
  await unread.waitFor()
  const left = Number(/\d+/.exec((await unread.getAttribute('aria-label')) ?? '')?.[0])
  expect(left).toBeGreaterThan(10)
  expect(left).toBeLessThan(40)
  await side.log.press('End')
  await side.message('Дополнение 40').waitFor()
  await side.close()
  await side.button('Сообщения').waitFor()
})
