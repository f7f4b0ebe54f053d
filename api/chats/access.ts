import { createBatcher } from '../batcher.ts'
import type { Database } from '../db.ts'
import { forbidden } from '../errors.ts'
import { toId } from '../ids.ts'
import { rowsAs, type Statement, toParameter } from '../sql.ts'

/**
 * The one place that decides who may see a chat: its participants, as long as they are. Writes ask it before they wait for
 * the chat or lock it, so that nobody else can hold a chat up, or learn from the wait that it is busy.
 */
export interface ChatAccess {
  /** @throws FORBIDDEN alike, after the same statement, for a chat that isn't the user's, doesn't exist, or can't */
  requireParticipant(userId: string, chatId: string): Promise<void>
  /**
   * Whether two people take part in a chat together. Takes as long as the asking user has chats, however many the other one
   * has, and whether there is such a person at all.
   */
  shareChat(userId: string, otherId: string): Promise<boolean>
  /** Those of the chats that the user takes part in. */
  memberOf(userId: string, chatIds: readonly string[]): Promise<ReadonlySet<string>>
}

interface Place {
  chatId: string
  userId: string
}

/** Of what is asked at the same time: so many in a statement, and so many statements at once. */
const batches = { maxItems: 100, maxRunning: 3 }

export function createChatAccess(db: Database): ChatAccess {
  /** $1: places. Those that are there. */
  const findPlaces: Statement = {
    name: 'findPlaces',
    // By the index for each in turn, whatever the database knows of the table.
    text: `SELECT r."chatId", r."userId" FROM ${rowsAs(db.provider, { chatId: 'text', userId: 'text' }, 1)}
      WHERE (SELECT p."leftAt" IS NULL FROM "Participant" p WHERE p."chatId" = r."chatId" AND p."userId" = r."userId")`,
  }
  const keyOf = ({ chatId, userId }: Place) => `${chatId} ${userId}`
  const places = createBatcher<Place, boolean>({
    ...batches,
    async run(asked) {
      const found = await db.sql.run<Place>(findPlaces, [toParameter(db.provider, asked)])
      const keys = new Set(found.map(keyOf))
      return asked.map((place) => keys.has(keyOf(place)))
    },
  })

  return {
    async requireParticipant(userId, chatId) {
      if (!(await places.add({ chatId: toId('chat', chatId), userId }))) throw forbidden()
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
      const there = await Promise.all(chatIds.map((chatId) => places.add({ chatId, userId })))
      return new Set(chatIds.filter((_chatId, index) => there[index]))
    },
  }
}
