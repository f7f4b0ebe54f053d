import { Prisma } from '../../prisma/generated/postgresql/client/client.ts'
import type { Database } from '../db.ts'
import { endOfDay, lastUtcDays, startOfDay, utcDay } from '../utc-day.ts'

/** What was said in some time. */
export interface Activity {
  messages: number
  /** Chats with a message on that day. */
  activeChats: number
  /** Messages that answer another participant's: the first after one or several in a row by somebody else. */
  answers: number
  /** How long the first of each such row had waited for its answer, all together. */
  waitedMs: number
}

export interface DayActivity extends Activity {
  /** UTC, YYYY-MM-DD. */
  day: string
  /** False while messages of that day are still to be counted, which goes on with every call. */
  isCounted: boolean
}

export interface ActivityService {
  /** The last `count` UTC days, oldest first, today included. */
  lastDays(count: number): Promise<DayActivity[]>
}

type Row = Activity & { day: string; countedTo: Date }

/**
 * A message gets its time before its transaction commits (which may take 30 s), by a clock that may be a little behind ours;
 * what is older than this is all there.
 */
const settleMs = 120_000
/** How many messages one statement counts, at most. */
const maxMessagesPerStep = 20_000
/** How long one call counts, at most, what has come before those two minutes. */
const budgetMs = 1000

/**
 * Messages are counted once. ActivityDay keeps for each day what has been counted, and up to where; a call counts what has
 * come since, a bounded number at a time, newest day first, and adds the last two minutes without keeping them. So a call
 * costs what has been said since the last one, however long the history is.
 */
export function createActivityService({ db, clock }: { db: Database; clock: () => Date }): ActivityService {
  async function count(day: string, from: Date, to: Date): Promise<Activity> {
    const [row] = await db.client.$queryRaw<Record<keyof Activity, number | bigint | null>[]>`
      SELECT COUNT(*) AS "messages",
        SUM(CASE WHEN p."seq" IS NULL OR p."createdAt" < ${startOfDay(day)} THEN 1 ELSE 0 END) AS "activeChats",
        SUM(CASE WHEN p."authorId" <> m."authorId" THEN 1 ELSE 0 END) AS "answers",
        SUM(CASE WHEN p."authorId" <> m."authorId" THEN ${msOf('m."createdAt"')} - (
          SELECT ${msOf('w."createdAt"')} FROM "Message" w WHERE w."chatId" = m."chatId" AND w."seq" = 1 + COALESCE((
            SELECT b."seq" FROM "Message" b
            WHERE b."chatId" = m."chatId" AND b."seq" < m."seq" - 1 AND b."authorId" <> p."authorId"
            ORDER BY b."seq" DESC LIMIT 1), 0)) END) AS "waitedMs"
      FROM "Message" m LEFT JOIN "Message" p ON p."chatId" = m."chatId" AND p."seq" = m."seq" - 1
      WHERE m."createdAt" >= ${from} AND m."createdAt" < ${to}`
    return {
      messages: Number(row?.messages ?? 0),
      activeChats: Number(row?.activeChats ?? 0),
      answers: Number(row?.answers ?? 0),
      waitedMs: Math.round(Number(row?.waitedMs ?? 0)),
    }
  }

  /** Milliseconds since 1970 of a column. */
  const msOf = (column: string) =>
    Prisma.raw(
      db.provider === 'postgresql'
        ? `CAST(EXTRACT(EPOCH FROM ${column}) * 1000 AS DOUBLE PRECISION)`
        : `unixepoch(${column}, 'subsec') * 1000`,
    )

  /** Counts the next messages of a day, up to `to` at most, and keeps the result. */
  async function countOn(row: Row, to: Date): Promise<Row> {
    const beyond = await db.client.message.findFirst({
      where: { createdAt: { gte: row.countedTo, lt: to } },
      orderBy: { createdAt: 'asc' },
      skip: maxMessagesPerStep,
      select: { createdAt: true },
    })
    // A millisecond on, at least: that many messages might have one time.
    const countedTo = beyond ? new Date(Math.max(beyond.createdAt.getTime(), row.countedTo.getTime() + 1)) : to
    const { day } = row
    const next = { day, countedTo, ...sum(row, await count(day, row.countedTo, countedTo)) }
    return db.transaction(async (tx) => {
      // Another instance may have counted the same: then its count stands, and ours is forgotten.
      const kept = await tx.activityDay.updateMany({ where: { day, countedTo: row.countedTo }, data: next })
      if (kept.count > 0) return next
      return (await tx.activityDay.findUnique({ where: { day } })) ?? (await tx.activityDay.create({ data: next }))
    })
  }

  return {
    async lastDays(wanted) {
      const now = clock()
      const settledTo = now.getTime() - settleMs
      const days = lastUtcDays(wanted, now)
      const kept = await db.client.activityDay.findMany({ where: { day: { gte: days[0] ?? '' } } })
      const rows = new Map<string, Row>(kept.map((row) => [row.day, row]))
      const first = await db.client.message.findFirst({ orderBy: { createdAt: 'asc' }, select: { createdAt: true } })
      const firstDay = utcDay(first?.createdAt ?? now)

      const deadline = performance.now() + budgetMs
      const results: DayActivity[] = []
      for (const day of days.reverse()) {
        let row = rows.get(day) ?? { day, countedTo: startOfDay(day), ...nothing }
        const to = new Date(Math.min(endOfDay(day).getTime(), settledTo))
        const isBehind = () => day >= firstDay && row.countedTo < to
        while (isBehind() && performance.now() < deadline) row = await countOn(row, to)
        const isOver = endOfDay(day).getTime() <= settledTo
        const fresh = isOver || isBehind() ? nothing : await count(day, row.countedTo, endOfDay(day))
        results.unshift({ day, isCounted: !isBehind(), ...sum(row, fresh) })
      }
      return results
    },
  }
}

const nothing: Activity = { messages: 0, activeChats: 0, answers: 0, waitedMs: 0 }

const sum = (a: Activity, b: Activity): Activity => ({
  messages: a.messages + b.messages,
  activeChats: a.activeChats + b.activeChats,
  answers: a.answers + b.answers,
  waitedMs: a.waitedMs + b.waitedMs,
})
