import type { Database } from '../db.ts'
import type { Logger } from '../logger.ts'
import type { UserService } from '../users/user.service.ts'
import type { Bus } from './bus.ts'

/** Who has a connection open. A user goes offline only when the last of their connections has been gone for a moment. */
export interface Presence {
  isOnline(userId: string): boolean
  /** A connection of the user was opened; returns what says that it was closed. */
  connected(userId: string): () => void
  close(): Promise<void>
}

/** A reconnect, or a page load, is no going away. */
const graceMs = 4000
/** Who hears of a user's presence: people they share a chat with, at most so many. */
const maxHearers = 500

export function createPresence(deps: {
  db: Database
  bus: Bus
  users: UserService
  clock: () => Date
  logger: Logger
}): Presence {
  const { db, bus, users, clock, logger } = deps
  const connections = new Map<string, number>()
  const leaving = new Map<string, NodeJS.Timeout>()

  async function tell(userId: string): Promise<void> {
    const hearers = await db.client.participant.findMany({
      where: { leftAt: null, userId: { not: userId }, chat: { participants: { some: { userId, leftAt: null } } } },
      distinct: ['userId'],
      select: { userId: true },
      take: maxHearers,
    })
    bus.publishTransient(
      hearers.map((hearer) => hearer.userId),
      { kind: 'PRESENCE_CHANGED', userId, at: clock() },
    )
  }

  const quietly = (work: Promise<void>) => work.catch((error: unknown) => logger.warn({ err: error }, 'presence'))

  function left(userId: string): void {
    leaving.delete(userId)
    connections.delete(userId)
    void quietly(users.seen(userId, clock()).then(() => tell(userId)))
  }

  return {
    isOnline: (userId) => connections.has(userId),
    connected(userId) {
      clearTimeout(leaving.get(userId))
      leaving.delete(userId)
      const before = connections.get(userId)
      connections.set(userId, (before ?? 0) + 1)
      if (before === undefined) void quietly(tell(userId))
      let open = true
      return () => {
        if (!open) return
        open = false
        const rest = (connections.get(userId) ?? 1) - 1
        connections.set(userId, rest)
        if (rest === 0) leaving.set(userId, setTimeout(() => left(userId), graceMs).unref())
      }
    },
    async close() {
      const gone = [...connections.keys()]
      for (const timer of leaving.values()) clearTimeout(timer)
      leaving.clear()
      connections.clear()
      const at = clock()
      if (gone.length > 0) {
        await quietly(
          db.client.user.updateMany({ where: { id: { in: gone } }, data: { lastSeenAt: at } }).then(() => undefined),
        )
      }
    },
  }
}
