// Takes the pictures in docs/screenshots: the main screens of the demo, each in one of its languages, looks and sizes.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { dashboard } from '../support/browser-dashboard.ts'
import { demoPerson, sharedChat } from '../support/demo.ts'
import { send } from '../support/market.ts'
import { onStage, type Stage } from '../support/standalone.ts'

const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url))

const DESKTOP = { viewport: { width: 1280, height: 800 } }
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true }

type Scene = {
  name: string
  language: 'ru' | 'en'
  device: BrowserContextOptions
  /** Brings the page to what is to be seen; it has the client's dashboard at first. */
  play(page: Page): Promise<void>
}

const CONTACT = {
  ru: 'Давайте созвонимся: +7 916 123-45-67. И ответ: 89161234',
  en: 'Let us talk: +7 916 123-45-67. And the answer is 89161234',
}

/** Opens the order that the demo page's two people share. */
async function openOrder(page: Page, language: 'ru' | 'en') {
  const side = dashboard(page, language)
  await side.messagesButton.click()
  await side.chat((await sharedChat(new URL(page.url()).origin, language)).title).click()
  await side.log.locator('[data-seq]').last().waitFor()
  return side
}

const scenes: Scene[] = [
  {
    name: 'home-ru-light',
    language: 'ru',
    device: { ...DESKTOP, colorScheme: 'light' },
    play: (page) => page.getByRole('heading', { level: 2 }).first().waitFor(),
  },
  {
    name: 'conversation-ru-light',
    language: 'ru',
    device: { ...DESKTOP, colorScheme: 'light' },
    play: async (page) => void (await openOrder(page, 'ru')),
  },
  {
    name: 'guard-en-dark',
    language: 'en',
    device: { ...DESKTOP, colorScheme: 'dark' },
    play: async (page) => {
      const side = await openOrder(page, 'en')
      await side.field.fill(CONTACT.en)
      await side.messages.locator('[data-finding]').first().waitFor()
    },
  },
  {
    name: 'settings-ru-light',
    language: 'ru',
    device: { ...DESKTOP, colorScheme: 'light' },
    play: async (page) => {
      const side = dashboard(page)
      await side.notificationsButton.click()
      await side.settings.click()
      await side.notifications.getByRole('switch').first().waitFor()
    },
  },
  {
    name: 'chats-phone-en-light',
    language: 'en',
    device: { ...PHONE, colorScheme: 'light' },
    play: async (page) => {
      const side = dashboard(page, 'en')
      await side.messagesButton.click()
      await side.messages.getByRole('list').getByRole('button').first().waitFor()
    },
  },
  {
    name: 'refused-phone-ru-dark',
    language: 'ru',
    device: { ...PHONE, colorScheme: 'dark' },
    play: async (page) => {
      const side = await openOrder(page, 'ru')
      await side.write(CONTACT.ru)
      await side.alert.waitFor()
    },
  },
  {
    name: 'notifications-phone-ru-dark',
    language: 'ru',
    device: { ...PHONE, colorScheme: 'dark' },
    play: async (page) => {
      const side = dashboard(page)
      await side.notificationsButton.click()
      await side.notifications.getByRole('listitem').first().waitFor()
    },
  },
]

await onStage(async (stage) => {
  mkdirSync(folder, { recursive: true })
  for (const scene of scenes) await takeScene(stage, scene)
  await takeDemo(stage)
})

async function takeScene({ url, browser }: Stage, { name, language, device, play }: Scene) {
  const person = await demoPerson(url, language, 'CLIENT')
  const locale = { ru: 'ru-RU', en: 'en-GB' }[language]
  const context = await browser.newContext({ ...device, locale, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.goto(`${url}/?person=${person.externalId}&lang=${language}`)
  await page.getByRole('status').waitFor()
  await play(page)
  await take(page, name)
  await context.close()
}

/** The first minute: both sides open, one of them cut off. */
async function takeDemo({ url, browser }: Stage) {
  const context = await browser.newContext({
    ...DESKTOP,
    locale: 'ru-RU',
    reducedMotion: 'reduce',
    colorScheme: 'light',
  })
  const page = await context.newPage()
  await page.goto(url)
  const frames = page.getByRole('main').locator('iframe')
  const { id, title, other } = await sharedChat(url, 'ru')
  for (const index of [0, 1]) await dashboard(frames.nth(index).contentFrame()).openChat(title)
  await send(url, other.token, id, 'Готово, посмотрите')
  for (const index of [0, 1]) await dashboard(frames.nth(index).contentFrame()).message('Готово, посмотрите').waitFor()
  await page.getByRole('button', { name: 'Оборвать связь' }).last().click()
  await dashboard(frames.nth(1).contentFrame()).status.getByText('Нет сети').waitFor()
  await take(page, 'demo-ru')
  await context.close()
}

async function take(page: Page, name: string) {
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled', caret: 'hide' })
  console.log(`docs/screenshots/${name}.png`)
}
