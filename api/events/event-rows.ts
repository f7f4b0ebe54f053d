import type { Event } from '../../prisma/generated/postgresql/client/client.ts'
import type { EventDetails, StoredEvent } from './event.ts'

/** An event as the database has it: one table for all kinds, what a kind doesn't have is null. */
export type EventRow = Event

export function toRow(event: StoredEvent): EventRow {
  const { userId, seq, at, counters, kind } = event
  const empty = { chatId: null, messageId: null, notificationId: null, readerId: null, lastReadSeq: null }
  const base = { ...empty, notificationIds: null, userId, seq, at, kind, ...counters }
  switch (event.kind) {
    case 'MESSAGE_ADDED':
    case 'MESSAGE_CHANGED':
      return { ...base, chatId: event.chatId, messageId: event.messageId }
    case 'CHAT_CHANGED':
    case 'CHAT_LEFT':
      return { ...base, chatId: event.chatId }
    case 'CHAT_READ':
      return { ...base, chatId: event.chatId, readerId: event.readerId, lastReadSeq: event.lastReadSeq }
    case 'NOTIFICATION_ADDED':
      return { ...base, chatId: event.chatId, notificationId: event.notificationId }
    case 'NOTIFICATIONS_READ':
      return { ...base, notificationIds: JSON.stringify(event.notificationIds) }
  }
}

export function fromRow(row: EventRow): StoredEvent {
  const { userId, seq, at, unreadMessages, unreadChats, unreadNotifications } = row
  return { ...details(row), userId, seq, at, counters: { unreadMessages, unreadChats, unreadNotifications } }
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
