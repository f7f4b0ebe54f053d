import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { createTestDatabase, startTestApp, type TestApp, type TestDatabase } from '../support/app.ts'
import { browserTests, soon } from '../support/browser.ts'
import { dashboard } from '../support/browser-dashboard.ts'
import { send } from '../support/market.ts'
import { newOrder } from '../support/order.ts'
import { sql } from '../support/sql.ts'

let database: TestDatabase
let app: TestApp

beforeAll(async () => {
  database = await createTestDatabase('sqlite')
  app = await startTestApp('sqlite', { database })
})
afterAll(async () => {
  await app?.close()
  await database?.drop()
})

const scene = browserTests()

const hasFocus = (element: Locator) => element.evaluate((one) => one === document.activeElement)

scene('underlines a contact while it is typed, says why, and lets it be sent once it is gone', async (open) => {
  const { client, title } = await newOrder(app.url)
  const { page } = await open(app.url, { token: client.token })
  const side = dashboard(page)
  await side.openChat(title)
  await side.status.getByText('На связи').waitFor()
  await side.field.fill('Ответ: 89161234, звоните +7 916 123-45-67')
  await side.messages.getByText('Похоже на номер телефона').waitFor()
  const marked = side.messages.locator('[data-finding]')
  // How much beside the number the guard takes for part of it is the guard's business.
  const texts = await marked.evaluateAll((marks) => marks.map((mark) => mark.getAttribute('data-text')))
  expect(texts.join()).toContain('+7 916 123-45-67')
  // Under the very words: the line stands where the field shows them.
  const [mark, field] = await Promise.all([marked.last().boundingBox(), side.field.boundingBox()])
  expect(mark?.y ?? 0).toBeGreaterThanOrEqual(field?.y ?? 0)
  expect((mark?.y ?? 0) + (mark?.height ?? 0)).toBeLessThanOrEqual((field?.y ?? 0) + (field?.height ?? 0))
  expect(await side.alert.count()).toBe(0)

  await side.write('Ответ: 89161234')
  await side.message('Ответ: 89161234').waitFor()
  expect(await marked.count()).toBe(0)
})

scene('grows with the text up to a limit, keeps its draft through a reload, and counts what is left', async (open) => {
  const { client, title } = await newOrder(app.url)
  const { page } = await open(app.url, { token: client.token, viewport: { width: 320, height: 640 } })
  const side = dashboard(page)
  await side.openChat(title)
  const heightOf = async () => (await side.field.boundingBox())?.height ?? 0
  const one = await heightOf()
  await side.field.fill('Одна\nдве\nтри')
  expect(await heightOf()).toBeGreaterThan(one + 30)
  await side.field.fill(Array.from({ length: 60 }, (_, index) => `Строка ${index}`).join('\n'))
  expect(await heightOf()).toBeLessThan(260)
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)

  await page.reload()
  await side.openChat(title)
  expect(await side.field.inputValue()).toContain('Строка 59')
  await side.field.fill('я'.repeat(3990))
  await side.messages.getByText('Осталось 10 знаков').waitFor()
})

