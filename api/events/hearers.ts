import { Prisma } from '../../prisma/generated/postgresql/client/client.ts'
import type { Database } from '../db.ts'

/** Of users in large chats not everybody is told; who looks sees it all the same. */
const maxHearersPerUser = 100
const usersPerStatement = 20

/** For each of these users, those of `listening` who share a chat with them now. */
export async function findHearers(
  db: Database,
  userIds: readonly string[],
  listening: readonly string[],
): Promise<Map<string, string[]>> {
  const listens = new Set(listening)
  const hearers = new Map<string, string[]>()
  if (listens.size === 0) return hearers
  for (let start = 0; start < userIds.length; start += usersPerStatement) {
    const some = userIds.slice(start, start + usersPerStatement)
    const rows = await db.client.$queryRaw<{ userId: string; hearerId: string }[]>`
      SELECT DISTINCT p."userId", h."userId" AS "hearerId"
      FROM "Participant" p
      JOIN "Participant" h ON h."chatId" = p."chatId" AND h."leftAt" IS NULL AND h."userId" <> p."userId"
      WHERE p."userId" IN (${Prisma.join([...some])}) AND p."leftAt" IS NULL
      LIMIT ${maxHearersPerUser * some.length}`
    for (const { userId, hearerId } of rows) {
      if (!listens.has(hearerId)) continue
      const known = hearers.get(userId)
      if (known) known.push(hearerId)
      else hearers.set(userId, [hearerId])
    }
  }
  return hearers
}
