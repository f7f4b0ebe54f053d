// @vitest-environment happy-dom
import { configure, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { GraphQLError } from 'graphql'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DashboardWithChatAndNotifications } from '../../client/dashboard/dashboard-with-chat-and-notifications.tsx'
import type { SessionOptions } from '../../client/session/session.ts'
import { createSafeStorage, type SafeStorage } from '../../client/session/storage.ts'
import { EventServer } from './support/event-server.ts'
import { FakeApi } from './support/fake-api.ts'
import { openSession, renderIn } from './support/render.tsx'

let api: FakeApi
let server: EventServer
let storage: SafeStorage
const user = userEvent.setup()

// Generous: the machine may be busy, and the messenger's code loads on the first opening.
vi.setConfig({ testTimeout: 60_000 })
configure({ asyncUtilTimeout: 10_000 })

beforeEach(async () => {
  api = new FakeApi()
  api.addChat('a', { title: 'Курсовая по праву' })
  api.addMessage('a', 'expert', 'Здравствуйте')
  server = await new EventServer(api).open()
  storage = createSafeStorage(null)
})

afterEach(() => server.close())

const textbox = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Сообщение' })
const log = () => screen.getByRole('log')

async function openChat(outbox?: SessionOptions['outbox']) {
  const session = openSession(api, server, storage, outbox)
  renderIn('ru', <DashboardWithChatAndNotifications />, session)
  await user.click(await screen.findByRole('button', { name: 'Сообщения, 1 непрочитанное' }))
  const dialog = await screen.findByRole('dialog', { name: 'Сообщения' })
  await user.click(await within(dialog).findByRole('button', { name: /Курсовая по праву/ }))
  await within(await screen.findByRole('log')).findByText('Здравствуйте')
  await waitFor(() => expect(screen.getByRole('status').textContent).toBe('На связи'))
  return session
}

