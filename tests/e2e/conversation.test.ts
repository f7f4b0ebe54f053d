import { afterAll, beforeAll, expect } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { browserTests, soon } from '../support/browser.ts'
import { dashboard } from '../support/browser-dashboard.ts'
import { createChat, person, send } from '../support/market.ts'
import { newOrder } from '../support/order.ts'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp('postgresql')
})
afterAll(() => app?.close())

const scene = browserTests()

scene('brings a message to the other side, and the reply back, without a reload', async (open) => {
  const { client, expert, title } = await newOrder(app.url)
  const [clientDevice, expertDevice] = await Promise.all([
    open(app.url, { token: client.token }),
    open(app.url, { token: expert.token }),
  ])
  const clientSide = dashboard(clientDevice.page)
  const expertSide = dashboard(expertDevice.page)
  await expertSide.button('Сообщения').waitFor()
  await expertSide.status.getByText('На связи').waitFor()

  await clientSide.openChat(title)
  await clientSide.write('Здравствуйте! Возьмётесь до пятницы?')
  await clientSide.message('Здравствуйте! Возьмётесь до пятницы?').waitFor()
  await expect.poll(() => clientSide.field.inputValue(), soon).toBe('')

  await expertSide.button('Сообщения, 1 непрочитанное').waitFor()
  await expertSide.button('Уведомления, 1 непрочитанное').waitFor()
  await expertSide.openChat(title)
  await expertSide.message('Здравствуйте! Возьмётесь до пятницы?').waitFor()
  await clientSide.log.getByRole('img', { name: 'Прочитано', exact: true }).waitFor()

  await expertSide.write('Добрый день. Да, возьмусь.')
  await clientSide.message('Добрый день. Да, возьмусь.').waitFor()

  await expertSide.close()
  await expertSide.button('Сообщения').waitFor()
  await expertSide.button('Уведомления').waitFor()
})

scene('refuses contact details, says why, keeps the text, and lets an answer full of digits through', async (open) => {
  const { client, title } = await newOrder(app.url)
  const { page } = await open(app.url, { token: client.token })
  const side = dashboard(page)
  await side.openChat(title)

  await side.write('Мой номер +79161234567, звоните')
  await side.alert.getByText('Контактные данные запрещены').first().waitFor()
  expect(await side.field.inputValue()).toBe('Мой номер +79161234567, звоните')
  expect(await side.log.getByText('звоните').count()).toBe(0)

  await side.write('Ответ: 89161234')
  await side.message('Ответ: 89161234').waitFor()
  expect(await side.alert.count()).toBe(0)
  await side.log.getByRole('img', { name: 'Отправлено', exact: true }).waitFor()
})

scene('keeps the end of the conversation in view while an alert and the text field take its room', async (open) => {
  const { client, expert, chatId, title } = await newOrder(app.url)
  for (let count = 1; count <= 20; count++) await send(app.url, client.token, chatId, `Пункт плана № ${count}`)
  const { page } = await open(app.url, { token: expert.token, viewport: { width: 390, height: 640 } })
  const side = dashboard(page)
  await side.openChat(title)
  await side.log.press('End')
  const pxBelow = () => side.log.evaluate((log) => log.scrollHeight - log.scrollTop - log.clientHeight)
  await expect.poll(pxBelow, soon).toBeLessThan(2)
  const height = (await side.log.boundingBox())?.height ?? 0

  await side.write('Мой номер +79161234567, звоните')
  await side.alert.waitFor()
  await expect.poll(pxBelow, soon).toBeLessThan(2)
  await side.field.fill('Одна\nдве\nтри\nчетыре\nпять')
  await side.field.press('End')
  await side.field.pressSequentially(' строк')
  expect((await side.log.boundingBox())?.height).toBeLessThan(height - 60)
  await expect.poll(pxBelow, soon).toBeLessThan(2)
})

