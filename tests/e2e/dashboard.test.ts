import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { browserTests, soon } from '../support/browser.ts'
import { dashboard } from '../support/browser-dashboard.ts'
import { createChat, person, send } from '../support/market.ts'
import { newOrder } from '../support/order.ts'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp('sqlite')
})
afterAll(() => app?.close())

const scene = browserTests()

const hasFocus = (element: Locator) => element.evaluate((one) => one === document.activeElement)

/** How many bytes of script a page has loaded so far, as gzip has them. */
async function scriptBytes(page: Page): Promise<number> {
  const addresses = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
  const paths = new Set(addresses.map((address) => new URL(address).pathname).filter((path) => path.endsWith('.js')))
  const built = (path: string) => fileURLToPath(new URL(`../../dist/client${path}.gz`, import.meta.url))
  return [...paths].reduce((sum, path) => sum + statSync(built(path)).size, 0)
}

scene('loads at most 180 KB of gzipped script before anything is opened', async (open) => {
  const { client, expert, chatId } = await newOrder(app.url)
  await send(app.url, expert.token, chatId, 'Здравствуйте')
  const { page } = await open(app.url, { token: client.token })
  const side = dashboard(page)
  await side.button('Сообщения, 1 непрочитанное').waitFor()
  await side.status.getByText('На связи').waitFor()
  await page.waitForLoadState('networkidle')
  const before = await scriptBytes(page)
  expect(before).toBeGreaterThan(50_000)
  expect(before).toBeLessThanOrEqual(180_000)
  await side.messagesButton.click()
  await side.messages.waitFor()
  expect(await scriptBytes(page)).toBeGreaterThan(before)
})

scene('searches all chats, and brings further ones as the list is scrolled', async (open) => {
  const { client, expert } = await newOrder(app.url)
  for (let count = 1; count <= 45; count++) await createChat(app.url, [client, expert], `Задача ${count} из сборника`)
  const fedor = await person('fedor')
  await createChat(app.url, [client, fedor], 'Чертёж детали', 'order-Ж-77')
  for (let count = 46; count <= 70; count++) await createChat(app.url, [client, expert], `Задача ${count} из сборника`)
  await (await open(app.url, { token: (await person('fedor', { name: 'Фёдор Ёлкин' })).token })).page
    .getByRole('button', { name: 'Сообщения' })
    .waitFor()

  const { page } = await open(app.url, { token: client.token })
  const side = dashboard(page)
  await side.messagesButton.click()
  await side.chat('Задача 70 из').waitFor()
  expect(await side.chat('Чертёж детали').count()).toBe(0)
  for (const words of ['елкин', 'ЧЕРТЕЖ', 'order-ж-77']) {
    await side.search.fill(words)
    await side.chat('Чертёж детали').waitFor()
    await expect.poll(() => side.messages.getByRole('list').getByRole('button').count(), soon).toBe(1)
  }
  await side.search.fill('нет такого')
  await side.messages.getByText('Ничего не нашлось').waitFor()
  await side.search.press('Escape')

  await side.messages.getByRole('list').hover()
  for (const last of ['Задача 50 из', 'Задача 30 из', 'Задача 1 из']) {
    await expect
      .poll(async () => {
        await page.mouse.wheel(0, 600)
        return side.chat(last).count()
      }, soon)
      .toBe(1)
  }
  // Few of them are there at once; the keys reach all, and go on where they were after a scroll.
  expect(await side.messages.getByRole('list').getByRole('button').count()).toBeLessThan(65)
  await side.chat('Задача 1 из').focus()
  await page.keyboard.press('Home')
  await expect.poll(() => hasFocus(side.chat('Задача 70 из')), soon).toBe(true)
  await page.mouse.wheel(0, 10_000)
  await side.chat('Задача 1 из').waitFor()
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => hasFocus(side.chat('Задача 69 из')), soon).toBe(true)
  await page.keyboard.press('End')
  await expect.poll(() => hasFocus(side.messages.getByRole('list').getByRole('button').last()), soon).toBe(true)
})

