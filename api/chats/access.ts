import type { Database } from '../db.ts'
import { forbidden } from '../errors.ts'
import { isId } from '../ids.ts'

/** The one place that decides who may see a chat: its participants, as long as they are. */
export interface ChatAccess {
  /** @throws FORBIDDEN alike for a chat that isn't the user's, doesn't exist, or whose id can't be one */
  requireParticipant(userId: string, chatId: string): Promise<void>
  /** Those of the chats that the user takes part in. */
  memberOf(userId: string, chatIds: readonly string[]): Promise<ReadonlySet<string>>
}

export function createChatAccess(db: Database): ChatAccess {
  return {
    async requireParticipant(userId, chatId) {
      const found = isId('chat', chatId)
        ? await db.client.participant.findUnique({
            where: { chatId_userId: { chatId, userId }, leftAt: null },
            select: { chatId: true },
          })
        : null
      if (!found) throw forbidden()
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
