import { Prisma } from '../../prisma/generated/postgresql/client/client.ts'
import { createBatcher } from '../batcher.ts'
import type { Database, Transaction } from '../db.ts'
import type { KeyedQueue } from '../keyed-queue.ts'
import { isAmong, rowsAs, type Statement, toParameter } from '../sql.ts'
import type { Bus } from './bus.ts'
import type { Counters, StoredEvent } from './event.ts'
import { type EventRow, fromRow } from './event-rows.ts'
import { type InboxRow, InboxWriter } from './inbox-writer.ts'

/** A write that users hear about: the transaction, and what it appends to their logs. */
export interface Write {
  tx: Transaction
  provider: Database['provider']
  inboxes: InboxWriter
  /** Locks these users' inboxes, in the order that all writers keep, and makes them appendable. */
  lockInboxes(userIds: readonly string[]): Promise<void>
}

/** The ordered log of every user: appended in the transaction that makes the event true, read after a position. */
export interface EventLog {
  /**
   * Runs `work` in one transaction, with retries as `Database.transaction` has them. What it appended is committed with it,
   * and the users' streams are told after the commit.
   *
   * @param chatId the chat it locks, if any: writes of this process to one chat wait for each other here instead of each
   *   holding a connection, so that a busy chat can't use up the pool
   * @throws UNAVAILABLE when its turn doesn't come in time
   */
  write<T>(work: (write: Write) => Promise<T>, chatId?: string): Promise<T>
  /** At most `limit` events after `position`, in order, without holes. */
  readAfter(userId: string, position: number, limit: number): Promise<StoredEvent[]>
  /** Where the log of a user ends, and up to where it has been pruned. */
  extent(userId: string): Promise<Extent>
  /** Where the logs of these users end. */
  positions(userIds: readonly string[]): Promise<{ userId: string; seq: number }[]>
  counters(userId: string): Promise<Counters>
  /** Deletes events before `before`, at most `limit` of them; returns how many. Cursors before them can't be resumed then. */
  prune(before: Date, limit: number): Promise<number>
}

interface Dependencies {
  db: Database
  bus: Bus
  clock: () => Date
  /** One writer of this process to each chat. */
  chatTurns: KeyedQueue
}

/** Of what is asked at the same time: so much in a statement, and so many statements at once. */
const batches = { maxItems: 20, maxRunning: 3 }

interface Page {
  userId: string
  after: number
  /** Bounded by the positions, since there are no holes: whatever the database knows of the table, it reads no more. */
  upTo: number
}

interface Extent {
  seq: number
  prunedSeq: number
}

function logStatements(provider: Database['provider']): { readPages: Statement; readExtents: Statement } {
  const asked = rowsAs(provider, { userId: 'text', after: 'int', upTo: 'int' }, 1)
  const these = `e."userId" = r."userId" AND e."seq" > r."after" AND e."seq" <= r."upTo"`
  return {
    // By the index for each user in turn, whatever the database knows of the table.
    readPages: {
      name: 'readPages',
      text:
        provider === 'postgresql'
          ? `SELECT e.* FROM ${asked}
             CROSS JOIN LATERAL (SELECT * FROM "Event" e WHERE ${these} ORDER BY e."seq" LIMIT r."upTo" - r."after") e
             ORDER BY e."userId", e."seq"`
          : `SELECT e.* FROM ${asked} CROSS JOIN "Event" e WHERE ${these} ORDER BY e."userId", e."seq"`,
    },
    readExtents: {
      name: 'readExtents',
      text: `SELECT i."userId", i."seq", i."prunedSeq" FROM "Inbox" i WHERE ${isAmong(provider, 'i."userId"', 1)}`,
    },
  }
}

export function createEventLog({ db, bus, clock, chatTurns }: Dependencies): EventLog {
  const forUpdate = db.provider === 'postgresql' ? Prisma.sql`FOR UPDATE` : Prisma.empty

  const { readPages, readExtents } = logStatements(db.provider)
  const pages = createBatcher<Page, StoredEvent[]>({
    ...batches,
    // Whose rows are whose is told by the user.
    fits: ({ userId }, others) => others.every((other) => other.userId !== userId),
    async run(asked) {
      const rows = await db.sql.run<EventRow>(readPages, [toParameter(db.provider, asked)])
      const byUser = new Map<string, StoredEvent[]>(asked.map(({ userId }) => [userId, []]))
      for (const row of rows) byUser.get(row.userId)?.push(fromRow(row))
      return asked.map(({ userId }) => byUser.get(userId) ?? [])
    },
  })
  const extents = createBatcher<string, Extent | undefined>({
    ...batches,
    maxItems: 100,
    async run(userIds) {
      const rows = await db.sql.run<Extent & { userId: string }>(readExtents, [JSON.stringify(userIds)])
      const byUser = new Map(rows.map((row) => [row.userId, row]))
      return userIds.map((userId) => byUser.get(userId))
    },
  })

  return {
    async write(work, chatId) {
      const attempt = () =>
        db.transaction(async (tx) => {
          const inboxes = new InboxWriter(clock)
          const result = await work({
            tx,
            provider: db.provider,
            inboxes,
            async lockInboxes(userIds) {
              if (userIds.length === 0) return
              inboxes.adopt(
                await tx.$queryRaw<InboxRow[]>`
                SELECT "userId", "seq", "unreadMessages", "unreadChats", "unreadNotifications" FROM "Inbox"
                WHERE "userId" IN (${Prisma.join([...userIds])}) ORDER BY "userId" ${forUpdate}`,
              )
            },
          })
          return { result, appended: await inboxes.flush(tx, db.provider) }
        })
      const { result, appended } = await (chatId === undefined ? attempt() : chatTurns.run(chatId, attempt))
      bus.publishStored(appended)
      return result
    },

    readAfter: (userId, position, limit) => pages.add({ userId, after: position, upTo: position + limit }),

    async extent(userId) {
      const extent = await extents.add(userId)
      if (!extent) throw new Error('a user has no inbox')
      return extent
    },

    positions: (userIds) =>
      db.client.inbox.findMany({ where: { userId: { in: [...userIds] } }, select: { userId: true, seq: true } }),

    counters: (userId) =>
      db.client.inbox.findUniqueOrThrow({
        where: { userId },
        select: { unreadMessages: true, unreadChats: true, unreadNotifications: true },
      }),

    prune: (before, limit) =>
      db.transaction(async (tx) => {
        const old = await tx.event.findMany({
          where: { at: { lt: before } },
          orderBy: { at: 'asc' },
          take: limit,
          select: { userId: true, seq: true },
        })
        // Per user everything up to the newest of them goes, so that what is left of a log has no holes.
        const upTo = new Map<string, number>()
        for (const { userId, seq } of old) upTo.set(userId, Math.max(seq, upTo.get(userId) ?? 0))
        let deleted = 0
        for (const [userId, seq] of [...upTo].sort(([a], [b]) => (a < b ? -1 : 1))) {
          await tx.inbox.updateMany({ where: { userId, prunedSeq: { lt: seq } }, data: { prunedSeq: seq } })
          deleted += (await tx.event.deleteMany({ where: { userId, seq: { lte: seq } } })).count
        }
        return deleted
      }),
  }
}