scene('scrolls through notifications without end, and keeps the place and the focus', async (open) => {
  const { client, expert, chatId } = await newOrder(app.url)
  for (let count = 1; count <= 70; count++) await send(app.url, expert.token, chatId, `Новость № ${count}`)
  const { page } = await open(app.url, { token: client.token })
  const side = dashboard(page)
  await side.notificationsButton.click()
  const rows = side.notifications.getByRole('listitem')
  const latest = rows.getByRole('button', { name: 'Новость № 70' })
  await latest.focus()
  await rows.first().hover()
  await expect
    .poll(async () => {
      await page.mouse.wheel(0, 500)
      return rows.getByText('Новость № 1', { exact: true }).count()
    }, soon)
    .toBe(1)
  await expect.poll(() => rows.count(), soon).toBeLessThan(40)
  expect(await latest.count()).toBe(0)
  expect(await rows.last().getAttribute('aria-setsize')).toBe('70')

  // What comes in above moves nothing.
  const first = rows.getByText('Новость № 1', { exact: true })
  const top = async () => Math.round((await first.boundingBox())?.y ?? 0)
  const topBefore = await top()
  await send(app.url, expert.token, chatId, 'Новость № 71')
  await expect.poll(() => rows.last().getAttribute('aria-setsize'), soon).toBe('71')
  await expect.poll(top, soon).toBe(topBefore)

  // The keys go on from where the focus was left.
  await page.keyboard.press('Tab')
  await expect.poll(async () => (await latest.count()) === 1 && hasFocus(latest), soon).toBe(true)
  await side.markAll.click()
  await side.button('Уведомления').waitFor({ state: 'attached' })
  expect(await side.notifications.getByRole('button', { name: 'Отметить прочитанным' }).count()).toBe(0)
})

scene(
  'tells the count in title and icon, and calls on the desktop where it is wanted, not for what is read',
  async (open) => {
    const { client, expert, chatId, title } = await newOrder(app.url)
    const { page } = await open(app.url, { token: client.token, permissions: ['notifications'] })
    // The browser's own would appear outside of everything a test can see.
    await page.addInitScript(() => {
      const shown: string[] = []
      class Shown extends EventTarget {
        static permission = 'granted'
        static requestPermission = async () => 'granted'
        constructor(heading: string, { body }: { body: string }) {
          super()
          shown.push(`${heading}: ${body}`)
        }
        close() {}
      }
      Object.assign(window, { Notification: Shown, shown })
    })
    await page.reload()
    const shown = () => page.evaluate(() => (window as unknown as { shown: string[] }).shown)
    const side = dashboard(page)
    await side.notificationsButton.click()
    await side.settings.click()
    await side.notifications.locator('label').filter({ hasText: 'Уведомления на рабочем столе' }).click()
    await expect
      .poll(() => side.notifications.getByRole('switch', { name: /рабочем столе/ }).isChecked(), soon)
      .toBe(true)
    await side.close()

    const plainIcon = await page.locator('link[rel="icon"]').getAttribute('href')
    await send(app.url, expert.token, chatId, 'Прикрепил решение')
    await expect.poll(shown, soon).toEqual(['Борис Экспертов: Прикрепил решение'])
    expect(await page.title()).toBe('(1) Oko')
    expect(await page.locator('link[rel="icon"]').getAttribute('href')).toContain('data:image/svg+xml')

    await side.openChat(title)
    await side.message('Прикрепил решение').waitFor()
    await expect.poll(() => page.title(), soon).toBe('Oko')
    expect(await page.locator('link[rel="icon"]').getAttribute('href')).toBe(plainIcon)
    await send(app.url, expert.token, chatId, 'Это видно и так')
    await side.message('Это видно и так').waitFor()
    await side.close()
    await send(app.url, expert.token, chatId, 'А это уже нет')
    await expect.poll(shown, soon).toEqual(['Борис Экспертов: Прикрепил решение', 'Борис Экспертов: А это уже нет'])
  },
)

