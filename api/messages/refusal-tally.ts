import { Prisma } from '../../prisma/generated/postgresql/client/client.ts'
import type { Database } from '../db.ts'
import type { Logger } from '../logger.ts'
import { utcDay } from '../utc-day.ts'
import { within } from '../within.ts'

/** How many texts were refused, by day and kind: kept in the database, without any of the texts. */
export interface RefusalTally {
  /**
   * Counts one refused text, under each of these kinds (given once each) and under ANY. Never rejects, and waits for the database no longer
   * than a person would notice: a refusal must be answered whatever becomes of its count.
   */
  count(kinds: readonly string[]): Promise<void>
  /** Waits for what is being written. */
  close(): Promise<void>
}

/** The kind that every refused text counts under, once. */
export const anyKind = 'ANY'

const patienceMs = 250

/**
 * One write at a time: what is refused meanwhile goes into the next one, so that a flood of refusals is no flood of writes. A
 * write that fails is logged and its counts are lost; none is ever counted twice.
 */
export function createRefusalTally({
  db,
  clock,
  logger,
}: {
  db: Database
  clock: () => Date
  logger: Logger
}): RefusalTally {
  let pending = new Map<string, { day: string; kind: string; count: number }>()
  let last: Promise<void> = Promise.resolve()
  let next: Promise<void> | null = null

  async function write(): Promise<void> {
    next = null
    // In the order of the key, in which all instances lock the rows.
    const rows = [...pending].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
    pending = new Map()
    const values = Prisma.join(rows.map(({ day, kind, count }) => Prisma.sql`(${day}, ${kind}, ${count})`))
    try {
      await db.transaction(
        (tx) => tx.$executeRaw`
          INSERT INTO "RefusalDay" ("day", "kind", "count") VALUES ${values}
          ON CONFLICT ("day", "kind") DO UPDATE SET "count" = "RefusalDay"."count" + excluded."count"`,
      )
    } catch (error) {
      logger.warn({ err: error }, 'refusals not counted')
    }
  }

  return {
    async count(kinds) {
      const day = utcDay(clock())
      for (const kind of [anyKind, ...kinds]) {
        const key = `${day} ${kind}`
        const row = pending.get(key)
        if (row) row.count++
        else pending.set(key, { day, kind, count: 1 })
      }
      if (!next) {
        next = last.then(write)
        last = next
      }
      await within(patienceMs, next)
    },
    close: () => last,
  }
}
