import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { findings } from '../support/axe.ts'
import { browserTests } from '../support/browser.ts'
import { dashboard } from '../support/browser-dashboard.ts'
import { createChat, person, send } from '../support/market.ts'
import { missedTargets } from '../support/targets.ts'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp('sqlite')
})
afterAll(() => app?.close())

const test = browserTests()

/** What stands in somebody's way on the page as it is: for anybody, and for fingers where it is a phone's. */
const obstacles = async (page: Page) => {
  const isPhone = (page.viewportSize()?.width ?? 0) < 720
  return [...(await findings(page)), ...(isPhone ? await missedTargets(page) : [])]
}

for (const { name, viewport, colorScheme } of [
  { name: 'a desktop in daylight', viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  { name: 'a small phone in the dark', viewport: { width: 320, height: 640 }, colorScheme: 'dark' },
] as const) {
  test(`every screen can be used by everyone on ${name}`, async (open) => {
    const client = await person(`client ${name}`, { name: 'Анна Клиентова' })
    const expert = await person(`expert ${name}`, { name: 'Борис Экспертов' })
    const chatId = await createChat(app.url, [client, expert], 'Курсовая по праву')
    await send(app.url, expert.token, chatId, 'Здравствуйте! Код: `x = 1`')
    await send(app.url, client.token, chatId, 'Спасибо')
    await send(app.url, expert.token, chatId, 'Готово')

    const { page } = await open(app.url, { token: client.token, viewport, colorScheme })
    const side = dashboard(page)
    await side.button('Сообщения, 1 непрочитанное').waitFor()
    expect(await obstacles(page)).toEqual([])

    await side.notificationsButton.click()
    await side.notifications.getByText('Готово').waitFor()
    expect(await obstacles(page)).toEqual([])
    await side.settings.click()
    await side.notifications.getByRole('switch').first().waitFor()
    expect(await obstacles(page)).toEqual([])
    await side.close()

    await page.getByRole('button', { name: 'Меню: Анна Клиентова' }).click()
    await page.getByRole('menu').waitFor()
    expect(await obstacles(page)).toEqual([])
    await page.keyboard.press('Escape')

    await side.messagesButton.click()
    await side.search.fill('нет такого')
    await side.messages.getByText('Ничего не нашлось').waitFor()
    expect(await obstacles(page)).toEqual([])
    await side.search.fill('праву')
    await side.chat('Курсовая по праву').click()
    await side.message('Готово').waitFor()
    expect(await obstacles(page)).toEqual([])
    await side.log.getByRole('button', { name: 'Действия с сообщением' }).last().click()
    await page.getByRole('menu').waitFor()
    expect(await obstacles(page)).toEqual([])
    await page.keyboard.press('Escape')
    await side.log.getByRole('button', { name: 'Действия с сообщением' }).nth(1).click()
    await page.getByRole('menuitem', { name: 'Удалить' }).click()
    await page.getByRole('alertdialog', { name: 'Удалить сообщение?' }).waitFor()
    expect(await obstacles(page)).toEqual([])
    await page.keyboard.press('Escape')
    await side.field.fill('Звоните: +7 916 123-45-67')
    await side.messages.getByText('Похоже на номер телефона').waitFor()
    expect(await obstacles(page)).toEqual([])

    await side.write('Пишите на a@b')
    await side.alert.waitFor()
    expect(await obstacles(page)).toEqual([])
    await page.context().setOffline(true)
    await side.status.getByText('Нет сети').waitFor()
    expect(await obstacles(page)).toEqual([])
    // Nothing is wider than the screen.
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
  })
}