scene(
  'alerts in one tab of two, by sound and on the desktop, and in none for the chat being looked at',
  async (open) => {
    const { client, expert, chatId, title } = await newOrder(app.url)
    const device = await open(app.url, { token: client.token, permissions: ['notifications'] })
    // The permission is the browser's own; what is shown and played is noted on its way out of the page.
    await device.context.addInitScript(() => {
      const notices: string[] = []
      const Real = Notification
      class Noted extends Real {
        constructor(heading: string, options: NotificationOptions) {
          super(heading, options)
          notices.push(options.body ?? '')
        }
      }
      let tones = 0
      const { start } = OscillatorNode.prototype
      OscillatorNode.prototype.start = function (when) {
        tones++
        start.call(this, when)
      }
      Object.assign(window, { Notification: Noted, alerts: () => ({ notices, tones }) })
    })
    await device.page.evaluate(() => localStorage.setItem('oko.desktop', 'on'))
    await device.page.reload()
    const second = await device.openTab()
    const tabs = [device.page, second]
    const sides = tabs.map((page) => dashboard(page))
    for (const [index, page] of tabs.entries()) {
      await page.bringToFront()
      // Browsers keep sounds back until somebody has pressed something.
      await page.mouse.click(5, 5)
      await sides[index]?.status.getByText('На связи').waitFor()
      expect(await page.evaluate(() => Notification.permission)).toBe('granted')
    }
    const alerts = () =>
      Promise.all(
        tabs.map((page) =>
          page.evaluate(() => (window as unknown as { alerts(): { notices: string[]; tones: number } }).alerts()),
        ),
      )
    const rung = async () => (await alerts()).filter(({ notices, tones }) => notices.length > 0 || tones > 0)
    await send(app.url, expert.token, chatId, 'Прикрепил решение')
    await expect.poll(async () => (await rung()).length, soon).toBe(1)
    // Both have said it in words by now: the one that is silent has decided so.
    for (const page of tabs) await page.getByText('Прикрепил решение').first().waitFor({ state: 'attached' })
    await expect.poll(rung, soon).toEqual([{ notices: ['Прикрепил решение'], tones: 2 }])

    await sides[1]?.openChat(title)
    await sides[1]?.message('Прикрепил решение').waitFor()
    // That it was read reaches the other tab only when that one has had its turn.
    let release = () => {}
    const hasHeard = new Promise<void>((resolve) => {
      release = resolve
    })
    await second.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('MarkChatRead')) await hasHeard
      await route.continue()
    })
    await send(app.url, expert.token, chatId, 'Это видно и так')
    await sides[1]?.message('Это видно и так').waitFor()
    await device.page.locator('[aria-live]').getByText('Это видно и так').waitFor({ state: 'attached' })
    release()
    await sides[1]?.close()
    await send(app.url, expert.token, chatId, 'А это уже нет')
    const all = async () => {
      const told = await alerts()
      const notices = told.flatMap((one) => one.notices).sort()
      return { notices, tones: told.reduce((sum, { tones }) => sum + tones, 0) }
    }
    await expect.poll(all, soon).toEqual({ notices: ['А это уже нет', 'Прикрепил решение'], tones: 4 })
  },
)

scene('applies language and look at once, from the settings too', async (open) => {
  const { client } = await newOrder(app.url)
  const { page } = await open(app.url, { token: client.token })
  const russian = dashboard(page)
  await russian.notificationsButton.click()
  await russian.settings.click()
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const light = await background()
  await russian.notifications.locator('label').filter({ hasText: 'Тёмное' }).click()
  await expect.poll(background, soon).not.toBe(light)
  await russian.notifications.locator('label').filter({ hasText: 'English' }).click()
  const english = dashboard(page, 'en')
  await english.notifications.waitFor()
  await english.markAll.waitFor()
  await page.reload()
  await english.messagesButton.waitFor()
  expect(await background()).not.toBe(light)
})

scene('shows times in the reader’s zone, and days as they are there', async (open) => {
  const { client, expert, chatId, title } = await newOrder(app.url)
  const sent = await send(app.url, expert.token, chatId, 'Во сколько это было?')
  const [vladivostok, honolulu] = await Promise.all(
    ['Asia/Vladivostok', 'Pacific/Honolulu'].map(async (timezoneId) => {
      const { page } = await open(app.url, { token: client.token, timezoneId })
      const side = dashboard(page)
      await side.openChat(title)
      await side.message('Во сколько это было?').waitFor()
      const wanted = new Intl.DateTimeFormat('ru', { timeStyle: 'short', timeZone: timezoneId }).format(
        new Date(sent.sent.createdAt),
      )
      await side.log.getByText(wanted).waitFor()
      return wanted
    }),
  )
  expect(vladivostok).not.toBe(honolulu)
})

