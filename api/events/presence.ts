import type { User } from '../../prisma/generated/postgresql/client/client.ts'
import type { Database } from '../db.ts'
import type { Logger } from '../logger.ts'
import type { PeopleChanges } from '../users/people-changes.ts'
import type { Bus } from './bus.ts'
import { findHearers } from './hearers.ts'

/** Who has an open connection, at any instance. A user goes offline only when the last of them has been gone for a moment. */
export interface Presence {
  isOnline(userId: string): boolean
  /** Open connections of a user, as far as is known of other instances. */
  connections(userId: string): number
  /** Tells the other instances that these people are no longer what they were (name, role, picture). */
  renamed(userIds: readonly string[]): void
  /** A connection of the user was opened; returns what says that it was closed. */
  connected(userId: string): () => void
  close(): Promise<void>
}

/** A reconnect, or a page load, is no going away. */
const graceMs = 4000
/** Changes of so long are told together. */
const gatherMs = 50
/** Fewer than a statement may have parameters, on either database. */
const usersPerStatement = 1000

/**
 * Every instance knows how many connections each user has at every instance, tells the others what changes at itself, and tells
 * its own streams what changes anywhere. So nobody has to be asked, and nobody speaks for another who may be dead.
 */
export function createPresence(deps: {
  db: Database
  bus: Bus
  people: PeopleChanges
  clock: () => Date
  logger: Logger
}): Presence {
  const { db, bus, people, clock, logger } = deps
  const here = new Map<string, { count: number; leaving?: NodeJS.Timeout }>()
  const peers = new Map<string, Map<string, number>>()
  /** Peers that went a moment ago: their users may be coming here. */
  const leavingPeers = new Map<string, NodeJS.Timeout>()
  /** Whom the streams here were last told to be online. */
  const shown = new Set<string>()
  const changed = new Set<string>()
  let gathering: NodeJS.Timeout | undefined
  let telling: Promise<void> = Promise.resolve()

  const quietly = (work: Promise<unknown>): Promise<void> =>
    work.then(
      () => undefined,
      (error: unknown) => logger.warn({ err: error }, 'presence'),
    )

  function isOnline(userId: string): boolean {
    if (here.has(userId)) return true
    for (const counts of peers.values()) if (counts.has(userId)) return true
    return false
  }

  /** Remembers when these were here last. Where the database is away they are gone all the same. */
  async function sawLeave(userIds: readonly string[]): Promise<void> {
    const lastSeenAt = clock()
    for (let start = 0; start < userIds.length; start += usersPerStatement) {
      const some = userIds.slice(start, start + usersPerStatement)
      await quietly(db.client.user.updateMany({ where: { id: { in: some } }, data: { lastSeenAt } }))
    }
  }

  async function readUsers(userIds: readonly string[]): Promise<User[]> {
    const users: User[] = []
    for (let start = 0; start < userIds.length; start += usersPerStatement) {
      const some = userIds.slice(start, start + usersPerStatement)
      users.push(...(await db.client.user.findMany({ where: { id: { in: some } } })))
    }
    return users
  }

  function change(userIds: readonly string[]): void {
    people.add(userIds)
    for (const userId of userIds) changed.add(userId)
    if (changed.size === 0) return
    gathering ??= setTimeout(() => {
      gathering = undefined
      telling = telling.then(() => quietly(tell()))
    }, gatherMs).unref()
  }

  /** Tells the streams here who has come and gone since they were told last. */
  async function tell(): Promise<void> {
    const userIds = [...changed].filter((userId) => isOnline(userId) !== shown.has(userId))
    changed.clear()
    for (const userId of userIds) {
      if (isOnline(userId)) shown.add(userId)
      else shown.delete(userId)
    }
    const at = clock()
    const hearersOf = await findHearers(db, userIds, bus.subscribedUsers())
    // Read once, whoever is told.
    for (const user of await readUsers([...hearersOf.keys()])) {
      bus.tellHere(hearersOf.get(user.id) ?? [], { kind: 'PRESENCE_CHANGED', user, at })
    }
  }

  function tellCount(userId: string): void {
    bus.tellPeers([[userId, here.get(userId)?.count ?? null]])
    change([userId])
  }

  function left(userId: string): void {
    here.delete(userId)
    people.add([userId])
    void sawLeave([userId]).then(() => tellCount(userId))
  }

  function forgetPeer(peer: string): void {
    clearTimeout(leavingPeers.get(peer))
    leavingPeers.delete(peer)
    const users = [...(peers.get(peer)?.keys() ?? [])]
    peers.delete(peer)
    people.add(users)
    const offline = users.filter((userId) => !isOnline(userId))
    // It may have died before it could say when they were here last.
    void sawLeave(offline).then(() => change(offline))
  }

  function apply(peer: string, counts: readonly (readonly [string, number | null])[]): void {
    const known = peers.get(peer) ?? new Map<string, number>()
    peers.set(peer, known)
    for (const [userId, count] of counts) {
      if (count === null) known.delete(userId)
      else known.set(userId, count)
    }
    change(counts.map(([userId]) => userId))
  }

  bus.listenToPeers({
    changed: apply,
    replaced(peer, counts) {
      clearTimeout(leavingPeers.get(peer))
      leavingPeers.delete(peer)
      const before = [...(peers.get(peer)?.keys() ?? [])]
      peers.delete(peer)
      apply(peer, counts)
      change(before)
    },
    gone(peer) {
      if (peers.has(peer)) leavingPeers.set(peer, setTimeout(() => forgetPeer(peer), graceMs).unref())
    },
    all: () => [...here].map(([userId, { count }]) => [userId, count]),
  })

  return {
    isOnline,
    connections(userId) {
      let count = here.get(userId)?.count ?? 0
      for (const counts of peers.values()) count += counts.get(userId) ?? 0
      return count
    },
    renamed(userIds) {
      people.add(userIds)
      bus.tellPeers(userIds.map((userId) => [userId, here.get(userId)?.count ?? null]))
    },
    connected(userId) {
      const own = here.get(userId) ?? { count: 0 }
      here.set(userId, own)
      clearTimeout(own.leaving)
      own.count++
      tellCount(userId)
      let open = true
      return () => {
        if (!open || here.get(userId) !== own) return
        open = false
        own.count--
        if (own.count === 0) own.leaving = setTimeout(() => left(userId), graceMs).unref()
        bus.tellPeers([[userId, own.count]])
      }
    },
    async close() {
      clearTimeout(gathering)
      for (const { leaving } of here.values()) clearTimeout(leaving)
      for (const timer of leavingPeers.values()) clearTimeout(timer)
      const gone = [...here.keys()]
      here.clear()
      await telling
      await sawLeave(gone)
    },
  }
}
