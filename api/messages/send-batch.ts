import { hash } from 'node:crypto'
import type { Chat, Message, User } from '../../prisma/generated/postgresql/client/client.ts'
import { type Member, type MemberRow, toMember, unreadChange } from '../chats/audience.ts'
import type { Database } from '../db.ts'
import { forbidden, type OkoError } from '../errors.ts'
import type { LiveFacts, SentMessage, StoredEvent } from '../events/event.ts'
import { toRow } from '../events/event-rows.ts'
import { type InboxRow, InboxWriter } from '../events/inbox-writer.ts'
import { newId } from '../ids.ts'
import { appendNotificationsRead } from '../notifications/chat-notifications.ts'
import { type Sql, toParameter } from '../sql.ts'
import { sentFact } from '../webhooks/webhook-event.ts'
import type { WebhookOutbox } from '../webhooks/webhook-outbox.ts'
import { previewOf } from './message-text.ts'
import { maxLookedAt, maxTexts, windowMs } from './recent-texts.ts'
import { sendStatements, type Told, type Written } from './send-sql.ts'
import type { Refusal } from './text-judge.ts'

/** A message that may be sent as far as it alone is concerned. */
export interface Draft {
  chatId: string
  authorId: string
  clientMessageId: string | null
  /** As it will be stored. */
  text: string
  /** What speaks against it beside what its author said right before, oldest first. */
  refusalBeside(recentTexts: string[]): Refusal | null
}

export type DraftResult =
  | { kind: 'SENT'; live: LiveFacts }
  /** The author has sent something with this clientMessageId before. */
  | { kind: 'USED' }
  | { kind: 'REFUSED'; refusal: Refusal }
  /** Somebody else is writing to the chat, and this batch waits for nobody. */
  | { kind: 'BUSY' }
  | { kind: 'FAILED'; error: OkoError }

interface AuthorRow extends User {
  sentId: string | null
  recentTexts: string[] | string | null
  unreadIds: string[] | string | null
}

interface Author {
  user: User
  /** What was sent with the same clientMessageId. */
  sentId: string | null
  /** Oldest first. */
  recentTexts: string[]
  /** Unread notifications of the chat. */
  unreadIds: string[]
}

/** The chats of a batch and what is to be known of their people, locked. */
interface Scene {
  chats: ReadonlyMap<string, Chat>
  members: ReadonlyMap<string, Member[]>
  inboxes: InboxWriter
  now: Date
}

/** What a batch adds. */
interface Rows {
  messages: (Message & { no: number; title: string; preview: string })[]
  told: Told[]
  read: { id: string; readAt: Date }[]
}

export interface BatchResult {
  /** One for each draft, in order. */
  results: DraftResult[]
  /** To be told of after the commit. */
  events: readonly StoredEvent[]
}

/**
 * Sends messages of different chats and authors in one transaction: each with its notifications, counters and events, or not at
 * all. Writers lock chats first, in the order of their ids, then inboxes in the order of theirs, which is why they can't
 * deadlock, and why what is read here stays true until the commit.
 *
 * The second argument: whether to wait for chats that somebody else is writing to.
 *
 * @param webhooks is told of each message in the same transaction; null where the host wants to hear of nothing
 */