scene('keeps the focus within a dialog, and gives it back to where it came from', async (open) => {
  const { client, title } = await newOrder(app.url)
  const { page } = await open(app.url, { token: client.token })
  const side = dashboard(page)
  await side.button('Уведомления').focus()
  await page.keyboard.press('Enter')
  await side.notifications.waitFor()
  await page.keyboard.press('Escape')
  await expect.poll(() => hasFocus(side.button('Уведомления')), soon).toBe(true)

  await side.button('Сообщения').focus()
  await page.keyboard.press('Enter')
  await side.messages.waitFor()
  for (let press = 0; press < 12; press++) {
    await page.keyboard.press('Tab')
    expect(await side.messages.evaluate((dialog) => dialog.contains(document.activeElement))).toBe(true)
  }
  await side.search.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await side.messages.getByRole('heading', { name: title }).waitFor()
  await expect.poll(() => hasFocus(side.field), soon).toBe(true)
  await page.keyboard.press('Escape')
  await expect.poll(() => hasFocus(side.button('Сообщения')), soon).toBe(true)
})

scene('says so where a part of it can’t be loaded, lets it be left, and opens it once it can', async (open) => {
  const { client } = await newOrder(app.url)
  const { page } = await open(app.url, { token: client.token })
  const side = dashboard(page)
  await side.status.getByText('На связи').waitFor()
  const parts = /\/assets\/messages-modal-/
  await page.route(parts, (route) => route.abort())
  const failed = page.getByRole('alertdialog', { name: 'Не получилось открыть' })
  await side.messagesButton.focus()
  await page.keyboard.press('Enter')
  await failed.waitFor()
  await page.keyboard.press('Escape')
  await failed.waitFor({ state: 'detached' })
  await expect.poll(() => hasFocus(side.messagesButton), soon).toBe(true)

  await page.keyboard.press('Enter')
  await failed.waitFor()
  await page.unroute(parts)
  await failed.getByRole('button', { name: 'Повторить' }).click()
  await side.messages.waitFor()
  expect(await failed.count()).toBe(0)
})

scene('is two pages on a phone, with the way back, and the focus on the chat that was left', async (open) => {
  const { client, title } = await newOrder(app.url)
  const { page } = await open(app.url, {
    token: client.token,
    viewport: { width: 390, height: 844 },
    hasTouch: true,
  })
  const side = dashboard(page)
  await side.openChat(title)
  expect(await side.search.count()).toBe(0)
  const box = await side.messages.boundingBox()
  expect([box?.width, box?.height]).toEqual([390, 844])

  // As a phone says it whose keyboard has come up over the page.
  const showKeyboard = (heightPx: number) =>
    page.evaluate((height) => {
      Object.defineProperty(visualViewport, 'height', { value: height, configurable: true })
      visualViewport?.dispatchEvent(new Event('resize'))
    }, heightPx)
  const sendBottom = async () => {
    const button = await side.send.boundingBox()
    return (button?.y ?? 0) + (button?.height ?? 0)
  }
  await showKeyboard(420)
  await expect.poll(sendBottom, soon).toBeLessThanOrEqual(420)
  await showKeyboard(844)
  await expect.poll(sendBottom, soon).toBeGreaterThan(780)

  await side.messages.getByRole('button', { name: 'Назад' }).click()
  await side.search.waitFor()
  expect(await side.log.count()).toBe(0)
  await expect.poll(() => hasFocus(side.chat(title)), soon).toBe(true)

  const muted = side.messages.getByRole('switch', { name: 'Без звука' })
  const target = await muted.boundingBox()
  expect(Math.min(target?.width ?? 0, target?.height ?? 0)).toBeGreaterThanOrEqual(44)
  await muted.tap()
  await expect.poll(() => muted.getAttribute('aria-checked'), soon).toBe('true')
  await side.chat('Без звука').waitFor()
  expect(await side.log.count()).toBe(0)
})
