import type { CursorPart } from '../cursor.ts'
import type { Database } from '../db.ts'
import type { Page } from '../paging.ts'
import type { Source } from '../rows/rows.ts'
import { isAmong, timeAsParameter } from '../sql.ts'

type Provider = Database['provider']

/**
 * The chats that a user takes part in now, between the cursors of a page, latest activity first; from its end where it is read so.
 *
 * @param among left out: all
 */
export function chatsOf(
  provider: Provider,
  userId: string,
  { after, before, fromEnd }: Omit<Page, 'limit'>,
  among?: readonly string[],
): Source {
  const values: unknown[] = [userId]
  /** Behind (<) or before (>) a cursor, by activity and then by id. */
  const beyond = ([atMs, id]: readonly CursorPart[], side: '<' | '>') => {
    const place = values.push(timeAsParameter(provider, new Date(Number(atMs))), String(id))
    return ` AND (t."lastActivityAt", t."id") ${side} ($${place - 1}, $${place})`
  }
  const older = after ? beyond(after, '<') : ''
  const newer = before ? beyond(before, '>') : ''
  const these = among ? ` AND ${isAmong(provider, 't."id"', values.push(JSON.stringify(among)))}` : ''
  const order = fromEnd ? 'ASC' : 'DESC'
  return {
    from: `"Participant" mine JOIN "Chat" t ON t."id" = mine."chatId"
      WHERE mine."userId" = $1 AND mine."leftAt" IS NULL${older}${newer}${these}
      ORDER BY t."lastActivityAt" ${order}, t."id" ${order}`,
    values,
  }
}
