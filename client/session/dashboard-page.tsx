import { type ReactNode, useEffect, useState } from 'react'
import { DashboardWithChatAndNotifications } from '../dashboard/dashboard-with-chat-and-notifications.tsx'
import { SessionProvider } from './context.tsx'
import { createSession, type Session, type SessionOptions } from './session.ts'

type Props = {
  options: SessionOptions
  onSession?: (session: Session) => () => void
  /** The host's page under the header, where it has one. */
  children?: ReactNode
}

/** Opens a session for as long as the page is mounted. `onSession` may attach to it, and returns how to detach. */
export function DashboardPage({ options, onSession, children }: Props) {
  const [session, setSession] = useState<Session | null>(null)
  useEffect(() => {
    const opened = createSession(options)
    const detach = onSession?.(opened)
    setSession(opened)
    return () => {
      detach?.()
      opened.close()
    }
  }, [options, onSession])
  if (!session) return null
  return (
    <SessionProvider session={session}>
      <DashboardWithChatAndNotifications>{children}</DashboardWithChatAndNotifications>
    </SessionProvider>
  )
}
