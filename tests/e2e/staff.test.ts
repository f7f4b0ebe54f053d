import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { findings } from '../support/axe.ts'
import { browserTests, soon } from '../support/browser.ts'
import { dashboard } from '../support/browser-dashboard.ts'
import { type HostSite, startHostSite } from '../support/host-site.ts'
import { createChat, type Person, person, send } from '../support/market.ts'

let host: HostSite
let app: TestApp
let staff: Person
let client: Person
let chatId: string
let aheadMs = 0

beforeAll(async () => {
  host = await startHostSite()
  app = await startTestApp('sqlite', {
    env: { ALLOWED_ORIGINS: host.origin },
    clock: () => new Date(Date.now() + aheadMs),
  })
  const exp = Math.floor(Date.now() / 1000) + 24 * 3600
  staff = await person('maria', { name: 'Мария Климова', role: 'STAFF', exp })
  client = await person('anna', { name: 'Анна Клиентова', exp })
  const expert = await person('boris', { name: 'Борис Экспертов', role: 'EXPERT', exp })
  chatId = await createChat(app.url, [client, expert, staff])
  await send(app.url, client.token, chatId, 'Возьмётесь?')
  await send(app.url, expert.token, chatId, 'Возьмусь.')
  await send(app.url, client.token, chatId, 'пишите на anna@example.com')
})
afterAll(async () => {
  await app?.close()
  await host?.close()
})

const scene = browserTests()

const view = (page: Page) => page.getByRole('dialog', { name: 'Статистика площадки' })
/** The row of today in a figure's table. */
const today = (page: Page, figure: string) =>
  view(page)
    .getByRole('region', { name: figure, exact: true })
    .getByRole('row', { name: /^сегодня/ })

for (const { name, viewport, colorScheme } of [
  { name: 'a desktop in daylight', viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  { name: 'a small phone in the dark', viewport: { width: 320, height: 640 }, colorScheme: 'dark' },
] as const) {
  scene(`staff see the figures as charts and tables, and everyone can use them, on ${name}`, async (open) => {
    const { page } = await open(app.url, { token: staff.token, viewport, colorScheme })
    await page.getByRole('button', { name: 'Статистика' }).click()
    await today(page, 'Сообщения').waitFor()
    expect(await today(page, 'Активные чаты').innerText()).toMatch(/1$/)
    expect(await today(page, 'Отказы в отправке').innerText()).toMatch(/1$/)
    expect(await today(page, 'Среднее время ответа').innerText()).toMatch(/\d+(,\d)? с$/)
    await view(page).getByRole('row', { name: 'Почта 1' }).waitFor()
    await view(page).getByRole('row', { name: 'Клиенты 1 у 1 человека' }).waitFor()
    await expect.poll(() => view(page).locator('canvas').count(), soon).toBe(4)
    expect(await findings(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)

    await view(page).getByRole('radio', { name: '7 дней' }).click()
    await expect
      .poll(() => view(page).getByRole('region', { name: 'Сообщения', exact: true }).getByRole('row').count(), soon)
      .toBe(8)
    await view(page).press('Escape')
    await view(page).waitFor({ state: 'detached' })
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')), soon)
      .toBe('Статистика')
  })
}

scene('the figures follow what happens, and are there for nobody else', async (open) => {
  const { page } = await open(app.url, { token: staff.token })
  await page.getByRole('button', { name: 'Статистика' }).click()
  const before = Number((await today(page, 'Сообщения').innerText()).match(/\d+$/)?.[0])
  await send(app.url, client.token, chatId, 'И ещё одно')
  // So that the server makes them anew, and the page asks at once instead of after its 15 s.
  aheadMs += 60_000
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await expect.poll(() => today(page, 'Сообщения').innerText(), soon).toMatch(new RegExp(`\\D${before + 1}$`))

  const other = await open(app.url, { token: client.token })
  const loaded: string[] = []
  other.page.on('request', (request) => loaded.push(request.url()))
  await other.page.reload()
  await dashboard(other.page).messagesButton.waitFor()
  await dashboard(other.page).openChat('Заказ')
  expect(await other.page.getByRole('button', { name: 'Статистика' }).count()).toBe(0)
  expect(loaded.filter((url) => url.includes('staff'))).toEqual([])
})

scene('works in a page of a host, too', async (open) => {
  const { page } = await open(
    host.put(
      '/staff',
      `<!doctype html><html lang="ru"><title>Host</title>
       <script type="module" src="${app.url}/embed/oko-dashboard.js"></script>
       <oko-dashboard api-url="${app.url}/graphql" token="${staff.token}" locale="ru"></oko-dashboard>`,
    ),
  )
  await page.getByRole('button', { name: 'Статистика' }).click()
  await today(page, 'Сообщения').waitFor()
  const chart = view(page).locator('canvas').first()
  const box = await chart.boundingBox()
  expect(box?.width).toBeGreaterThan(400)
  const isDrawn = await chart.evaluate((canvas: HTMLCanvasElement) =>
    canvas
      .getContext('2d')
      ?.getImageData(0, 0, canvas.width, canvas.height)
      .data.some((value) => value > 0),
  )
  expect(isDrawn).toBe(true)
  // Shadow roots included.
  expect(await findings(page)).toEqual([])
  await view(page).press('Escape')
  await dashboard(page).openChat('Заказ')
  await dashboard(page).message('Возьмусь.').waitFor()
  expect(await findings(page)).toEqual([])
})
