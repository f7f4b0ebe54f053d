import { afterEach, beforeEach, expect } from 'vitest'
import { createTestDatabase, startTestApp, type TestApp, type TestDatabase } from '../support/app.ts'
import { browserTests } from '../support/browser.ts'
import { dashboard } from '../support/browser-dashboard.ts'
import { send } from '../support/market.ts'
import { newOrder } from '../support/order.ts'

let database: TestDatabase
let app: TestApp

beforeEach(async () => {
  database = await createTestDatabase('sqlite')
  app = await startTestApp('sqlite', { database })
})
afterEach(async () => {
  await app?.close()
  await database?.drop()
})

/** Starts anew where the page looks for it: the same port, the same data. */
async function startAgain(): Promise<void> {
  app = await startTestApp('sqlite', { database, env: { PORT: new URL(app.url).port } })
}

const scene = browserTests()

scene('shows that the server is gone, comes back by itself, and has missed and doubled nothing', async (open) => {
  const { client, expert, chatId, title } = await newOrder(app.url, 'Лабораторная')
  const { page } = await open(app.url, { token: expert.token })
  const side = dashboard(page)
  await side.openChat(title)
  await side.status.getByText('На связи').waitFor()
  await send(app.url, client.token, chatId, 'До перерыва')
  await side.message('До перерыва').waitFor()

  await app.close()
  await side.status.getByText('Переподключение').waitFor()
  await side.write('Написано, пока сервера нет')
  await side.message('Написано, пока сервера нет').waitFor()
  expect(await side.log.getByRole('img', { name: 'Отправлено', exact: true }).count()).toBe(0)

  await startAgain()
  await send(app.url, client.token, chatId, 'После перерыва')
  await side.message('После перерыва').waitFor()
  await side.status.getByText('На связи').waitFor()
  await side.log.getByRole('img', { name: 'Отправлено', exact: true }).waitFor()
  for (const text of ['До перерыва', 'Написано, пока сервера нет', 'После перерыва']) {
    expect(await side.message(text).count(), text).toBe(1)
  }
})

scene('says that there is no network, and catches up both ways once there is', async (open) => {
  const { client, expert, chatId, title } = await newOrder(app.url, 'Лабораторная')
  const { page, context } = await open(app.url, { token: expert.token })
  const side = dashboard(page)
  await side.openChat(title)
  await side.status.getByText('На связи').waitFor()

  await context.setOffline(true)
  await side.status.getByText('Нет сети').waitFor()
  await send(app.url, client.token, chatId, 'Пока вас не было')
  await side.write('Пока нет сети')
  await side.message('Пока нет сети').waitFor()
  expect(await side.log.getByRole('img', { name: 'Отправлено', exact: true }).count()).toBe(0)
  expect(await side.message('Пока вас не было').count()).toBe(0)

  await context.setOffline(false)
  await side.message('Пока вас не было').waitFor()
  await side.log.getByRole('img', { name: 'Отправлено', exact: true }).waitFor()
  await side.status.getByText('На связи').waitFor()
  expect(await side.message('Пока вас не было').count()).toBe(1)
  expect(await side.message('Пока нет сети').count()).toBe(1)
})
