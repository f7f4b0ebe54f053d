// @vitest-environment happy-dom
import { configure, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { DashboardWithChatAndNotifications } from '../../client/dashboard/dashboard-with-chat-and-notifications.tsx'
import { EventServer } from './support/event-server.ts'
import { FakeApi } from './support/fake-api.ts'
import { openSession, renderIn } from './support/render.tsx'

let api: FakeApi
let server: EventServer
const user = userEvent.setup()

// Generous: the machine may be busy, and the messenger's code loads on the first opening.
vi.setConfig({ testTimeout: 60_000 })
configure({ asyncUtilTimeout: 10_000 })

beforeEach(async () => {
  api = new FakeApi()
  server = await new EventServer(api).open()
})
afterEach(() => server.close())

async function openMessages() {
  const session = openSession(api, server)
  renderIn('ru', <DashboardWithChatAndNotifications />, session)
  await screen.findAllByRole('heading', { level: 2 })
  await user.click(screen.getByRole('button', { name: /^Сообщения/ }))
  return within(await screen.findByRole('dialog', { name: 'Сообщения' }))
}

const titles = (dialog: ReturnType<typeof within>) =>
  within(dialog.getByRole('list', { name: 'Чаты' }))
    .getAllByRole('button')
    .map((row) => /Заказ[ _]\S+/.exec(row.textContent)?.[0])

it('finds at once among the chats that are here, and then among all', async () => {
  for (let n = 1; n <= 30; n += 1) api.addChat(`c${n}`, { title: `Заказ №${n} по праву`, isSilent: true })
  const dialog = await openMessages()
  const search = dialog.getByRole('searchbox', { name: 'Поиск по людям и заказам' })
  await user.type(search, '№30')
  expect(titles(dialog)).toEqual(['Заказ №30'])
  // On the second page of the list, which nobody has loaded.
  await user.clear(search)
  await user.type(search, '№5')
  await waitFor(() => expect(titles(dialog)).toEqual(['Заказ №5']))
  await user.clear(search)
  await user.type(search, 'химия')
  await dialog.findByText('Ничего не нашлось')
  await user.keyboard('{Escape}')
  expect(titles(dialog)).toHaveLength(21)
})

it('finds by the other people’s names where the server can’t be asked', async () => {
  api.addChat('a', { title: 'Право', isSilent: true })
  api.addUser('fedor', 'Фёдор Ёлкин')
  api.addChat('b', { title: 'Заказ_b по физике', isSilent: true })
  api.chats.get('b')?.readSeqs.set('fedor', 0)
  const dialog = await openMessages()
  api.root.chats = () => {
    throw new Error('away')
  }
  await user.type(dialog.getByRole('searchbox'), 'елкин')
  await waitFor(() => expect(titles(dialog)).toEqual(['Заказ_b']))
})

it('is walked by arrow keys, from the search and back to it', async () => {
  for (const id of ['a', 'b']) api.addChat(id, { isSilent: true })
  const dialog = await openMessages()
  const search = dialog.getByRole('searchbox')
  await user.click(search)
  await user.keyboard('{ArrowDown}')
  expect(document.activeElement?.textContent).toContain('Заказ b')
  await user.keyboard('{ArrowDown}{ArrowDown}')
  expect(document.activeElement?.textContent).toContain('Заказ a')
  await user.keyboard('{Home}{ArrowUp}')
  expect(document.activeElement).toBe(search)
})

it('shows who is typing, and what was left unsent', async () => {
  api.addChat('a', { isSilent: true })
  api.addMessage('a', 'expert', 'Здравствуйте')
  api.addChat('b', { isSilent: true })
  const dialog = await openMessages()
  const row = () => dialog.getByRole('button', { name: /Заказ a/ })
  api.startTyping('a', 'expert')
  await waitFor(() => expect(row().textContent).toContain('печатает…'))
  await user.click(row())
  await user.type(await dialog.findByRole('textbox', { name: 'Сообщение' }), 'Не дописано')
  await user.click(dialog.getByRole('button', { name: /Заказ b/ }))
  api.addMessage('a', 'expert', 'Вот')
  await waitFor(() => expect(row().textContent).toContain('Черновик: Не дописано'))
})

it('opens the chat that was left last, unless that would read something', async () => {
  api.addChat('a', { isSilent: true })
  api.addChat('b', { isSilent: true })
  const dialog = await openMessages()
  // The latest: there is nothing in it to read.
  await dialog.findByRole('heading', { name: 'Заказ b' })
  await user.click(dialog.getByRole('button', { name: /Заказ a/ }))
  await dialog.findByRole('heading', { name: 'Заказ a' })
  await user.keyboard('{Escape}')
  await user.click(screen.getByRole('button', { name: 'Сообщения' }))
  await screen.findByRole('heading', { name: 'Заказ a', level: 3 })
  await user.keyboard('{Escape}')
  api.addMessage('a', 'expert', 'Вы здесь?')
  await user.click(await screen.findByRole('button', { name: 'Сообщения, 1 непрочитанное' }))
  await screen.findByText('Выберите чат слева')
  expect(api.chats.get('a')?.readSeqs.get('me')).toBe(0)
})

it('mutes a chat from its row, without opening it', async () => {
  api.addChat('a', { isSilent: true })
  api.addChat('b', { isSilent: true })
  const dialog = await openMessages()
  await dialog.findByRole('heading', { name: 'Заказ b' })
  const row = dialog.getByRole('button', { name: /Заказ a/ }).closest('li') as HTMLElement
  const muted = within(row).getByRole('switch', { name: 'Без звука', description: 'Заказ a' })
  muted.focus()
  await user.keyboard(' ')
  await waitFor(() => expect(muted.getAttribute('aria-checked')).toBe('true'))
  within(row).getByRole('button', { name: /Без звука/ })
  expect(document.activeElement).toBe(muted)
  dialog.getByRole('heading', { name: 'Заказ b', level: 3 })
  // The arrow keys go on from the row.
  await user.keyboard('{ArrowUp}')
  expect(document.activeElement?.textContent).toContain('Заказ b')
  await user.click(muted)
  await waitFor(() => expect(muted.getAttribute('aria-checked')).toBe('false'))
})
