import type { Chat, ChatState, Message, Notification, User } from '../../prisma/generated/postgresql/client/client.ts'
import { createBatcher } from '../batcher.ts'
import type { Database } from '../db.ts'
import { models } from '../rows/models.ts'
import { isAmong, rowsAs, type Statement, toParameter } from '../sql.ts'
import type { SentMessage, StoredEvent } from './event.ts'

/** Events with what they show, as it is now, where that is a message: as they would have come from their commit. */
export type EventFacts = (events: readonly StoredEvent[]) => Promise<readonly StoredEvent[]>

/** Of pages that are read at the same time: so many are looked up together, and so many times at once. */
const batches = { maxItems: 10, maxRunning: 2 }

/**
 * Reads what events from the log show: five statements for all pages that are asked for at the same time, and what several users
 * see is read once.
 */
export function createEventFacts(db: Database): EventFacts {
  const { provider } = db
  const among = (table: string): Statement => ({
    name: `facts${table}`,
    text: `SELECT * FROM "${table}" t WHERE ${isAmong(provider, 't."id"', 1)}`,
  })
  const findStates: Statement = {
    name: 'factsChatState',
    text: `SELECT s.* FROM ${rowsAs(provider, { chatId: 'text', userId: 'text' }, 1)}
      JOIN "ChatState" s ON s."chatId" = r."chatId" AND s."userId" = r."userId"`,
  }
  const statements = {
    Notification: among('Notification'),
    Message: among('Message'),
    User: among('User'),
    Chat: among('Chat'),
  }

  async function byId<Row extends { id: string }>(
    table: keyof typeof statements,
    ids: Iterable<string>,
  ): Promise<Map<string, Row>> {
    const asked = [...new Set(ids)]
    if (asked.length === 0) return new Map()
    const rows = await db.sql.run<Row>(statements[table], [JSON.stringify(asked)])
    return new Map(rows.map((row) => [row.id, withTimes(table, row)]))
  }

  async function readStates(events: readonly StoredEvent[]): Promise<Map<string, ChatState>> {
    const places = new Map<string, { chatId: string; userId: string }>()
    for (const event of events) {
      const place = placeOf(event)
      if (place) places.set(keyOf(place), place)
    }
    if (places.size === 0) return new Map()
    const rows = await db.sql.run<ChatState>(findStates, [toParameter(provider, [...places.values()])])
    return new Map(rows.map((row) => [keyOf(row), row]))
  }

  async function readFacts(events: readonly StoredEvent[]): Promise<(event: StoredEvent) => StoredEvent> {
    const [notifications, states] = await Promise.all([
      byId<Notification>(
        'Notification',
        idsOf(events, (one) => (one.kind === 'NOTIFICATION_ADDED' ? one.notificationId : null)),
      ),
      readStates(events),
    ])
    const messageIdOf = (event: StoredEvent): string | null => {
      if (event.kind === 'MESSAGE_ADDED') return event.messageId
      return event.kind === 'NOTIFICATION_ADDED' ? (notifications.get(event.notificationId)?.messageId ?? null) : null
    }
    const messages = await byId<Message>('Message', idsOf(events, messageIdOf))
    const [authors, chats] = await Promise.all([
      byId<User>(
        'User',
        idsOf([...messages.values()], ({ authorId }) => authorId),
      ),
      byId<Chat>(
        'Chat',
        idsOf([...messages.values()], ({ chatId }) => chatId),
      ),
    ])
    const sent = new Map<string, SentMessage>()
    for (const message of messages.values()) {
      const author = authors.get(message.authorId)
      const chat = chats.get(message.chatId)
      if (author && chat) sent.set(message.id, { message, author, chat })
    }
    return (event) => {
      const said = sent.get(messageIdOf(event) ?? '')
      if (!said) return event
      const { unreadCount = 0, muted = false } = states.get(keyOf({ chatId: said.chat.id, userId: event.userId })) ?? {}
      const live = { sent: said, unreadCount, muted: Boolean(muted) }
      if (event.kind === 'MESSAGE_ADDED') return { live, ...event }
      const notification = event.kind === 'NOTIFICATION_ADDED' && notifications.get(event.notificationId)
      return notification ? { live: { notification, ...live }, ...event } : event
    }
  }

  const pages = createBatcher<readonly StoredEvent[], readonly StoredEvent[]>({
    ...batches,
    async run(asked) {
      const withFacts = await readFacts(asked.flat())
      return asked.map((page) => page.map(withFacts))
    },
  })
  return async (events) => (events.some(placeOf) ? pages.add(events) : events)
}

/** Whose state of which chat an event of a message shows. */
function placeOf(event: StoredEvent): { chatId: string; userId: string } | null {
  const { kind, userId } = event
  return (kind === 'MESSAGE_ADDED' || kind === 'NOTIFICATION_ADDED') && event.chatId !== null
    ? { chatId: event.chatId, userId }
    : null
}

const keyOf = ({ chatId, userId }: { chatId: string; userId: string }): string => `${chatId} ${userId}`

const idsOf = <T>(items: readonly T[], idOf: (item: T) => string | null): string[] =>
  items.map(idOf).filter((id) => id !== null)

/** SQLite has times as text. */
function withTimes<Row extends object>(table: string, row: Row): Row {
  const values = row as Record<string, unknown>
  for (const [name, kind] of models.get(table)?.columns ?? []) {
    const value = values[name]
    if (kind === 'date' && typeof value === 'string') values[name] = new Date(value)
  }
  return row
}
