import { lockMembers } from '../chats/audience.ts'
import type { Database } from '../db.ts'
import type { Counters } from '../events/event.ts'
import { columnsOf, insertFrom } from '../insert-rows.ts'
import { type Columns, isAmong, rowsAs, type Statement } from '../sql.ts'

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
export type Written = keyof typeof written

/** What one participant is told of one message: MessageAdded, and right behind it NotificationAdded where there is one. */
export interface Told extends Counters {
  /** Which message of the batch. */
  no: number
  userId: string
  /** Of MessageAdded, as are the counters. */
  seq: number
  notificationId: string | null
}

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

/** Of what is written, each a table by its name in the statements. A notification's text is its message's: it goes to the database once. */
const written = {
  messages: { ...columnsOf('Message'), no: 'int', title: 'text', preview: 'text' },
  told: {
    no: 'int',
    userId: 'text',
    seq: 'int',
    notificationId: 'text',
    unreadMessages: 'int',
    unreadChats: 'int',
    unreadNotifications: 'int',
  } satisfies Record<keyof Told, string>,
  otherEvents: columnsOf('Event'),
  read: { id: 'text', readAt: 'timestamp(3)' },
} satisfies Record<string, Columns>

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
          ${lockMembers(provider, 'p."chatId" = ANY (ARRAY(SELECT "id" FROM "free"))')}`
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

/** A write, and the tables that it reads. */
interface Part {
  name: string
  takes: readonly Written[]
  text: string
}

function parts(provider: Provider): Part[] {
  const isPostgres = provider === 'postgresql'
  const messages = ['messages'] as const
  const all = ['messages', 'told', 'otherEvents'] as const
  // What somebody's last event says is what their inbox is. SQLite takes the row that has the greatest `seq`.
  const inboxes = isPostgres
    ? `SELECT DISTINCT ON ("userId") * FROM "events" ORDER BY "userId", "seq" DESC`
    : `SELECT *, max("seq") FROM "events" GROUP BY "userId"`
  return [
    { name: 'insertMessages', takes: messages, text: insertFrom('Message', '"messages"') },
    {
      name: 'updateChats',
      takes: messages,
      text: `UPDATE "Chat" SET "lastSeq" = m."seq", "lastMessageId" = m."id", "lastActivityAt" = m."createdAt"
        FROM "messages" m WHERE "Chat"."id" = m."chatId"`,
    },
    {
      // Sending reads. Those who left are counted too; whoever is added again is counted anew.
      name: 'countUnread',
      takes: messages,
      text: `UPDATE "ChatState"
        SET "unreadCount" = CASE WHEN "ChatState"."userId" = m."authorId" THEN 0 ELSE "ChatState"."unreadCount" + 1 END
        FROM "messages" m
        WHERE "ChatState"."chatId" = m."chatId" AND ("ChatState"."userId" <> m."authorId" OR "ChatState"."unreadCount" > 0)`,
    },
    {
      name: 'readByAuthors',
      takes: messages,
      text: `UPDATE "Participant" SET "lastReadSeq" = m."seq"
        FROM "messages" m
        WHERE "Participant"."chatId" = m."chatId" AND "Participant"."userId" = m."authorId"`,
    },
    {
      name: 'readNotifications',
      takes: ['read'],
      text: `UPDATE "Notification" SET "readAt" = r."readAt" FROM "read" r WHERE "Notification"."id" = r."id"`,
    },
    {
      name: 'insertNotifications',
      takes: ['messages', 'told'],
      text: insertFrom(
        'Notification',
        `(SELECT t."notificationId" AS "id", t."userId", t."seq" + 1 AS "seq", ${constant(provider, 'NotificationKind', 'MESSAGE')} AS "kind",
            m."title", m."preview" AS "body", m."chatId", m."id" AS "messageId", m."seq" AS "messageSeq", m."authorId" AS "actorId",
            NULL AS "url", m."createdAt", ${isPostgres ? 'NULL::timestamp(3)' : 'NULL'} AS "readAt", FALSE AS "hidden" ${notified}) n`,
      ),
    },
    {
      name: 'updateInboxes',
      takes: all,
      text: `UPDATE "Inbox" SET "seq" = i."seq", "unreadMessages" = i."unreadMessages", "unreadChats" = i."unreadChats",
          "unreadNotifications" = i."unreadNotifications"
        FROM (${inboxes}) i WHERE "Inbox"."userId" = i."userId"`,
    },
    { name: 'insertEvents', takes: all, text: insertFrom('Event', '"events"') },
  ]
}

const constant = (provider: Provider, type: 'EventKind' | 'NotificationKind', value: string) =>
  `'${value}'${provider === 'postgresql' ? `::"${type}"` : ''}`

const added = `FROM "told" t JOIN "messages" m ON m."no" = t."no"`
const notified = `${added} WHERE t."notificationId" IS NOT NULL`

/** All events of a batch, as rows of their table. First those whose columns give the types. */
const eventsTable = (provider: Provider): string => `"events" AS (
    SELECT * FROM "otherEvents"
    UNION ALL
    SELECT t."userId", t."seq", ${constant(provider, 'EventKind', 'MESSAGE_ADDED')}, m."createdAt", m."chatId", m."id",
      NULL, NULL, NULL, NULL, t."unreadMessages", t."unreadChats", t."unreadNotifications" ${added}
    UNION ALL
    SELECT t."userId", t."seq" + 1, ${constant(provider, 'EventKind', 'NOTIFICATION_ADDED')}, m."createdAt", m."chatId", NULL,
      t."notificationId", NULL, NULL, NULL, t."unreadMessages", t."unreadChats", t."unreadNotifications" + 1 ${notified})`

/** What a statement reads, by name: its parameters, and the events where it has all that they are made of. */
function tablesOf(provider: Provider, takes: readonly Written[]): string {
  const given = takes.map((name, i) => {
    const names = Object.keys(written[name]).map((column) => `"${column}"`)
    return `"${name}" AS (SELECT ${names.join(', ')} FROM ${rowsAs(provider, written[name], i + 1)})`
  })
  return (takes.includes('otherEvents') ? [...given, eventsTable(provider)] : given).join(', ')
}

const writes = (provider: Provider): WriteStatement[] =>
  parts(provider).map(({ name, takes, text }) => ({
    name,
    takes,
    text: `WITH ${tablesOf(provider, takes)} ${text}`,
  }))

/** All of them as one statement. They see the same state, and none touches what another does. */
function inOne(provider: Provider): WriteStatement {
  const takes = ['messages', 'told', 'otherEvents', 'read'] as const
  const all = parts(provider).map(({ name, text }) => `"${name}" AS (${text})`)
  const text = `WITH ${[tablesOf(provider, takes), ...all].join(', ')} SELECT 1`
  return { name: 'sendMessages', takes, text }
}
