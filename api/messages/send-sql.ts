import { lockMembers } from '../chats/audience.ts'
import type { Database } from '../db.ts'
import { insertFrom } from '../insert-rows.ts'
import { isAmong, rowsAs, type Statement } from '../sql.ts'

type Provider = Database['provider']

/** Of messages that are to be sent together: of different chats, by different authors. */
export interface SendStatements {
  /** $1: chat ids, as JSON. Locks the chats in the order that all writers keep; those that somebody else has are waited for. */
  lockChats: Statement
  /** The same, but leaves out those that somebody else has. */
  lockFreeChats: Statement
  /** $1: chat ids, as JSON. The participants of locked chats; locks their inboxes in the order that all writers keep. */
  lockMembers: Statement
  /** The same for those of the chats that nobody else has; some of them may have become free since `lockFreeChats`. */
  lockFreeMembers: Statement
  /** $1: rows of `askColumns`. What has to be known of each author. */
  readAuthors: Statement
  /** One where the database can do it in one. */
  write: readonly WriteStatement[]
}

/** What a batch writes: each an array of rows, as a parameter. */
export type Written = 'chats' | 'messages' | 'notifications' | 'read' | 'inboxes' | 'events'

interface WriteStatement extends Statement {
  /** Its parameters, in order. */
  takes: readonly Written[]
}

const askColumns = {
  chatId: 'text',
  authorId: 'text',
  clientMessageId: 'text',
  /** From when on their messages are looked at. */
  since: 'timestamp(3)',
} as const

const chatColumns = {
  id: 'text',
  lastSeq: 'int',
  lastMessageId: 'text',
  lastActivityAt: 'timestamp(3)',
  authorId: 'text',
} as const
const readColumns = { id: 'text', readAt: 'timestamp(3)' } as const
const inboxColumns = {
  userId: 'text',
  seq: 'int',
  unreadMessages: 'int',
  unreadChats: 'int',
  unreadNotifications: 'int',
} as const

/** @param maxTexts how many of an author's recent texts are looked at  @param maxLookedAt among how many of the chat's latest messages */
export function sendStatements(provider: Provider, maxTexts: number, maxLookedAt: number): SendStatements {
  const isPostgres = provider === 'postgresql'
  const these = (column: string) => isAmong(provider, column, 1)
  const lock = (text: string) => (isPostgres ? text : '')
  const chats = `SELECT * FROM "Chat" WHERE ${these('"id"')} ORDER BY "id"`
  const list = (row: string, order: string) =>
    `${isPostgres ? 'json_agg' : 'json_group_array'}(${row} ORDER BY ${order})`

  return {
    lockChats: { name: 'lockChats', text: `${chats} ${lock('FOR UPDATE')}` },
    lockFreeChats: { name: 'lockFreeChats', text: `${chats} ${lock('FOR UPDATE SKIP LOCKED')}` },
    lockMembers: { name: 'lockMembers', text: lockMembers(provider, these('p."chatId"')) },
    lockFreeMembers: {
      name: 'lockFreeMembers',
      text: isPostgres
        ? `WITH "free" AS (SELECT "id" FROM "Chat" WHERE ${these('"id"')} ORDER BY "id" FOR UPDATE SKIP LOCKED)
          ${lockMembers(provider, 'p."chatId" IN (SELECT "id" FROM "free")')}`
        : lockMembers(provider, these('p."chatId"')),
    },
    readAuthors: {
      name: 'readAuthors',
      text: `
        SELECT u.*,
          (SELECT m."id" FROM "Message" m WHERE m."authorId" = r."authorId" AND m."clientMessageId" = r."clientMessageId") AS "sentId",
          (SELECT ${list('t."text"', 't."seq"')} FROM (
             SELECT m."text", m."seq" FROM "Message" m
             WHERE m."chatId" = r."chatId" AND m."seq" > c."lastSeq" - ${maxLookedAt} AND m."authorId" = r."authorId"
               AND m."deletedAt" IS NULL AND (m."createdAt" > r."since" OR m."editedAt" > r."since")
             ORDER BY m."seq" DESC LIMIT ${maxTexts}) t) AS "recentTexts",
          (SELECT ${list('x."id"', 'x."seq"')} FROM "Notification" x
           WHERE i."unreadNotifications" > 0 AND x."userId" = r."authorId" AND x."chatId" = r."chatId" AND x."readAt" IS NULL
             AND x."messageSeq" IS NOT NULL AND NOT x."hidden") AS "unreadIds"
        FROM ${rowsAs(provider, askColumns, 1)}
        JOIN "User" u ON u."id" = r."authorId"
        JOIN "Inbox" i ON i."userId" = u."id"
        JOIN "Chat" c ON c."id" = r."chatId"`,
    },
    write: isPostgres ? [inOne(provider)] : writes(provider),
  }
}

