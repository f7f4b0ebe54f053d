// @vitest-environment happy-dom
import { renderHook } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useChat } from '../../client/chats/use-chat.ts'
import { useNotifications } from '../../client/notifications/use-notifications.ts'
import { SessionProvider } from '../../client/session/context.tsx'
import type { Session } from '../../client/session/session.ts'
import { EventServer } from './support/event-server.ts'
import { FakeApi } from './support/fake-api.ts'
import { openSession } from './support/render.tsx'

let api: FakeApi
let server: EventServer

beforeEach(async () => {
  api = new FakeApi()
  api.addChat('a')
  server = new EventServer(api)
  await server.open()
  await server.close()
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
})

afterEach(async () => {
  vi.useRealTimers()
  await server.close()
})

const around = (session: Session) => ({
  wrapper: ({ children }: { children: ReactNode }) => <SessionProvider session={session}>{children}</SessionProvider>,
})
const requests = (name: string) => api.requests.filter((request) => request === name).length
const settled = (condition: () => void) => vi.waitFor(condition, { timeout: 10_000, interval: 10 })
/** Waiting for `settled` lets fake time pass too, 10 ms a look: margins are wide. */
const pass = (ms: number) => vi.advanceTimersByTime(ms)

vi.setConfig({ testTimeout: 30_000 })

describe('useChat', () => {
  it('fetches at its interval while the live connection is down, and stops once it lives again', async () => {
    const session = openSession(api, server)
    const { result } = renderHook(() => useChat({ refreshIntervalMs: 15_000 }), around(session))
    await settled(() => expect(result.current.chats).toHaveLength(1))
    expect(result.current.connection.status).toBe('reconnecting')
    api.addMessage('a', 'expert', 'Пока связи нет')
    pass(12_000)
    expect(requests('Chats')).toBe(1)
    pass(3_000)
    await settled(() => expect(result.current.unreadMessages).toBe(1))
    expect(result.current.chats[0]?.lastMessage?.text).toBe('Пока связи нет')

    await server.open()
    await settled(() => expect(result.current.connection.status).toBe('live'))
    // The first connection has no cursor to continue from: everything is fetched once more.
    await settled(() => expect(requests('Chats')).toBe(3))
    api.addMessage('a', 'expert', 'Снова на связи')
    await settled(() => expect(result.current.unreadMessages).toBe(2))
    pass(60_000)
    expect(requests('Chats')).toBe(3)

    await server.close()
    await settled(() => expect(result.current.connection.status).toBe('reconnecting'))
    pass(15_100)
    await settled(() => expect(requests('Chats')).toBe(4))
  })
})

describe('useNotifications', () => {
  it('fetches at its own interval while the live connection is down', async () => {
    const session = openSession(api, server)
    const { result } = renderHook(() => useNotifications(), around(session))
    await settled(() => expect(result.current.isLoading).toBe(false))
    api.addMessage('a', 'expert', 'Новость')
    pass(26_000)
    expect(requests('Notifications')).toBe(1)
    pass(4_000)
    await settled(() => expect(result.current.unreadNotifications).toBe(1))
    expect(result.current.notifications[0]?.body).toBe('Новость')
    await result.current.markRead()
    await settled(() => expect(result.current.notifications[0]?.readAt).not.toBeNull())
    expect(result.current.unreadNotifications).toBe(0)
  })
})
