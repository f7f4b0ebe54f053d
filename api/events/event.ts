import type { Chat, Message, Notification, User } from '../../prisma/generated/postgresql/client/client.ts'

/** A user's absolute counters. Muted chats count in neither of the first two. */
export interface Counters {
  unreadMessages: number
  unreadChats: number
  unreadNotifications: number
}

/** What happened, by reference: who reads an event loads the rest as it is then. */
export type EventDetails =
  | { kind: 'MESSAGE_ADDED'; chatId: string; messageId: string }
  | { kind: 'MESSAGE_CHANGED'; chatId: string; messageId: string }
  | { kind: 'CHAT_CHANGED'; chatId: string }
  | { kind: 'CHAT_READ'; chatId: string; readerId: string; lastReadSeq: number }
  | { kind: 'NOTIFICATION_ADDED'; chatId: string | null; notificationId: string }
  | { kind: 'NOTIFICATIONS_READ'; notificationIds: readonly string[] }
  | { kind: 'CHAT_LEFT'; chatId: string }

/** A message as it was committed, with what is shown beside it. */
export interface SentMessage {
  message: Message
  author: User
  /** As of the message. */
  chat: Chat
}

/** What whoever is told of a message needs not read; its log has none of it. */
export interface LiveFacts {
  /** One object for everybody. */
  sent: SentMessage
  /** NOTIFICATION_ADDED: the notification as it was read; left out where it is what the message made it. */
  notification?: Notification
  /** The user's own state of the chat, as of the message. */
  unreadCount: number
  muted: boolean
}

/** An entry of a user's log: `seq` is its position, 1, 2, 3 … without holes and in commit order. */
export type StoredEvent = EventDetails & {
  userId: string
  seq: number
  at: Date
  /** As of this event. */
  counters: Counters
  /** MESSAGE_ADDED and NOTIFICATION_ADDED, where the event comes from its commit and not from the log. */
  live?: LiveFacts
}

/** What is worth telling only now and is never stored. */
export type TransientEvent =
  /** `user`: who, as read when it was told. */
  { kind: 'TYPING'; chatId: string; user: User; at: Date } | { kind: 'PRESENCE_CHANGED'; user: User; at: Date }

/** What a stream shows; of what is not stored, `position` is the newest log position that its reader has passed. */
export type StreamEvent =
  | { kind: 'STREAM_READY'; position: number; at: Date; resumed: boolean }
  | StoredEvent
  | (TransientEvent & { position: number })

/** Up to where in the log somebody has got who has seen the event. */
export const positionOf = (event: StreamEvent): number => ('seq' in event ? event.seq : event.position)
