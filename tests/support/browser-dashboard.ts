import type { FrameLocator, Locator, Page } from 'playwright-core'

const names = {
  ru: {
    messages: 'Сообщения',
    notifications: 'Уведомления',
    field: 'Сообщение',
    send: 'Отправить',
    markAll: 'Отметить все прочитанными',
    settings: 'Настройки',
  },
  en: {
    messages: 'Messages',
    notifications: 'Notifications',
    field: 'Message',
    send: 'Send',
    markAll: 'Mark all as read',
    settings: 'Settings',
  },
} as const

/** The dashboard's parts, by the roles and names that people know them by. */
export interface Dashboard {
  /** A button of the header, whatever its count. */
  messagesButton: Locator
  notificationsButton: Locator
  /** The same by its whole name: with the count in words, or without one. */
  button(name: string): Locator
  messages: Locator
  log: Locator
  field: Locator
  send: Locator
  alert: Locator
  notifications: Locator
  markAll: Locator
  settings: Locator
  status: Locator
  /** A chat in the list, by what stands in its row. */
  chat(text: string): Locator
  search: Locator
  /** Opens the messages and the chat that has this in its title. */
  openChat(title: string): Promise<void>
  /** Types a text and sends it. */
  write(text: string): Promise<void>
  /** A message of the open chat, by its whole text. */
  message(text: string): Locator
  /** Back to the page under the dialog. */
  close(): Promise<void>
}

export function dashboard(page: Page | FrameLocator | Locator, language: keyof typeof names = 'ru'): Dashboard {
  const name = names[language]
  const messages = page.getByRole('dialog', { name: name.messages, exact: true })
  const notifications = page.getByRole('dialog', { name: name.notifications, exact: true })
  const messagesButton = page.getByRole('button', { name: new RegExp(`^${name.messages}`) })
  const log = messages.getByRole('log')
  const field = messages.getByRole('textbox', { name: name.field, exact: true })
  const send = messages.getByRole('button', { name: name.send, exact: true })
  // Chromium draws what is in front, and a press waits for the next picture: a second each in the back.
  const toFront = async () => {
    if ('bringToFront' in page) await page.bringToFront()
  }
  return {
    messagesButton,
    notificationsButton: page.getByRole('button', { name: new RegExp(`^${name.notifications}`) }),
    button: (whole) => page.getByRole('button', { name: whole, exact: true }),
    messages,
    log,
    field,
    send,
    alert: messages.getByRole('alert'),
    notifications,
    markAll: notifications.getByRole('button', { name: name.markAll, exact: true }),
    settings: notifications.getByRole('button', { name: name.settings, exact: true }),
    status: page.getByRole('status'),
    chat: (text) => messages.getByRole('list').getByRole('button', { name: text }),
    search: messages.getByRole('searchbox'),
    async openChat(title) {
      await toFront()
      await messagesButton.click()
      await messages.getByRole('list').getByRole('button', { name: title }).click()
      await log.waitFor()
    },
    async write(text) {
      await toFront()
      await field.fill(text)
      await send.click()
    },
    message: (text) => log.getByText(text, { exact: true }),
    async close() {
      await toFront()
      await messages.or(notifications).press('Escape')
      await messages.or(notifications).waitFor({ state: 'detached' })
    },
  }
}