export function createSendBatch(db: Database, clock: () => Date, webhooks: WebhookOutbox | null = null) {
  const statements = sendStatements(db.provider, maxTexts, maxLookedAt)

  return async (drafts: readonly Draft[], waits: boolean): Promise<BatchResult> => {
    const result = await db.sqlTransaction(async (sql) => {
      // All of it goes to the database together, and so does what is written, with the commit.
      const [scene, authors] = await Promise.all([lockScene(sql, drafts, waits), readAuthors(sql, drafts)])
      const rows: Rows = { messages: [], told: [], read: [] }
      const results = drafts.map((draft): DraftResult => {
        const chat = scene.chats.get(draft.chatId)
        if (!chat && !waits) return { kind: 'BUSY' }
        const isMember = scene.members.get(draft.chatId)?.some(({ userId }) => userId === draft.authorId)
        const author = isMember && authors.get(draft.authorId)
        if (!chat || !author) return { kind: 'FAILED', error: forbidden() }
        if (author.sentId !== null) return { kind: 'USED' }
        const refusal = draft.refusalBeside(author.recentTexts)
        return refusal ? { kind: 'REFUSED', refusal } : add(rows, scene, draft, chat, author)
      })
      const events = scene.inboxes.events()
      if (rows.messages.length > 0) {
        const otherEvents = events.filter(({ kind }) => kind === 'NOTIFICATIONS_READ').map(toRow)
        write(sql, { ...rows, otherEvents })
        await webhooks?.append(
          sql,
          results.flatMap((one) => (one.kind === 'SENT' ? [sentFact(one.live.sent)] : [])),
        )
      }
      return { results, events }
    })
    webhooks?.wake()
    return result
  }

  async function lockScene(sql: Sql, drafts: readonly Draft[], waits: boolean): Promise<Scene> {
    const { lockChats, lockFreeChats, lockMembers, lockFreeMembers } = statements
    const asked = [JSON.stringify(drafts.map(({ chatId }) => chatId))]
    const [chatRows, memberRows] = await Promise.all([
      sql.run<Chat>(waits ? lockChats : lockFreeChats, asked),
      sql.run<InboxRow & MemberRow & { chatId: string }>(waits ? lockMembers : lockFreeMembers, asked),
    ])
    // Of what is locked by now: later messages of a chat are never said to be older.
    const now = clock()
    const inboxes = new InboxWriter(() => now)
    const chats = new Map(chatRows.map((row) => [row.id, toChat(row)]))
    const members = new Map<string, Member[]>([...chats.keys()].map((id) => [id, []]))
    // Of a chat that wasn't locked before its participants were looked at, they may not be those of now.
    const known = memberRows.filter(({ chatId }) => chats.has(chatId))
    inboxes.adopt(known)
    for (const row of known) members.get(row.chatId)?.push(toMember(row))
    return { chats, members, inboxes, now }
  }

  async function readAuthors(sql: Sql, drafts: readonly Draft[]): Promise<Map<string, Author>> {
    const since = new Date(clock().getTime() - windowMs)
    const asked = drafts.map(({ chatId, authorId, clientMessageId }) => ({ chatId, authorId, clientMessageId, since }))
    const rows = await sql.run<AuthorRow>(statements.readAuthors, [toParameter(db.provider, asked)])
    return new Map(rows.map((row) => [row.id, toAuthor(row)]))
  }

  /** Adds a message and all that follows from it. */
  function add(rows: Rows, { members, inboxes, now }: Scene, draft: Draft, chat: Chat, author: Author): DraftResult {
    const { clientMessageId, text } = draft
    const messageId = newId('msg')
    const seq = chat.lastSeq + 1
    const message: Message = {
      id: messageId,
      chatId: chat.id,
      seq,
      authorId: author.user.id,
      text,
      createdAt: now,
      editedAt: null,
      deletedAt: null,
      clientMessageId,
      sentTextHash: clientMessageId === null ? null : hashOf(text),
    }
    const after = { lastSeq: seq, lastMessageId: messageId, lastActivityAt: now }
    const no = rows.messages.length
    rows.messages.push({ no, title: author.user.name, preview: previewOf(text), ...message })

    const sent: SentMessage = { message, author: author.user, chat: { ...chat, ...after } }
    const added = { kind: 'MESSAGE_ADDED', chatId: chat.id, messageId } as const
    let own: LiveFacts = { sent, unreadCount: 0, muted: false }
    const tell = (member: Member, live: LiveFacts, notificationId: string | null) => {
      const { userId } = member
      const { seq, counters } = inboxes.append(userId, added, unreadChange(member, live.unreadCount), live)
      rows.told.push({ no, userId, seq, notificationId, ...counters })
      if (notificationId === null) return
      const event = { kind: 'NOTIFICATION_ADDED', chatId: chat.id, notificationId } as const
      inboxes.append(userId, event, { unreadNotifications: 1 }, live)
    }
    for (const member of members.get(chat.id) ?? []) {
      const { userId, muted } = member
      if (userId === author.user.id) {
        // Sending reads: whoever answers has seen what was there.
        own = { sent, unreadCount: 0, muted }
        tell(member, own, null)
        for (const id of author.unreadIds) rows.read.push({ id, readAt: now })
        appendNotificationsRead(inboxes, userId, author.unreadIds)
        continue
      }
      const live = { sent, unreadCount: member.unreadCount + 1, muted }
      tell(member, live, muted || !member.messageInApp ? null : newId('ntf'))
    }
    return { kind: 'SENT', live: own }
  }

  /** Begins it; the transaction waits for it. */
  function write(sql: Sql, rows: Record<Written, readonly object[]>): void {
    for (const statement of statements.write) {
      if (statement.takes.every((name) => rows[name].length === 0)) continue
      const values = statement.takes.map((name) => toParameter(db.provider, rows[name]))
      void sql.run(statement, values)
    }
  }
}

/** SHA-256 of the text first sent: what a retry is compared with. */
export const hashOf = (text: string): string => hash('sha256', text, 'base64url')

function toAuthor({ sentId, recentTexts, unreadIds, ...user }: AuthorRow): Author {
  const dated = {
    ...user,
    lastSeenAt: user.lastSeenAt && new Date(user.lastSeenAt),
    createdAt: new Date(user.createdAt),
  }
  return { user: dated, sentId, recentTexts: listOf(recentTexts), unreadIds: listOf(unreadIds) }
}

const toChat = (row: Chat): Chat => ({
  ...row,
  lastActivityAt: new Date(row.lastActivityAt),
  createdAt: new Date(row.createdAt),
})

/** SQLite has JSON, and times, as text. */
const listOf = (value: string[] | string | null): string[] =>
  typeof value === 'string' ? (JSON.parse(value) as string[]) : (value ?? [])
