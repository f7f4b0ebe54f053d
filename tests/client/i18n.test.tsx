// @vitest-environment happy-dom
import { screen } from '@testing-library/react'
import { createIntl } from 'react-intl'
import { describe, expect, it, vi } from 'vitest'
import { DashboardHeader } from '../../client/dashboard/dashboard-header.tsx'
import { en } from '../../client/i18n/en.ts'
import { chooseFormats, chooseLocale } from '../../client/i18n/locale.ts'
import { ru } from '../../client/i18n/ru.ts'
import { createSafeStorage } from '../../client/session/storage.ts'
import { FakeApi } from './support/fake-api.ts'
import { openSession, renderIn } from './support/render.tsx'

const placeholders = (message: string) => new Set([...message.matchAll(/\{(\w+)/g)].map(([, name]) => name))

describe('messages', () => {
  it('exist in both languages, with the same placeholders', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(ru).sort())
    for (const [key, message] of Object.entries(ru)) {
      // Words inside plural branches look like placeholders too; those with a real name are in both.
      const named = ['count', 'name', 'names', 'title', 'text', 'when'].filter((one) => placeholders(message).has(one))
      const inEnglish = placeholders(en[key as keyof typeof ru])
      for (const name of named) expect(inEnglish, key).toContain(name)
    }
  })

  it.each([
    [0, 'Сообщения'],
    [1, 'Сообщения, 1 непрочитанное'],
    [3, 'Сообщения, 3 непрочитанных'],
    [5, 'Сообщения, 5 непрочитанных'],
    [11, 'Сообщения, 11 непрочитанных'],
    [21, 'Сообщения, 21 непрочитанное'],
  ])('count %i unread in Russian', (count, expected) => {
    const intl = createIntl({ locale: 'ru', messages: ru })
    expect(intl.formatMessage({ id: 'header.messages' }, { count })).toBe(expected)
  })

  it('parse in every form', () => {
    const onError = vi.fn()
    for (const [locale, messages] of [
      ['ru', ru],
      ['en', en],
    ] as const) {
      const intl = createIntl({ locale, messages, onError })
      for (const id of Object.keys(ru) as (keyof typeof ru)[]) {
        for (const count of [0, 1, 2, 5]) {
          intl.formatMessage({ id }, { count, name: 'n', names: 'n', title: 't', text: 't', when: 'w' })
        }
      }
    }
    expect(onError).not.toHaveBeenCalled()
  })
})

describe('the language', () => {
  const storage = createSafeStorage(null)
  it('is the setting, else the address, else the browser, else Russian', () => {
    expect(chooseLocale(storage, '', ['de-DE', 'fr'])).toBe('ru')
    expect(chooseLocale(storage, '', ['de-DE', 'en-US'])).toBe('en')
    expect(chooseLocale(storage, '?lang=ru', ['en-US'])).toBe('ru')
    storage.write('oko.locale', 'en')
    expect(chooseLocale(storage, '?lang=ru', ['ru'])).toBe('en')
  })
})

describe('times', () => {
  const at = new Date(2026, 9, 12, 14, 5)
  it.each([
    ['en', ['en-US', 'en'], '2:05 PM'],
    ['en', ['en-GB', 'en-US'], '14:05'],
    ['en', ['ru-RU', 'ru', 'en-US'], '14:05'],
    ['en', ['es-US'], '2:05 PM'],
    ['en', ['en-US@posix'], '14:05'],
    ['en', [], '14:05'],
    ['ru', ['ru-RU'], '14:05'],
    ['ru', ['en-US'], '14:05'],
  ] as const)('in %s for a browser of %j are like %s', (locale, languages, expected) => {
    const intl = createIntl({ locale: chooseFormats(locale, languages), messages: ru })
    expect(intl.formatTime(at).replace(/\s/g, ' ')).toBe(expected)
  })
})

describe('DashboardHeader', () => {
  const header = (unreadMessages: number, unreadNotifications: number) => (
    <DashboardHeader
      viewer={{ id: 'me', name: 'Анна' }}
      connection={{ status: 'live' }}
      unreadMessages={unreadMessages}
      unreadNotifications={unreadNotifications}
      onOpenMessages={() => {}}
      onToggleNotifications={() => {}}
      onMessagesIntent={() => {}}
      onNotificationsIntent={() => {}}
      isMessagesOpen={false}
      isNotificationsOpen={false}
    />
  )

  it('says the unread counts in words, and nothing of them where there are none', () => {
    renderIn('ru', header(3, 0), openSession(new FakeApi()))
    expect(screen.getByRole('button', { name: 'Сообщения, 3 непрочитанных' })).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Уведомления' })).toBeTruthy()
    expect(screen.getByRole('status').textContent).toBe('На связи')
  })

  it('speaks English', () => {
    renderIn('en', header(0, 1), openSession(new FakeApi()))
    expect(screen.getByRole('button', { name: 'Messages' })).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Notifications, 1 unread' })).toBeTruthy()
    expect(screen.getByRole('status').textContent).toBe('Live')
  })
})
