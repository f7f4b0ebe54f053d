import type { Event } from '../../prisma/generated/postgresql/client/client.ts'
import type { EventDetails, StoredEvent } from './event.ts'

/** An event as the database has it: one table for all kinds, what a kind doesn't have is null. */
export type EventRow = Event

/** What is written of an event; what its kind doesn't have is left out. */
export function toRow(event: StoredEvent): Partial<EventRow> {
  const { userId, seq, at, kind, counters } = event
  const { unreadMessages, unreadChats, unreadNotifications } = counters
  const row: Partial<EventRow> = { userId, seq, at, kind, unreadMessages, unreadChats, unreadNotifications }
  if (event.kind === 'NOTIFICATIONS_READ') {
    row.notificationIds = JSON.stringify(event.notificationIds)
    return row
  }
  row.chatId = event.chatId
  switch (event.kind) {
    case 'MESSAGE_ADDED':
    case 'MESSAGE_CHANGED':
      row.messageId = event.messageId
      break
    case 'CHAT_READ':
      row.readerId = event.readerId
      row.lastReadSeq = event.lastReadSeq
      break
    case 'NOTIFICATION_ADDED':
      row.notificationId = event.notificationId
      break
    case 'CHAT_CHANGED':
    case 'CHAT_LEFT':
  }
  return row
}

/** SQLite has times as text. */
export function fromRow(row: EventRow): StoredEvent {
  const { userId, seq, unreadMessages, unreadChats, unreadNotifications } = row
  const at = new Date(row.at)
  return { userId, seq, at, counters: { unreadMessages, unreadChats, unreadNotifications }, ...details(row) }
}

function details(row: EventRow): EventDetails {
  const { kind } = row
  switch (kind) {
    case 'MESSAGE_ADDED':
    case 'MESSAGE_CHANGED':
      return { kind, chatId: present(row.chatId), messageId: present(row.messageId) }
    case 'CHAT_CHANGED':
    case 'CHAT_LEFT':
      return { kind, chatId: present(row.chatId) }
    case 'CHAT_READ':
      return {
        kind,
        chatId: present(row.chatId),
        readerId: present(row.readerId),
        lastReadSeq: present(row.lastReadSeq),
      }
    case 'NOTIFICATION_ADDED':
      return { kind, chatId: row.chatId, notificationId: present(row.notificationId) }
    case 'NOTIFICATIONS_READ':
      return { kind, notificationIds: JSON.parse(present(row.notificationIds)) as string[] }
  }
}

function present<T>(value: T | null): T {
  if (value === null) throw new Error('an event row lacks what its kind has')
  return value
}