/** A write of one kind of rows. `text` is made for the place that its parameter has. */
interface Part {
  name: string
  takes: Written
  text(parameter: number): string
}

const parts = (provider: Provider): Part[] => [
  { name: 'insertMessages', takes: 'messages', text: (n) => insertFrom(provider, 'Message', n) },
  {
    name: 'updateChats',
    takes: 'chats',
    text: (
      n,
    ) => `UPDATE "Chat" SET "lastSeq" = r."lastSeq", "lastMessageId" = r."lastMessageId", "lastActivityAt" = r."lastActivityAt"
      FROM ${rowsAs(provider, chatColumns, n)} WHERE "Chat"."id" = r."id"`,
  },
  {
    // Sending reads. Those who left are counted too; whoever is added again is counted anew.
    name: 'countUnread',
    takes: 'chats',
    text: (n) => `UPDATE "ChatState"
      SET "unreadCount" = CASE WHEN "ChatState"."userId" = r."authorId" THEN 0 ELSE "ChatState"."unreadCount" + 1 END
      FROM ${rowsAs(provider, chatColumns, n)}
      WHERE "ChatState"."chatId" = r."id" AND ("ChatState"."userId" <> r."authorId" OR "ChatState"."unreadCount" > 0)`,
  },
  {
    name: 'readByAuthors',
    takes: 'chats',
    text: (n) => `UPDATE "Participant" SET "lastReadSeq" = r."lastSeq"
      FROM ${rowsAs(provider, chatColumns, n)}
      WHERE "Participant"."chatId" = r."id" AND "Participant"."userId" = r."authorId"`,
  },
  {
    name: 'readNotifications',
    takes: 'read',
    text: (n) => `UPDATE "Notification" SET "readAt" = r."readAt"
      FROM ${rowsAs(provider, readColumns, n)} WHERE "Notification"."id" = r."id"`,
  },
  { name: 'insertNotifications', takes: 'notifications', text: (n) => insertFrom(provider, 'Notification', n) },
  {
    name: 'updateInboxes',
    takes: 'inboxes',
    text: (n) => `UPDATE "Inbox" SET "seq" = "Inbox"."seq" + r."seq",
        "unreadMessages" = "Inbox"."unreadMessages" + r."unreadMessages",
        "unreadChats" = "Inbox"."unreadChats" + r."unreadChats",
        "unreadNotifications" = "Inbox"."unreadNotifications" + r."unreadNotifications"
      FROM ${rowsAs(provider, inboxColumns, n)} WHERE "Inbox"."userId" = r."userId"`,
  },
  { name: 'insertEvents', takes: 'events', text: (n) => insertFrom(provider, 'Event', n) },
]

const writes = (provider: Provider): WriteStatement[] =>
  parts(provider).map(({ name, takes, text }) => ({ name, takes: [takes], text: text(1) }))

/** All of them as one statement. They see the same state, and none touches what another does. */
function inOne(provider: Provider): WriteStatement {
  const takes = ['chats', 'messages', 'notifications', 'read', 'inboxes', 'events'] as const
  const all = parts(provider).map((part) => `"${part.name}" AS (${part.text(takes.indexOf(part.takes) + 1)})`)
  return { name: 'sendMessages', takes, text: `WITH ${all.join(', ')} SELECT 1` }
}
