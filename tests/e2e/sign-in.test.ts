import { afterAll, beforeAll, expect } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { browserTests } from '../support/browser.ts'
import { dashboard } from '../support/browser-dashboard.ts'
import { createChat, person, send } from '../support/market.ts'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp('sqlite')
})
afterAll(() => app?.close())

const scene = browserTests()

scene('says how to sign in where there is no token, and opens once the host has left one', async (open) => {
  const { page, openTab } = await open(app.url)
  await page.getByRole('heading', { name: 'Войдите, чтобы открыть переписку' }).waitFor()
  await page.getByText('access_token').waitFor()

  const { token } = await person('newcomer')
  const host = await openTab()
  await host.evaluate((value) => localStorage.setItem('access_token', value), token)
  await dashboard(page).button('Сообщения').waitFor()
})

scene('says that the sign-in has expired', async (open) => {
  const { token } = await person('latecomer', { exp: Math.floor(Date.now() / 1000) - 60 })
  const { page } = await open(app.url, { token })
  await page.getByText('Вход истёк').waitFor()
})

scene('speaks the browser’s language: English', async (open) => {
  const client = await person('client')
  const expert = await person('expert')
  const chatId = await createChat(app.url, [client, expert], 'Essay')
  await send(app.url, client.token, chatId, 'Could you take it?')
  const { page } = await open(app.url, { token: expert.token, locale: 'en-GB' })
  const side = dashboard(page, 'en')
  await side.status.getByText('Live').waitFor()
  await side.button('Notifications, 1 unread').click()
  await side.settings.waitFor()
  await side.markAll.waitFor()
  await side.close()
  await side.button('Messages, 1 unread').waitFor()
  await side.openChat('Essay')
  await side.message('Could you take it?').waitFor()

  await side.write('Write to me: boris@example.com')
  await side.alert.getByText('Contact details are not allowed').first().waitFor()
  expect(await side.field.inputValue()).toBe('Write to me: boris@example.com')
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')
})

scene('speaks Russian where the browser’s language is neither', async (open) => {
  const { token } = await person('traveller')
  const { page } = await open(app.url, { token, locale: 'de-DE' })
  await dashboard(page).button('Сообщения').waitFor()
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('ru')
})

scene('keeps the language and the look that were chosen', async (open) => {
  const { token } = await person('chooser', { name: 'Choosy' })
  const { page } = await open(app.url, { token })
  await page.getByRole('button', { name: 'Меню: Choosy' }).click()
  await page.getByText('English').click()
  await dashboard(page, 'en').button('Messages').waitFor()
  await page.reload()
  await dashboard(page, 'en').button('Messages').waitFor()
})