scene('changes, copies and deletes an own message by the keyboard alone, for both to see', async (open) => {
  const { client, expert, chatId, title } = await newOrder(app.url)
  const [clientDevice, expertDevice] = await Promise.all([
    open(app.url, { token: client.token, permissions: ['clipboard-read', 'clipboard-write'] }),
    open(app.url, { token: expert.token }),
  ])
  const clientSide = dashboard(clientDevice.page)
  const expertSide = dashboard(expertDevice.page)
  await expertSide.openChat(title)
  await clientSide.openChat(title)
  const { keyboard } = clientDevice.page
  await keyboard.type('Срок в пятницо')
  await keyboard.press('Enter')
  await clientSide.log
    .getByRole('img', { name: 'Отправлено', exact: true })
    .or(clientSide.log.getByRole('img', { name: 'Прочитано' }))
    .waitFor()

  await keyboard.press('ArrowUp')
  await expect.poll(() => clientSide.field.inputValue(), soon).toBe('Срок в пятницо')
  await keyboard.press('Backspace')
  await keyboard.type('у')
  await keyboard.press('Enter')
  await expertSide.message('Срок в пятницу').waitFor()
  await clientSide.message('Срок в пятницу').waitFor()

  // From the field back to the message's own menu.
  await keyboard.press('Shift+Tab')
  await keyboard.press('Enter')
  await clientDevice.page.getByRole('menuitem', { name: 'Скопировать' }).waitFor()
  await keyboard.press('Enter')
  await expect.poll(() => clientDevice.page.evaluate(() => navigator.clipboard.readText()), soon).toBe('Срок в пятницу')
  const actions = clientSide.log.getByRole('button', { name: 'Действия с сообщением' })
  await expect.poll(() => hasFocus(actions), soon).toBe(true)
  await keyboard.press('Enter')
  const copy = clientDevice.page.getByRole('menuitem', { name: 'Скопировать' })
  await expect.poll(() => hasFocus(copy), soon).toBe(true)
  await keyboard.press('ArrowDown')
  await keyboard.press('Enter')
  await clientSide.messages.getByText('Правка сообщения').waitFor()
  await expect.poll(() => hasFocus(clientSide.field), soon).toBe(true)
  await keyboard.press('Escape')
  await keyboard.press('Shift+Tab')
  await expect.poll(() => hasFocus(actions), soon).toBe(true)
  const chooseDelete = async () => {
    await keyboard.press('Enter')
    await clientDevice.page.getByRole('menuitem', { name: 'Удалить' }).waitFor()
    await keyboard.press('End')
    await keyboard.press('Enter')
    await question.waitFor()
  }
  const question = clientDevice.page.getByRole('alertdialog', { name: 'Удалить сообщение?' })
  await send(app.url, expert.token, chatId, 'Успею')
  await clientSide.message('Успею').waitFor()
  await chooseDelete()
  await keyboard.press('Escape')
  await question.waitFor({ state: 'detached' })
  await expect.poll(() => hasFocus(actions.first()), soon).toBe(true)
  expect(await clientSide.message('Срок в пятницу').count()).toBe(1)

  await chooseDelete()
  await keyboard.press('Tab')
  await keyboard.press('Enter')
  await expertSide.log.getByText('Сообщение удалено').waitFor()
  await clientSide.log.getByText('Сообщение удалено').waitFor()
  // One button less: that of the reply is the first now.
  await expect.poll(() => actions.count(), soon).toBe(1)
  await expect.poll(() => hasFocus(actions), soon).toBe(true)
})

scene(
  'sends in order and once what was written offline, through a reload and a restart of the server',
  async (open) => {
    const { client, expert, chatId, title } = await newOrder(app.url)
    const { page, context } = await open(app.url, { token: client.token })
    const side = dashboard(page)
    await side.openChat(title)
    await side.status.getByText('На связи').waitFor()
    const port = new URL(app.url).port
    // The server goes away in the middle, and the page is left and opened again.
    await app.close()
    const texts = ['Первое', 'Второе', 'Третье', 'Четвёртое']
    for (const text of texts.slice(0, 2)) await side.write(text)
    await side.message('Второе').waitFor()
    await context.setOffline(true)
    await side.write('Третье')
    await side.message('Третье').waitFor()
    app = await startTestApp('sqlite', { database, env: { PORT: port } })
    await context.setOffline(false)
    await page.reload()
    await side.openChat(title)
    await side.write('Четвёртое')
    for (const text of texts) await side.message(text).waitFor()
    await expect
      .poll(() => side.log.getByRole('img', { name: 'Отправлено', exact: true }).count(), soon)
      .toBe(texts.length)
    const rows = await sql(database, `SELECT "text" FROM "Message" WHERE "chatId" = '${chatId}' ORDER BY "seq"`)
    expect(rows.map(({ text }) => text)).toEqual(texts)
    await send(app.url, expert.token, chatId, 'Всё пришло')
    await side.message('Всё пришло').waitFor()
  },
)
