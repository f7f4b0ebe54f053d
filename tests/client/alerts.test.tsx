// @vitest-environment happy-dom
import { configure, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { NotificationFieldsFragment } from '../../client/graphql/generated/graphql.ts'
import { LocaleProvider } from '../../client/i18n/provider.tsx'
import { useAlerts } from '../../client/notifications/use-alerts.ts'
import { SessionProvider } from '../../client/session/context.tsx'
import { createSafeStorage } from '../../client/session/storage.ts'
import { EventServer } from './support/event-server.ts'
import { FakeApi } from './support/fake-api.ts'
import { openSession } from './support/render.tsx'

type Shown = { title: string; body: string; click(): void }

// Generous: the machine may be busy.
configure({ asyncUtilTimeout: 10_000 })

let api: FakeApi
let server: EventServer
let shown: Shown[]

/** The browser's, as far as pages see it. */
class FakeNotification extends EventTarget {
  static permission = 'granted'
  static requestPermission = () => Promise.resolve('granted')
  constructor(title: string, { body }: { body: string }) {
    super()
    shown.push({ title, body, click: () => this.dispatchEvent(new Event('click')) })
  }
  close() {}
}

beforeEach(async () => {
  shown = []
  vi.stubGlobal('Notification', FakeNotification)
  api = new FakeApi()
  api.addChat('a')
  server = await new EventServer(api).open()
})

afterEach(async () => {
  vi.unstubAllGlobals()
  await server.close()
})

const opened = vi.fn<(notification: NotificationFieldsFragment) => void>()

function Alerts({ openChatId }: { openChatId: string | null }) {
  return <p>{useAlerts({ viewerId: 'me', isSoundWanted: false, openChatId, onOpen: opened })}</p>
}

async function listen({ desktop, openChatId = null }: { desktop: boolean; openChatId?: string | null }) {
  const storage = createSafeStorage(null)
  if (desktop) storage.write('oko.desktop', 'on')
  const session = openSession(api, server, storage)
  render(
    <LocaleProvider initialLocale="ru">
      <SessionProvider session={session}>
        <Alerts openChatId={openChatId} />
      </SessionProvider>
    </LocaleProvider>,
  )
  await waitFor(() => expect(session.stream.state.get().status).toBe('live'))
}

it('shows a notification on the desktop, and opens what it is about', async () => {
  await listen({ desktop: true })
  api.addMessage('a', 'expert', 'Прикрепил `план.pdf`')
  await waitFor(() => expect(shown).toHaveLength(1))
  expect(shown[0]).toMatchObject({ title: 'Новое сообщение', body: 'Прикрепил план.pdf' })
  shown[0]?.click()
  expect(opened.mock.lastCall?.[0]).toMatchObject({ chat: { id: 'a' }, message: { seq: 1 } })
})

it('calls once for what comes together', async () => {
  await listen({ desktop: true })
  for (const text of ['Раз', 'Два', 'Три']) api.addMessage('a', 'expert', text)
  await screen.findByText(/^3 новых уведомления/)
  expect(shown.map(({ title }) => title)).toEqual(['3 новых уведомления'])
})

it('calls nobody for what was read meanwhile, on whatever device', async () => {
  await listen({ desktop: true })
  api.addMessage('a', 'expert', 'Прочитано с телефона')
  api.readChat('a', 'me', 1)
  api.addMessage('a', 'expert', 'А это нет')
  await screen.findByText('Новое сообщение. А это нет')
  expect(shown.map(({ body }) => body)).toEqual(['А это нет'])
})

it('says nothing of the chat that is looked at', async () => {
  await listen({ desktop: true, openChatId: 'a' })
  api.addChat('b')
  api.addMessage('a', 'expert', 'Перед глазами')
  api.addMessage('b', 'expert', 'В другом чате')
  await screen.findByText('Новое сообщение. В другом чате')
  expect(shown.map(({ body }) => body)).toEqual(['В другом чате'])
})

it('shows nothing on the desktop where that is not wanted', async () => {
  await listen({ desktop: false })
  api.addMessage('a', 'expert', 'Без рабочего стола')
  await screen.findByText('Новое сообщение. Без рабочего стола')
  expect(shown).toEqual([])
})