scene('shows a notification as it comes, opens what it is about, and reads all at once', async (open) => {
  const { client, expert, chatId, title } = await newOrder(app.url)
  const { page } = await open(app.url, { token: expert.token })
  const side = dashboard(page)
  await side.button('Уведомления').click()
  await send(app.url, client.token, chatId, 'Прикрепила методичку')
  await side.notifications.getByRole('listitem').getByText('Прикрепила методичку').waitFor()
  // Read by the keyboard: the button goes, and who pressed it is still at the notification.
  await side.notifications.getByRole('button', { name: 'Отметить прочитанным' }).press('Enter')
  const opener = side.notifications.getByRole('button', { name: 'Прикрепила методичку' })
  await expect.poll(() => opener.evaluate((one) => one === document.activeElement), soon).toBe(true)
  await side.notifications.getByRole('button', { name: 'Отметить прочитанным' }).waitFor({ state: 'detached' })
  expect(await opener.evaluate((one) => one === document.activeElement)).toBe(true)

  await send(app.url, client.token, chatId, 'И список литературы')
  await side.notifications.getByRole('listitem').getByText('И список литературы').waitFor()
  await side.markAll.click()
  await side.close()
  await side.button('Уведомления').waitFor()

  await send(app.url, client.token, chatId, 'И план работы')
  await side.button('Уведомления, 1 непрочитанное').click()
  await side.notifications.getByRole('button', { name: 'И план работы' }).click()
  await side.messages.getByRole('heading', { name: title }).waitFor()
  await side.message('И план работы').waitFor()
  await side.close()
  await side.button('Уведомления').waitFor()
})

scene('keeps a setting, and sends no notification of a kind that is switched off', async (open) => {
  const { client, expert, chatId } = await newOrder(app.url)
  const { page } = await open(app.url, { token: expert.token })
  const side = dashboard(page)
  const newMessages = side.notifications.getByRole('switch', { name: 'Новые сообщения' })
  await side.button('Уведомления').click()
  await side.settings.click()
  expect(await newMessages.isChecked()).toBe(true)
  // The switch itself is out of sight; people press its label.
  await side.notifications
    .locator('label')
    .filter({ has: page.getByRole('switch', { name: 'Новые сообщения' }) })
    .click()
  await expect.poll(() => newMessages.isChecked(), soon).toBe(false)

  await page.reload()
  await side.button('Уведомления').click()
  await side.settings.click()
  await expect.poll(() => newMessages.isChecked(), soon).toBe(false)
  await side.close()
  await send(app.url, client.token, chatId, 'Тихое сообщение')
  await side.button('Сообщения, 1 непрочитанное').waitFor()
  expect(await side.button('Уведомления').count()).toBe(1)
})

scene('shows that the other one is typing, until the message is there', async (open) => {
  const { client, expert, title } = await newOrder(app.url)
  const [clientDevice, expertDevice] = await Promise.all([
    open(app.url, { token: client.token }),
    open(app.url, { token: expert.token }),
  ])
  const clientSide = dashboard(clientDevice.page)
  const expertSide = dashboard(expertDevice.page)
  await clientSide.openChat(title)
  await expertSide.openChat(title)
  const typing = clientSide.messages.getByText('Борис Экспертов печатает')
  await expertSide.field.pressSequentially('Сейчас')
  await typing.waitFor()
  await expertSide.write('Сейчас')
  await clientSide.message('Сейчас').waitFor()
  await typing.waitFor({ state: 'detached' })
})

scene('tells the same person’s other tab what was read and what was sent', async (open) => {
  const { client, expert, chatId, title } = await newOrder(app.url)
  for (const text of ['Раз', 'Два', 'Три']) await send(app.url, client.token, chatId, text)
  const device = await open(app.url, { token: expert.token })
  const first = dashboard(device.page)
  const second = dashboard(await device.openTab())
  await first.button('Сообщения, 3 непрочитанных').waitFor()
  await second.button('Сообщения, 3 непрочитанных').waitFor()

  await first.openChat(title)
  await second.button('Сообщения').waitFor()
  await second.openChat(title)
  await first.write('Отвечаю на всё сразу')
  await second.message('Отвечаю на всё сразу').waitFor()
  expect(await first.message('Отвечаю на всё сразу').count()).toBe(1)
})

scene('shows markup in names, titles and messages as the text it is', async (open) => {
  const markup = '<img src=x onerror="window.broken=1"><script>window.broken=1</script>&amp;'
  const client = await person('markup-client', { name: '<b onclick=alert(1)>Анна</b>' })
  const expert = await person('markup-expert')
  const chatId = await createChat(app.url, [client, expert], `Заказ ${markup}`)
  await send(app.url, client.token, chatId, markup)
  const { page } = await open(app.url, { token: expert.token })
  const side = dashboard(page)
  await side.button('Уведомления, 1 непрочитанное').click()
  await side.notifications.getByText(markup).first().waitFor()
  await side.close()
  await side.openChat(`Заказ ${markup}`)
  await side.message(markup).waitFor()
  await side.messages.getByText('<b onclick=alert(1)>Анна</b>').first().waitFor()
  expect(await page.evaluate(() => 'broken' in window)).toBe(false)
})
