import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { useChat } from '../chats/use-chat.ts'
import type { NotificationFieldsFragment } from '../graphql/generated/graphql.ts'
import { NotificationSystem } from '../notifications/notification-system.tsx'
import { useNotificationSound } from '../notifications/use-notification-sound.ts'
import { useNotifications } from '../notifications/use-notifications.ts'
import { useSession, useStore } from '../session/context.tsx'
import { SignInPage } from '../session/sign-in-page.tsx'
import { useSurroundings } from '../ui/surroundings.tsx'
import { NARROW, useMedia } from '../ui/use-media.ts'
import { DashboardHeader } from './dashboard-header.tsx'
import { OrderList } from './order-list.tsx'

// The messenger is most of the code, and not needed before it is opened.
const loadMessagesModal = () => import('../messages/messages-modal.tsx')
const MessagesModal = lazy(async () => ({ default: (await loadMessagesModal()).MessagesModal }))
// For few people, and rarely: the others never load it.
const StaffView = lazy(async () => ({ default: (await import('../staff/staff-view.tsx')).StaffView }))

/** What the messenger shows: a chat, and in it a message, or wherever the viewer stopped reading. */
type Place = { chatId: string | null; seq: number | null }

const NOWHERE: Place = { chatId: null, seq: null }

type Props = {
  /** How often chats are fetched while the live connection is down. Default 15 000. */
  chatRefreshIntervalMs?: number
  /** The same for notifications. Default 30 000. */
  notificationRefreshIntervalMs?: number
  /** The host's page under the header. Default: the viewer's orders. */
  children?: ReactNode
}

/** The assembled dashboard: header with counters, messages, notifications, and the host's page behind them. */
export function DashboardWithChatAndNotifications(props: Props) {
  const { chatRefreshIntervalMs = 15_000, notificationRefreshIntervalMs = 30_000 } = props
  const { isSignedOut } = useSession()
  const isNarrow = useMedia(NARROW)
  const [open, setOpen] = useState<'messages' | 'notifications' | 'staff' | null>(null)
  const [hasOpenedMessages, setHasOpenedMessages] = useState(false)
  const [place, setPlace] = useState<Place>(NOWHERE)
  const notificationsButtonRef = useRef<HTMLButtonElement>(null)
  const openChatId = open === 'messages' ? place.chatId : null
  const chat = useChat({ refreshIntervalMs: chatRefreshIntervalMs, chatId: openChatId, atSeq: place.seq })
  const notifications = useNotifications({ refreshIntervalMs: notificationRefreshIntervalMs })
  useNotificationSound(notifications.settings?.sound ?? false, openChatId)
  useTitleCounter(chat.unreadMessages)

  // Fetched once the page is calm, so that opening the messenger doesn't wait for it.
  useEffect(() => {
    const timer = setTimeout(() => void loadMessagesModal(), 1500)
    return () => clearTimeout(timer)
  }, [])

  const openMessages = (next: Place) => {
    setPlace(next)
    setHasOpenedMessages(true)
    setOpen('messages')
  }
  // Where there is room a conversation stands beside the list: the one that was left, or the latest; but opening reads, and
  // nothing is read that wasn't asked for.
  const openMessenger = () => {
    const resting = chat.chats.find(({ id }) => id === place.chatId) ?? chat.chats[0]
    openMessages({ chatId: !isNarrow && resting?.unreadCount === 0 ? resting.id : null, seq: null })
  }
  const openNotification = ({ chat: about, message, url }: NotificationFieldsFragment) => {
    if (about) openMessages({ chatId: about.id, seq: message?.seq ?? null })
    else if (url && /^https?:\/\/|^\/(?!\/)/.test(url)) window.location.assign(url)
  }

  const isLoggedOut = useStore(isSignedOut)
  if (isLoggedOut && !chat.viewer) return <SignInPage reason="expired" />
  return (
    <>
      <DashboardHeader
        viewer={chat.viewer}
        connection={open === null ? chat.connection : null}
        unreadMessages={chat.unreadMessages}
        unreadNotifications={notifications.unreadNotifications}
        onOpenMessages={openMessenger}
        onToggleNotifications={() => setOpen(open === 'notifications' ? null : 'notifications')}
        onOpenStaffView={chat.viewer?.role === 'STAFF' ? () => setOpen('staff') : undefined}
        isMessagesOpen={open === 'messages'}
        isNotificationsOpen={open === 'notifications'}
        notificationsButtonRef={notificationsButtonRef}
      />
      {props.children ?? <OrderList state={chat} onOpenChat={(chatId) => openMessages({ chatId, seq: null })} />}
      <NotificationSystem
        isOpen={open === 'notifications'}
        onOpenChange={(isOpen) => setOpen(isOpen ? 'notifications' : null)}
        triggerRef={notificationsButtonRef}
        state={notifications}
        connection={chat.connection}
        onOpenNotification={openNotification}
      />
      {open === 'staff' && (
        <Suspense>
          <StaffView isOpen onOpenChange={() => setOpen(null)} connection={chat.connection} />
        </Suspense>
      )}
      {hasOpenedMessages && (
        <Suspense>
          <MessagesModal
            isOpen={open === 'messages'}
            onOpenChange={(isOpen) => setOpen(isOpen ? 'messages' : null)}
            state={chat}
            chatId={place.chatId}
            targetSeq={place.seq}
            onSelectChat={(chatId) => setPlace({ chatId, seq: null })}
          />
        </Suspense>
      )}
    </>
  )
}

/** The unread count in the tab's title, where the page is ours. */
function useTitleCounter(count: number) {
  const { ownsPage } = useSurroundings()
  useEffect(() => {
    if (ownsPage) document.title = count > 0 ? `(${count}) Oko` : 'Oko'
  }, [ownsPage, count])
}
