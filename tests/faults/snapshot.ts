/** What the database holds after a run, as far as the checks look at it. */
export interface Snapshot {
  users: { id: string; externalId: string }[]
  chats: { id: string; lastSeq: number }[]
  participants: { chatId: string; userId: string; lastReadSeq: number; left: boolean }[]
  states: { chatId: string; userId: string; unreadCount: number; muted: boolean }[]
  messages: {
    id: string
    chatId: string
    seq: number
    authorId: string
    clientMessageId: string | null
    text: string
    deleted: boolean
  }[]
  notifications: { id: string; userId: string; chatId: string; messageSeq: number; read: boolean; hidden: boolean }[]
  inboxes: { userId: string; seq: number; unreadMessages: number; unreadChats: number; unreadNotifications: number }[]
  /** In the order of users and `seq`. */
  events: LoggedEvent[]
}

export interface LoggedEvent {
  userId: string
  seq: number
  kind: string
  chatId: string | null
  messageId: string | null
  notificationId: string | null
  readerId: string | null
  lastReadSeq: number | null
  notificationIds: string | null
  unreadMessages: number
  unreadChats: number
  unreadNotifications: number
}

type Query = (sql: string) => Promise<Record<string, any>[]>

/** Reads everything, in SQL that both databases understand. Nothing may be written meanwhile. */
export async function takeSnapshot(query: Query): Promise<Snapshot> {
  const rows = async (sql: string) => (await query(sql)) as any
  const flagged = (list: any[], ...names: string[]) =>
    list.map((row) => ({ ...row, ...Object.fromEntries(names.map((name) => [name, Boolean(row[name])])) }))
  return {
    users: await rows('SELECT "id", "externalId" FROM "User"'),
    chats: await rows('SELECT "id", "lastSeq" FROM "Chat"'),
    participants: flagged(
      await rows('SELECT "chatId", "userId", "lastReadSeq", "leftAt" IS NOT NULL AS "left" FROM "Participant"'),
      'left',
    ),
    states: flagged(await rows('SELECT "chatId", "userId", "unreadCount", "muted" FROM "ChatState"'), 'muted'),
    messages: flagged(
      await rows(`SELECT "id", "chatId", "seq", "authorId", "clientMessageId", "text", "deletedAt" IS NOT NULL AS "deleted"
        FROM "Message" ORDER BY "chatId", "seq"`),
      'deleted',
    ),
    notifications: flagged(
      await rows(
        `SELECT "id", "userId", "chatId", "messageSeq", "readAt" IS NOT NULL AS "read", "hidden" FROM "Notification"`,
      ),
      'read',
      'hidden',
    ),
    inboxes: await rows('SELECT "userId", "seq", "unreadMessages", "unreadChats", "unreadNotifications" FROM "Inbox"'),
    events:
      await rows(`SELECT "userId", "seq", "kind", "chatId", "messageId", "notificationId", "readerId", "lastReadSeq",
      "notificationIds", "unreadMessages", "unreadChats", "unreadNotifications" FROM "Event" ORDER BY "userId", "seq"`),
  }
}
