import { cleanup, render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { VirtuosoMockContext } from 'react-virtuoso'
import { afterEach } from 'vitest'
import type { Locale } from '../../../client/i18n/locale.ts'
import { LocaleProvider } from '../../../client/i18n/provider.tsx'
import { createNetwork } from '../../../client/realtime/network.ts'
import { SessionProvider } from '../../../client/session/context.tsx'
import { createSession, type Session, type SessionOptions } from '../../../client/session/session.ts'
import { createSafeStorage, type SafeStorage } from '../../../client/session/storage.ts'
import { fixedToken } from '../../../client/session/token.ts'
import type { EventServer } from './event-server.ts'
import type { FakeApi } from './fake-api.ts'
import { QuietSocket } from './quiet-socket.ts'

const opened: Session[] = []

afterEach(() => {
  cleanup()
  for (const session of opened.splice(0)) session.close()
})

/** A session of "me" against the fake API; without a server its live connection never comes about. */
export function openSession(
  api: FakeApi,
  server?: EventServer,
  storage: SafeStorage = createSafeStorage(null),
  outbox: SessionOptions['outbox'] = {},
): Session {
  const graphqlUrl = (server?.url ?? 'ws://127.0.0.1:9/graphql').replace(/^ws/, 'http')
  const network = { ...createNetwork(window), fetch: api.fetch }
  const session = createSession({
    graphqlUrl,
    tokens: fixedToken('token'),
    readLocale: () => 'ru',
    storage,
    network,
    outbox,
    stream: { minRetryMs: 10, maxRetryMs: 20, webSocketImpl: QuietSocket },
  })
  opened.push(session)
  return session
}

/** Renders within a language, and within a session where one is given. */
export function renderIn(locale: Locale, children: ReactNode, session?: Session) {
  return render(
    <LocaleProvider initialLocale={locale}>
      {/* Without layout a virtual list has to be told what fits. */}
      <VirtuosoMockContext value={{ viewportHeight: 2000, itemHeight: 40 }}>
        {session ? <SessionProvider session={session}>{children}</SessionProvider> : children}
      </VirtuosoMockContext>
    </LocaleProvider>,
  )
}
