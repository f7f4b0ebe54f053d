import type { UserRole } from '../../prisma/generated/postgresql/client/client.ts'
import type { Database } from '../db.ts'
import { badUserInput, forbidden } from '../errors.ts'
import { anyKind } from '../messages/refusal-tally.ts'
import { lastUtcDays } from '../utc-day.ts'
import type { ActivityService, DayActivity } from './activity.service.ts'

export interface RefusalCount {
  kind: string
  count: number
}

/** What people of one role have not read, by their own counters: muted chats are left out. */
export interface Unread {
  role: UserRole
  messages: number
  /** Who has such messages. */
  people: number
}

export interface StaffDay extends DayActivity {
  /** Texts that were refused. */
  refused: number
  refusals: RefusalCount[]
}

/** How the marketplace does: figures alone, nothing of what anybody wrote. */
export interface StaffOverview {
  asOf: Date
  /** Oldest first; today is the last one. */
  days: StaffDay[]
  unread: Unread[]
}

export interface StaffService {
  /**
   * The last `days` days, at most some seconds old.
   *
   * @throws FORBIDDEN for a user whose role isn't STAFF by now, whatever the token in hand said once: roles follow the newest;
   *   BAD_USER_INPUT for less than 1 or more than 90 days
   */
  overview(userId: string, days: number): Promise<StaffOverview>
}

const maxDays = 90
/** How long figures are good for, at least. */
const minFreshMs = 5000
/** Figures that took long to make are good for so many times as long: making them takes no more than a twentieth of the time. */
const restFactor = 20

/** One set of figures for all who look, made anew when somebody looks and it is too old. */
export function createStaffService({
  db,
  activity,
  clock,
}: {
  db: Database
  activity: ActivityService
  clock: () => Date
}): StaffService {
  let current: { overview: Promise<StaffOverview>; madeAt: Date; freshMs: number } | null = null

  async function make(): Promise<StaffOverview> {
    const asOf = clock()
    const [days, refusals, unread] = [
      await activity.lastDays(maxDays),
      await db.client.refusalDay.findMany({ where: { day: { gte: lastUtcDays(maxDays, asOf)[0] ?? '' } } }),
      await countUnread(db),
    ]
    return {
      asOf,
      unread,
      days: days.map((day) => {
        const ofDay = refusals.filter((row) => row.day === day.day)
        return {
          ...day,
          refused: ofDay.find(({ kind }) => kind === anyKind)?.count ?? 0,
          refusals: ofDay.filter(({ kind }) => kind !== anyKind),
        }
      }),
    }
  }

  /** The figures there are, or new ones; whoever asks while they are made waits for the same. */
  function figures(): Promise<StaffOverview> {
    const madeAt = clock()
    const ageMs = current ? madeAt.getTime() - current.madeAt.getTime() : 0
    if (current && ageMs >= 0 && ageMs < current.freshMs) return current.overview
    const made = { overview: make(), madeAt, freshMs: Number.POSITIVE_INFINITY }
    current = made
    const startedMs = performance.now()
    made.overview.then(
      () => {
        made.freshMs = Math.max(minFreshMs, (performance.now() - startedMs) * restFactor)
      },
      () => {
        current = null
      },
    )
    return made.overview
  }

  return {
    async overview(userId, days) {
      const { role } = await db.client.user.findUniqueOrThrow({ where: { id: userId }, select: { role: true } })
      if (role !== 'STAFF') throw forbidden()
      if (days < 1 || days > maxDays) throw badUserInput(`days must be 1 to ${maxDays}`)
      const overview = await figures()
      return { ...overview, days: overview.days.slice(-days) }
    },
  }
}

async function countUnread(db: Database): Promise<Unread[]> {
  const rows = await db.client.$queryRaw<{ role: UserRole; messages: number | bigint; people: number | bigint }[]>`
    SELECT u."role" AS "role", SUM(i."unreadMessages") AS "messages", COUNT(*) AS "people"
    FROM "Inbox" i JOIN "User" u ON u."id" = i."userId" WHERE i."unreadMessages" > 0 GROUP BY u."role"`
  return rows.map(({ role, messages, people }) => ({ role, messages: Number(messages), people: Number(people) }))
}
