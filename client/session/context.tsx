import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react'
import { Provider as UrqlProvider } from 'urql'
import type { Store } from '../realtime/store.ts'
import type { Session } from './session.ts'

const SessionContext = createContext<Session | null>(null)

/** The session around us. Throws outside a SessionProvider. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession needs a SessionProvider around it')
  return session
}

/** Gives a session, and its urql client, to the components within. */
export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  return (
    <SessionContext value={session}>
      <UrqlProvider value={session.client}>{children}</UrqlProvider>
    </SessionContext>
  )
}

/** The current value of a store, re-rendering when it changes. */
export const useStore = <T,>(store: Store<T>): T => useSyncExternalStore(store.subscribe, store.get)
