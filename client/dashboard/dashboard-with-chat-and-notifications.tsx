import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { useChat } from '../chats/use-chat.ts'
import type { NotificationFieldsFragment } from '../graphql/generated/graphql.ts'
import { useAlerts } from '../notifications/use-alerts.ts'
import { useNotifications } from '../notifications/use-notifications.ts'
import { useSession, useStore } from '../session/context.tsx'
import { SignInPage } from '../session/sign-in-page.tsx'
import controls from '../ui/controls.module.css'
import { LaterPart, later } from '../ui/later.tsx'
import { NARROW, useMedia } from '../ui/use-media.ts'
import { DashboardHeader } from './dashboard-header.tsx'
import { MessagesOutline } from './messages-outline.tsx'
import { OrderList } from './order-list.tsx'
import { usePageBadge } from './use-page-badge.ts'

// Most of the code, and not needed before they are opened: fetched when somebody is about to.
const messenger = later(async () => (await import('../messages/messages-modal.tsx')).MessagesModal)
const panel = later(async () => (await import('../notifications/notification-system.tsx')).NotificationSystem)
// For few people, and rarely: the others never load it.
const staffView = later(async () => (await import('../staff/staff-view.tsx')).StaffView)

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
  const { isSignedOut, stream } = useSession()
  const isNarrow = useMedia(NARROW)
  const [open, setOpen] = useState<'messages' | 'notifications' | 'staff' | null>(null)
  const [hasOpened, setHasOpened] = useState({ messages: false, notifications: false })
  const [place, setPlace] = useState<Place>(NOWHERE)
  const notificationsButtonRef = useRef<HTMLButtonElement>(null)
  const openChatId = open === 'messages' ? place.chatId : null
  const chat = useChat({ refreshIntervalMs: chatRefreshIntervalMs, chatId: openChatId, atSeq: place.seq })
  const notifications = useNotifications({ refreshIntervalMs: notificationRefreshIntervalMs })

  const show = useCallback((what: 'messages' | 'notifications' | null) => {
    setOpen(what)
    if (what) setHasOpened((now) => ({ ...now, [what]: true }))
  }, [])
  const openMessages = useCallback(
    (next: Place) => {
      setPlace(next)
      show('messages')
    },
    [show],
  )
  const openChat = useCallback((chatId: string) => openMessages({ chatId, seq: null }), [openMessages])
  const selectChat = useCallback((chatId: string | null) => setPlace({ chatId, seq: null }), [])
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
  const alert = useAlerts({
    viewerId: chat.viewer?.id,
    isSoundWanted: notifications.settings?.sound ?? false,
    openChatId,
    onOpen: openNotification,
  })
  usePageBadge(chat.unreadMessages)
  useEffect(
    () =>
      stream.onEvent((event) => {
        if (event.__typename === 'ChatLeft') setPlace((now) => (now.chatId === event.chatId ? NOWHERE : now))
      }),
    [stream],
  )

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
        onToggleNotifications={() => show(open === 'notifications' ? null : 'notifications')}
        onMessagesIntent={messenger.prefetch}
        onNotificationsIntent={panel.prefetch}
        onOpenStaffView={chat.viewer?.role === 'STAFF' ? () => setOpen('staff') : undefined}
        isMessagesOpen={open === 'messages'}
        isNotificationsOpen={open === 'notifications'}
        notificationsButtonRef={notificationsButtonRef}
      />
      {props.children ?? <OrderList state={chat} onIntent={messenger.prefetch} onOpenChat={openChat} />}
      {hasOpened.notifications && (
        <LaterPart of={panel} isWanted={open === 'notifications'} onCancel={() => show(null)}>
          <panel.Component
            isOpen={open === 'notifications'}
            onOpenChange={(isOpen) => show(isOpen ? 'notifications' : null)}
            triggerRef={notificationsButtonRef}
            state={notifications}
            connection={chat.connection}
            onOpenNotification={openNotification}
          />
        </LaterPart>
      )}
      {open === 'staff' && (
        <LaterPart of={staffView} onCancel={() => setOpen(null)}>
          <staffView.Component isOpen onOpenChange={() => setOpen(null)} connection={chat.connection} />
        </LaterPart>
      )}
      {hasOpened.messages && (
        <LaterPart
          of={messenger}
          isWanted={open === 'messages'}
          fallback={<MessagesOutline />}
          onCancel={() => show(null)}
        >
          <messenger.Component
            isOpen={open === 'messages'}
            onOpenChange={(isOpen) => show(isOpen ? 'messages' : null)}
            state={chat}
            chatId={place.chatId}
            targetSeq={place.seq}
            onSelectChat={selectChat}
          />
        </LaterPart>
      )}
      {/* The attribute keeps it heard while a dialog hides the rest of the page. */}
      <div className={controls.srOnly} aria-live="polite" data-live-announcer="true">
        {alert}
      </div>
    </>
  )
}
