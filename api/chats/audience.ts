import { Prisma } from '../../prisma/generated/postgresql/client/client.ts'
import type { Transaction } from '../db.ts'
import { forbidden } from '../errors.ts'
import type { Counters } from '../events/event.ts'
import type { Write } from '../events/event-log.ts'
import type { InboxRow } from '../events/inbox-writer.ts'
import { toId } from '../ids.ts'

/** A participant as a write to the chat needs to know them. */
export interface Member {
  userId: string
  /** As it is now: a viewer's token may be older than the newest one. */
  name: string
  lastReadSeq: number
  unreadCount: number
  muted: boolean
  /** Whether messages make notifications for them at all. */
  messageInApp: boolean
}

/** A chat that this transaction has locked, with everybody who will hear of the write. */
export interface LockedChat {
  id: string
  lastSeq: number
  members: ReadonlyMap<string, Member>
}

/**
 * Locks a chat and the inboxes of its participants. Every write to a chat begins so: chat first, then inboxes in the order of
 * user ids, which is why such writes can't deadlock, and why what is read here stays true until the commit.
 *
 * @param asUser who writes and must take part; null: the host
 * @throws FORBIDDEN where there is no such chat, or the user doesn't take part in it
 */
export async function lockChat(write: Write, chatId: string, asUser: string | null): Promise<LockedChat> {
  const { lastSeq } = await lockChatRow(write, chatId)
  const isThis = write.provider === 'postgresql' ? 'p."chatId" = $1' : 'p."chatId" = ?1'
  const rows = await write.tx.$queryRawUnsafe<(InboxRow & MemberRow)[]>(lockMembers(write.provider, isThis), chatId)
  const members = new Map(rows.map((row) => [row.userId, toMember(row)]))
  if (asUser !== null && !members.has(asUser)) throw forbidden()
  write.inboxes.adopt(rows)
  return { id: chatId, lastSeq, members }
}

/**
 * The statement for the participants of locked chats, each with their inbox, which it locks in the order that all writers keep.
 *
 * @param isTheirs the condition on `p."chatId"`
 */
export const lockMembers = (provider: Write['provider'], isTheirs: string): string => `
  SELECT p."chatId", p."userId", u."name", p."lastReadSeq", s."unreadCount", s."muted", n."messageInApp",
         i."seq", i."unreadMessages", i."unreadChats", i."unreadNotifications"
  FROM "Participant" p
  JOIN "ChatState" s ON s."chatId" = p."chatId" AND s."userId" = p."userId"
  JOIN "Inbox" i ON i."userId" = p."userId"
  JOIN "User" u ON u."id" = p."userId"
  LEFT JOIN "NotificationSettings" n ON n."userId" = p."userId"
  WHERE ${isTheirs} AND p."leftAt" IS NULL
  ORDER BY p."userId" ${provider === 'postgresql' ? 'FOR UPDATE OF i' : ''}`

/** The first half of `lockChat`, for who adds a participant in between. @throws FORBIDDEN where there is no such chat */
export async function lockChatRow(write: Write, chatId: string): Promise<{ lastSeq: number }> {
  const [chat] = await write.tx.$queryRaw<{ lastSeq: number }[]>`
    SELECT "lastSeq" FROM "Chat" WHERE "id" = ${toId('chat', chatId)} ${write.provider === 'postgresql' ? Prisma.sql`FOR UPDATE` : Prisma.empty}`
  if (!chat) throw forbidden()
  return chat
}

/** What a change of a member's unread messages in this chat does to their counters; a muted chat counts in neither. */
export function unreadChange(member: Member, unreadAfter: number): Partial<Counters> {
  if (member.muted) return {}
  return {
    unreadMessages: unreadAfter - member.unreadCount,
    unreadChats: Number(unreadAfter > 0) - Number(member.unreadCount > 0),
  }
}

// SQLite has no booleans of its own.
export interface MemberRow {
  name: string
  lastReadSeq: number
  unreadCount: number
  muted: boolean | number
  messageInApp: boolean | number | null
}

export const toMember = ({
  userId,
  name,
  lastReadSeq,
  unreadCount,
  muted,
  messageInApp,
}: MemberRow & { userId: string }): Member => ({
  userId,
  name,
  lastReadSeq,
  unreadCount,
  muted: Boolean(muted),
  messageInApp: messageInApp === null || Boolean(messageInApp),
})

/** The user's unread messages after `lastReadSeq`: by others, and not deleted. */
export const countUnread = async (
  tx: Transaction,
  chat: Pick<LockedChat, 'id' | 'lastSeq'>,
  userId: string,
  lastReadSeq: number,
): Promise<number> =>
  lastReadSeq >= chat.lastSeq
    ? 0
    : tx.message.count({
        where: { chatId: chat.id, seq: { gt: lastReadSeq }, authorId: { not: userId }, deletedAt: null },
      })
