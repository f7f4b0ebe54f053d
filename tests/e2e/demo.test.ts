import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { browserTests, soon } from '../support/browser.ts'
import { dashboard } from '../support/browser-dashboard.ts'
import { demoPerson, sharedChat } from '../support/demo.ts'
import { graphiql } from '../support/graphiql.ts'
import { send } from '../support/market.ts'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp('sqlite', { env: { JWT_SECRET: undefined } })
})
afterAll(() => app?.close())

/** Every address that the page and its frames, workers and sockets ask from another host, from now on. */
function watchForeignRequests(page: Page): string[] {
  const foreign: string[] = []
  const { host } = new URL(app.url)
  const note = (address: string) => {
    const url = new URL(address.replace(/^blob:/, ''))
    if (url.protocol !== 'data:' && url.host !== host) foreign.push(address)
  }
  page.context().on('request', (request) => note(request.url()))
  page.on('websocket', (socket) => note(socket.url()))
  return foreign
}

const scene = browserTests()

scene('shows a client and an expert side by side, live, with nothing from another host', async (open) => {
  const { page } = await open('about:blank')
  const foreign = watchForeignRequests(page)
  await page.goto(app.url)
  const frames = page.getByRole('main').locator('iframe')
  await expect.poll(() => frames.count(), soon).toBe(2)
  const client = dashboard(frames.nth(0).contentFrame())
  const expert = dashboard(frames.nth(1).contentFrame())
  await client.status.getByText('На связи').waitFor()
  await expert.status.getByText('На связи').waitFor()

  const { title } = await sharedChat(app.url, 'ru')
  await client.openChat(title)
  await expert.openChat(title)
  await client.write('Посмотрите, пожалуйста, вторую главу')
  await expert.message('Посмотрите, пожалуйста, вторую главу').waitFor()
  await expert.write('Посмотрю до вечера')
  await client.message('Посмотрю до вечера').waitFor()

  const cut = page.getByRole('main').getByRole('button', { name: 'Оборвать связь' })
  await cut.last().click()
  await expert.status.getByText('Нет сети').waitFor()
  await client.write('Написано, пока вы были не на связи')
  await client.message('Написано, пока вы были не на связи').waitFor()
  await page.getByRole('main').getByRole('button', { name: 'Восстановить связь' }).click()
  await expert.message('Написано, пока вы были не на связи').waitFor()
  expect(await expert.message('Написано, пока вы были не на связи').count()).toBe(1)
  expect(foreign).toEqual([])
})

scene('has English people for an English browser, and changes language at a press', async (open) => {
  const { page } = await open(app.url, { locale: 'en-US' })
  const frames = page.getByRole('main').locator('iframe')
  await dashboard(frames.nth(0).contentFrame(), 'en').messagesButton.waitFor()
  await dashboard(frames.nth(1).contentFrame(), 'en').messagesButton.waitFor()
  await page.getByRole('button', { name: 'Русский' }).click()
  await dashboard(frames.nth(0).contentFrame()).messagesButton.waitFor()
})

scene('opens GraphiQL from a pane, with ready tabs, a token and a live stream', async (open) => {
  const { page: demo, context } = await open(app.url)
  const opening = context.waitForEvent('page')
  await demo.getByRole('link', { name: 'Открыть этот поток в GraphiQL' }).first().click()
  const page = await opening
  const foreign = watchForeignRequests(page)
  await page.reload()
  const explorer = graphiql(page)
  await explorer.openTab('Dashboard')
  await explorer.run()
  const viewer = await demoPerson(app.url, 'ru', 'CLIENT')
  await expect.poll(() => explorer.result(), soon).toContain(`"name": "${viewer.name}"`)

  await explorer.openTab('Live')
  await explorer.run()
  await expect.poll(() => explorer.result(), soon).toContain('"StreamReady"')
  const { id, other } = await sharedChat(app.url, 'ru')
  await send(app.url, other.token, id, 'Это видно и в GraphiQL')
  await expect.poll(() => explorer.result(), soon).toContain('Это видно и в GraphiQL')
  expect(foreign).toEqual([])
})
