import { afterAll, beforeAll, expect } from 'vitest'
import { createTestDatabase, startTestApp, type TestApp, type TestDatabase } from '../support/app.ts'
import { browserTests, soon } from '../support/browser.ts'
import { dashboard } from '../support/browser-dashboard.ts'
import { newOrder } from '../support/order.ts'

let database: TestDatabase
let app: TestApp
let order: Awaited<ReturnType<typeof newOrder>>

beforeAll(async () => {
  database = await createTestDatabase('sqlite')
  const before = await startTestApp('sqlite', { database })
  order = await newOrder(before.url)
  await before.close()
  app = await startTestApp('sqlite', { database, env: { TRUSTED_DOCUMENTS: 'only' } })
})
afterAll(async () => {
  await app?.close()
  await database?.drop()
})

const scene = browserTests()

scene('works in full where only registered documents run, and sends no text of any', async (open) => {
  const posted: Record<string, any>[] = []
  const [client, expert] = await Promise.all(
    [order.client, order.expert].map(async ({ token }) => {
      const device = await open(app.url, { token })
      device.page.on('request', (request) => {
        if (request.method() === 'POST') posted.push(request.postDataJSON())
      })
      device.page.on('websocket', (socket) => {
        socket.on('framesent', ({ payload }) => {
          const message = JSON.parse(String(payload))
          if (message.type === 'subscribe') posted.push(message.payload)
        })
      })
      await device.page.reload()
      return dashboard(device.page)
    }),
  )
  if (!client || !expert) throw new Error('two devices were asked for')
  await client.openChat(order.title)
  await client.status.getByText('На связи').waitFor()
  await expert.status.getByText('На связи').waitFor()
  await client.write('Посмотрите задачу?')
  await expert.button('Сообщения, 1 непрочитанное').waitFor()
  await expert.openChat(order.title)
  await expert.message('Посмотрите задачу?').waitFor()
  await expert.write('Конечно')
  await client.message('Конечно').waitFor()
  await client.write('Мой номер +7 916 123-45-67')
  await client.alert.waitFor()
  await client.close()
  await client.notificationsButton.click()
  await client.markAll.waitFor()
  await client.settings.click()
  await client.notifications.getByRole('switch').first().waitFor()

  await expect
    .poll(() => posted.map(({ operationName }) => operationName), soon)
    .toEqual(expect.arrayContaining(['Dashboard', 'Chats', 'SendMessage', 'MarkChatRead', 'Notifications']))
  expect(posted.filter(({ extensions }) => !extensions?.persistedQuery)).toEqual([])
  expect(posted.filter(({ query }) => query)).toEqual([])
  expect(posted.filter(({ operationName }) => operationName === undefined).length).toBeGreaterThanOrEqual(2)
})
