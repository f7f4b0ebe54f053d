import type { Viewer } from './auth/viewer.ts'
import type { ChatAccess } from './chats/access.ts'
import type { ChatService } from './chats/chat.service.ts'
import type { HostChatService } from './chats/host-chat.service.ts'
import type { CursorCodec } from './cursor.ts'
import type { Database } from './db.ts'
import type { EventLog } from './events/event-log.ts'
import type { Presence } from './events/presence.ts'
import type { EventStream, StreamRequest } from './events/stream.ts'
import type { Locale } from './i18n.ts'
import type { MessageService } from './messages/message.service.ts'
import type { MessageChangeService } from './messages/message-changes.service.ts'
import type { NotificationService } from './notifications/notification.service.ts'
import type { Rows } from './rows/rows.ts'
import type { StaffService } from './staff/staff.service.ts'
import type { WebhookService } from './webhooks/webhook.service.ts'

/** What resolvers work with, made once by app.ts. */
export interface Services {
  db: Database
  rows: Rows
  cursors: CursorCodec
  access: ChatAccess
  chats: ChatService
  hostChats: HostChatService
  messages: MessageService
  messageChanges: MessageChangeService
  notifications: NotificationService
  staff: StaffService
  webhooks: WebhookService
  log: EventLog
  presence: Presence
  openStream(request: StreamRequest): EventStream
}

/** One operation's context. */
export interface Context extends Services {
  /** null: no token; only introspection gets that far. */
  viewer: Viewer | null
  locale: Locale
  /** Whom turns and limits count as one: a user, or the address of who has no token, or the host's. */
  client: string
  /** Resolves when the answer has been taken by the client, or never will be. */
  taken: Promise<unknown>
  /** For the texts that are loaded for its answer. */
  room: { take(characters: number): void }
  /** Resolves when this client may hold the event loop again (turns.ts). */
  takeTurn(): Promise<void>
  /** Is told whom an answer shows; undefined: somebody, but not whom. Where nobody wants to know, it is left out. */
  shows?: (userId: string | undefined) => void
  /** What the log knows the operation by, and its client an unexpected error. */
  requestId: string
  /** When the operation came, by the process' steady clock (`performance.now()`). */
  receivedAtMs: number
}
