import { decodeJwt } from 'jose'
import { afterAll, beforeAll, expect } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { browserTests, soon } from '../support/browser.ts'
import { demoPerson, sharedChat } from '../support/demo.ts'
import { graphiql } from '../support/graphiql.ts'
import { send } from '../support/market.ts'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp('sqlite', { env: { JWT_SECRET: undefined } })
})
afterAll(() => app?.close())

/** What the first lines of each tab's result say once it has been run as it is. */
const expected: Record<string, readonly string[]> = {
  Dashboard: ['"role": "CLIENT"', '"unreadMessages"'],
  Live: ['"StreamReady"', '"resumed": false'],
  Send: ['"duplicate": false'],
  SendRefused: ['"ContactDataRefused"', '"kind": "PHONE"'],
  CheckText: ['"allowed": false', '"kind": "HANDLE"'],
  // The message of Send is what was missed.
  Resume: ['"MessageAdded"', '"resumed": true'],
  Messages: ['"edges"', '"text"'],
  Notifications: ['"edges"', '"title"'],
  StaffOverview: ['"days"', '"messages"'],
  HostSetUp: ['"externalRef": "order-graphiql-ru"', '"notify": 2'],
}

const scene = browserTests()

scene('runs every tab as it is, for the person that the tab shows; another person keeps the tabs', async (open) => {
  const { page } = await open(`${app.url}/graphql`)
  const explorer = graphiql(page)
  const names = Object.keys(expected)
  expect(await explorer.tabs()).toEqual(names)
  for (const [name, parts] of Object.entries(expected)) {
    await explorer.openTab(name)
    await explorer.run()
    for (const part of parts) await expect.poll(() => explorer.result(), { ...soon, message: name }).toContain(part)
  }
  expect(await explorer.person.inputValue()).toBe('demo-host')

  const client = await demoPerson(app.url, 'ru', 'CLIENT')
  await explorer.person.selectOption(client.externalId)
  await explorer.run()
  await expect.poll(() => explorer.result(), soon).toContain('"code": "FORBIDDEN"')
  // GraphiQL keeps its tabs a moment after they change.
  const kept = async () =>
    decodeJwt((await page.evaluate(keptHeaders)).split('Bearer ')[1]?.replace(/[^\w.-]/g, '') ?? '').sub
  await expect.poll(kept, soon).toBe(client.externalId)
  // As the next page begins, since the last one keeps its tabs once more when it ends.
  await page.addInitScript(spoilLive)
  await page.reload()
  expect(await explorer.tabs()).toEqual(names)
  await expect.poll(() => explorer.person.inputValue(), soon).toBe(client.externalId)
  await explorer.openTab('Live')
  await explorer.run()
  await expect.poll(() => explorer.result(), soon).toContain('closed with 4403')
})

/** In the page: the headers of the tab that was in front last. */
function keptHeaders(): string {
  const { tabs, activeTabIndex } = JSON.parse(localStorage.getItem('graphiql:tabState') ?? '{"tabs":[]}')
  return tabs[activeTabIndex]?.headers ?? ''
}

/** In the page: a token that is no good for the tab Live. */
function spoilLive(): void {
  const state = JSON.parse(localStorage.getItem('graphiql:tabState') ?? '{"tabs":[]}')
  for (const tab of state.tabs) if (tab.title === 'Live') tab.headers = '{"Authorization": "Bearer x"}'
  localStorage.setItem('graphiql:tabState', JSON.stringify(state))
}

scene('guides to the examples, the errors and the schema', async (open) => {
  const { page } = await open(`${app.url}/graphql`)
  const explorer = graphiql(page)
  const guide = page.getByRole('region', { name: 'Знакомство с API' })
  await guide.getByRole('button', { name: 'Продолжить с курсора' }).click()
  await explorer.run()
  await expect.poll(() => explorer.result(), soon).toContain('"resumed": true')
  await guide.getByText('Коды ошибок').click()
  await guide.getByRole('cell', { name: 'RATE_LIMITED' }).waitFor()
  await guide.getByText('Ограничения и цена').click()
  await guide.getByRole('cell', { name: 'cost of an operation' }).waitFor()

  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click()
  await page.getByRole('link', { name: 'Subscription', exact: true }).click()
  await page.getByRole('link', { name: 'messageAdded', exact: true }).click()
  await page.getByText('Errors: FORBIDDEN').first().waitFor()
})

scene('is of use on a phone: the guide covers the tabs, and gives way to an example', async (open) => {
  const { page } = await open(`${app.url}/graphql`, { viewport: { width: 390, height: 800 } })
  const explorer = graphiql(page)
  await page.getByRole('button', { name: 'Show Знакомство с API' }).click()
  const run = page.getByRole('button', { name: 'Execute query' })
  await run.waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: 'Живой поток событий' }).click()
  await run.click()
  await expect.poll(() => explorer.result(), soon).toContain('"StreamReady"')
  const { id, other } = await sharedChat(app.url, 'ru')
  await send(app.url, other.token, id, 'Видно и на телефоне')
  await expect.poll(() => explorer.result(), soon).toContain('Видно и на телефоне')
})
