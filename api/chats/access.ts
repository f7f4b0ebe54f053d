import type { Database } from '../db.ts'
import { forbidden } from '../errors.ts'
import { toId } from '../ids.ts'

/**
 * The one place that decides who may see a chat: its participants, as long as they are. Writes ask it before they wait for
 * the chat or lock it, so that nobody else can hold a chat up, or learn from the wait that it is busy.
 */
export interface ChatAccess {
  /** @throws FORBIDDEN alike, after the same one statement, for a chat that isn't the user's, doesn't exist, or can't */
  requireParticipant(userId: string, chatId: string): Promise<void>
  /**
   * Whether two people take part in a chat together. Takes as long as the asking user has chats, however many the other one
   * has, and whether there is such a person at all.
   */
  shareChat(userId: string, otherId: string): Promise<boolean>
  /** Those of the chats that the user takes part in. */
  memberOf(userId: string, chatIds: readonly string[]): Promise<ReadonlySet<string>>
}

export function createChatAccess(db: Database): ChatAccess {
  return {
    async requireParticipant(userId, chatId) {
      const found = await db.client.participant.findUnique({
        where: { chatId_userId: { chatId: toId('chat', chatId), userId }, leftAt: null },
        select: { chatId: true },
      })
      if (!found) throw forbidden()
    },
    async shareChat(userId, otherId) {
      // A scalar subquery, which both databases ask once for each of the user's chats: a join could begin with the other's.
      const rows = await db.client.$queryRaw<unknown[]>`
        SELECT 1 FROM "Participant" p
        WHERE p."userId" = ${userId} AND p."leftAt" IS NULL
          AND (SELECT o."leftAt" IS NULL FROM "Participant" o WHERE o."chatId" = p."chatId" AND o."userId" = ${otherId})
        LIMIT 1`
      return rows.length > 0
    },
    async memberOf(userId, chatIds) {
      const rows = await db.client.participant.findMany({
        where: { userId, chatId: { in: [...chatIds] }, leftAt: null },
        select: { chatId: true },
      })
      return new Set(rows.map((row) => row.chatId))
    },
  }
}
