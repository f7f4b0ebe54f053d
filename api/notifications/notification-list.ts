import type { Page } from '../paging.ts'
import type { Source } from '../rows/rows.ts'

/** A user's notifications between the cursors of a page, latest first; from its end where it is read so. */
export function notificationsOf(userId: string, { after, before, fromEnd }: Page, unreadOnly: boolean): Source {
  const values: unknown[] = [userId]
  const older = after ? ` AND t."seq" < $${values.push(Number(after[0]))}` : ''
  const newer = before ? ` AND t."seq" > $${values.push(Number(before[0]))}` : ''
  const unread = unreadOnly ? ' AND t."readAt" IS NULL' : ''
  return {
    from: `"Notification" t WHERE t."userId" = $1 AND NOT t."hidden"${unread}${older}${newer}
      ORDER BY t."seq" ${fromEnd ? 'ASC' : 'DESC'}`,
    values,
  }
}