describe('the conversation', () => {
  it('sends with Enter and breaks the line with Shift+Enter', async () => {
    await openChat()
    await user.type(textbox(), 'Первая{Shift>}{Enter}{/Shift}вторая')
    expect(textbox().value).toBe('Первая\nвторая')
    await user.keyboard('{Enter}')
    expect(textbox().value).toBe('')
    await within(log()).findByRole('img', { name: 'Отправлено' })
    expect(api.messages.at(-1)?.text).toBe('Первая\nвторая')
  })

  it('does not send what has nothing in it', async () => {
    await openChat()
    await user.type(textbox(), '   {Enter}')
    await user.click(screen.getByRole('button', { name: 'Отправить' }))
    expect(api.requests).not.toContain('SendMessage')
  })

  it('announces a refusal and gives the text back', async () => {
    await openChat()
    await user.type(textbox(), 'Звоните +7 916{Enter}')
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain('Контактные данные запрещены')
    expect(alert.textContent).toContain('Номер телефона')
    expect(textbox().value).toBe('Звоните +7 916')
    expect(within(log()).queryByText('Звоните +7 916')).toBeNull()
    await user.type(textbox(), '{Backspace}')
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('marks what the guard finds while one types, says why, and forgets it with the words', async () => {
    await openChat()
    await user.type(textbox(), 'Мой номер +7 916')
    const reason = await screen.findByText(/Номер телефона/)
    expect(reason.textContent).toBe('+7 — Номер телефона')
    expect(document.querySelector('[data-finding="warned"]')?.getAttribute('data-text')).toBe('+7')
    // Nothing was sent for that, and nothing is announced as refused.
    expect(screen.queryByRole('alert')).toBeNull()
    expect(api.requests).not.toContain('SendMessage')
    await user.type(textbox(), ' 123')
    expect(document.querySelector('[data-finding]')?.getAttribute('data-text')).toBe('+7')
    await user.clear(textbox())
    expect(screen.queryByText(/Номер телефона/)).toBeNull()
    expect(document.querySelector('[data-finding]')).toBeNull()
  })

  it('says how much room is left when little is', async () => {
    await openChat()
    await user.click(textbox())
    await user.paste('я'.repeat(3799))
    expect(screen.queryByText(/Остал/)).toBeNull()
    await user.paste('😀'.repeat(199))
    expect(screen.getByText('Осталось 2 знака')).toBeTruthy()
  })

  it('changes the last own message by arrow up, and keeps the draft for later', async () => {
    await openChat()
    await user.type(textbox(), 'Опечатко{Enter}')
    await within(log()).findByRole('img', { name: 'Отправлено' })
    await user.keyboard('{ArrowUp}')
    expect(textbox().value).toBe('Опечатко')
    await user.clear(textbox())
    await user.type(textbox(), 'Опечатка{Enter}')
    await within(log()).findByText('Опечатка')
    expect(within(log()).getByText(/изменено/)).toBeTruthy()
    expect(api.messages.map(({ text }) => text)).toEqual(['Здравствуйте', 'Опечатка'])
    await user.keyboard('{ArrowUp}{Escape}')
    expect(textbox().value).toBe('')
    expect(screen.getByRole('dialog', { name: 'Сообщения' })).toBeTruthy()
  })

  it('shows what is on its way at once, and sends it in order, once, when the API is back', async () => {
    await openChat({ patienceMs: 0, minRetryMs: 10_000 })
    const { sendMessage } = api.root
    let attempts = 0
    api.root.sendMessage = () => {
      attempts += 1
      throw new GraphQLError('The database is away', { extensions: { code: 'UNAVAILABLE' } })
    }
    await user.type(textbox(), 'Раз{Enter}Два{Enter}')
    await within(log()).findByText('Не отправлено')
    expect(within(log()).getByText('Два')).toBeTruthy()
    api.root.sendMessage = sendMessage
    await user.click(await within(log()).findByRole('button', { name: 'Повторить' }))
    await waitFor(() => expect(within(log()).getAllByRole('img', { name: 'Отправлено' })).toHaveLength(2))
    expect(api.messages.map(({ text }) => text)).toEqual(['Здравствуйте', 'Раз', 'Два'])
    expect(attempts).toBe(1)
  })

  it('is calm about what does not get through at first, and sends it by itself', async () => {
    await openChat({ minRetryMs: 10 })
    const { sendMessage } = api.root
    let attempts = 0
    api.root.sendMessage = () => {
      attempts += 1
      throw new GraphQLError('The database is away', { extensions: { code: 'UNAVAILABLE' } })
    }
    await user.type(textbox(), 'Раз{Enter}')
    await waitFor(() => expect(attempts).toBeGreaterThan(2))
    expect(await within(log()).findByRole('img', { name: 'Отправляется' })).toBeTruthy()
    expect(within(log()).queryByText('Не отправлено')).toBeNull()
    api.root.sendMessage = sendMessage
    await within(log()).findByRole('img', { name: 'Отправлено' })
  })

  it('lets what is written without a network wait for it', async () => {
    const { network } = await openChat({ patienceMs: 0 })
    const { sendMessage } = api.root
    api.root.sendMessage = () => {
      throw new GraphQLError('The database is away', { extensions: { code: 'UNAVAILABLE' } })
    }
    network.cut()
    await user.type(textbox(), 'Раз{Enter}')
    await within(log()).findByText('Ждёт сети')
    expect(within(log()).queryByText('Не отправлено')).toBeNull()
    api.root.sendMessage = sendMessage
    network.mend()
    await within(log()).findByRole('img', { name: 'Отправлено' })
    expect(api.messages.map(({ text }) => text)).toEqual(['Здравствуйте', 'Раз'])
  })

  it('reads what it shows, and clears the counters', async () => {
    await openChat()
    await waitFor(() => expect(api.chats.get('a')?.readSeqs.get('me')).toBe(1))
    await user.keyboard('{Escape}')
    await screen.findByRole('button', { name: 'Сообщения' })
    api.addMessage('a', 'expert', 'Вы здесь?')
    await screen.findByRole('button', { name: 'Сообщения, 1 непрочитанное' })
  })

  it('draws the line at what came while the page was out of sight, and reads it once it is back', async () => {
    await openChat()
    await user.type(textbox(), 'Сейчас вернусь{Enter}')
    await within(log()).findByRole('img', { name: 'Отправлено' })
    const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
    api.addMessage('a', 'expert', 'Пока вас нет')
    const row = (await within(log()).findByText('Пока вас нет')).closest('[data-item-index]')
    await waitFor(() => expect(row?.textContent).toContain('Новые сообщения'))
    expect(api.chats.get('a')?.readSeqs.get('me')).toBe(2)
    visibility.mockRestore()
    document.dispatchEvent(new Event('visibilitychange'))
    await waitFor(() => expect(api.chats.get('a')?.readSeqs.get('me')).toBe(3))
  })

  it('keeps the draft of a chat', async () => {
    await openChat()
    await user.type(textbox(), 'Не дописано')
    const other = openSession(api, server, storage)
    expect(other.drafts.read('a')).toBe('Не дописано')
  })

  it('shows text as text', async () => {
    await openChat()
    api.addMessage('a', 'expert', '<img src=x onerror="alert(1)"> http://example.com')
    const shown = await within(log()).findByText('<img src=x onerror="alert(1)"> http://example.com')
    expect(shown.querySelector('img, a')).toBeNull()
  })
})
