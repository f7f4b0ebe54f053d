import type { FaultArea, History, ListenerRecord, Session } from './history.ts'
import type { Snapshot } from './snapshot.ts'

/** What was promised in milliseconds (docs/reliability.md), and what a busy machine may add to it. */
export interface TimeLimits {
  deliveryMs: number
  answerMs: number
  recoveryMs: number
  shutdownMs: number
  /** From the expiry of a token to the end of its connection. */
  expiryMs: number
}

export const timeLimits = (slackMs: number): TimeLimits => ({
  deliveryMs: 2000 + slackMs,
  answerMs: 5000 + slackMs,
  recoveryMs: 10_000 + slackMs,
  shutdownMs: 10_000 + slackMs,
  expiryMs: 1000 + slackMs,
})

/** From an acknowledgement to the arrival at a connected subscriber, by what was broken meanwhile. */
export type GapKind = 'nothing' | FaultArea

export interface TimeCounts {
  gaps: Record<GapKind, { count: number; longestMs: number; p99Ms: number }>
  /** The longest time to any answer of instances that ran, while PostgreSQL was away. */
  longestAnswerMs: number
  answersInOutage: number
  longestRecoveryMs: number
  longestShutdownMs: number
  /** Connections that outlived their token, by at most so much. */
  expired: number
  longestExpiryMs: number
}

/** How long after a fault its consequences are still counted as its own. */
const aftermathMs = 3000

export function checkTimes(history: History, snapshot: Snapshot, limits: TimeLimits, violations: string[]): TimeCounts {
  const outages = history.faults.filter(({ outage }) => outage)
  const attempts = history.messages.flatMap((message) => message.attempts)
  const inOutage = attempts.filter(
    ({ instance, startedAt, endedAt, outcome }) =>
      outcome !== 'lost' &&
      outages.some(({ from, to }) => startedAt < to && endedAt > from) &&
      !history.faults.some(({ target, from, to }) => target === instance && startedAt < to && endedAt > from),
  )
  const expiries = expiriesOf(history)
  const counts: TimeCounts = {
    gaps: gapsOf(history, snapshot),
    longestAnswerMs: longest(inOutage.map(({ startedAt, endedAt }) => endedAt - startedAt)),
    answersInOutage: inOutage.length,
    longestRecoveryMs: longest(history.recoveries.map(({ ms }) => ms)),
    longestShutdownMs: longest(history.shutdowns.map(({ ms }) => ms)),
    expired: expiries.length,
    longestExpiryMs: longest(expiries),
  }
  const check = (what: string, ms: number, limitMs: number) => {
    if (ms > limitMs) violations.push(`${what}: ${ms} ms, more than ${limitMs} ms`)
  }
  check('delivery with nothing broken', counts.gaps.nothing.longestMs, limits.deliveryMs)
  check('delivery while Redis is away', counts.gaps.redis.longestMs, limits.deliveryMs)
  check('an answer while PostgreSQL is away', counts.longestAnswerMs, limits.answerMs)
  check('writing after the return of PostgreSQL', counts.longestRecoveryMs, limits.recoveryMs)
  check('a connection after its token expired', counts.longestExpiryMs, limits.expiryMs)
  check('the end after SIGTERM', counts.longestShutdownMs, limits.shutdownMs)
  for (const { exitCode, duringDatabaseOutage } of history.shutdowns) {
    if (exitCode !== 0 && !duringDatabaseOutage) violations.push(`SIGTERM ended with code ${exitCode}`)
  }
  return counts
}

const longest = (values: readonly number[]): number => values.reduce((max, value) => Math.max(max, value), 0)

/** How much longer connections lived than their tokens, where neither they nor their instance were frozen or ended by others. */
function expiriesOf({ listeners, faults }: History): number[] {
  const disturbed = ({ instance, frozen }: Session, from: number, to: number) =>
    [...frozen, ...faults.filter(({ target }) => target === instance)].some(
      (period) => period.from < to && period.to > from - aftermathMs,
    )
  return listeners
    .flatMap(({ sessions }) => sessions)
    .flatMap((session) => {
      const { expiresAt, endedAt } = session
      const outlived = expiresAt !== null && endedAt !== null && endedAt >= expiresAt
      return outlived && !disturbed(session, expiresAt, endedAt) ? [endedAt - expiresAt] : []
    })
}

/** For every message at every subscriber: how long after its acknowledgement, or after the stream was ready, it came. */
function gapsOf(history: History, snapshot: Snapshot): TimeCounts['gaps'] {
  const acknowledgedAt = new Map(
    history.messages.flatMap(({ acknowledgements: [first] }) => (first ? [[first.id, first.at] as const] : [])),
  )
  const notifiedOf = new Map(
    snapshot.notifications.map(({ id, chatId, messageSeq }) => [id, `${chatId} ${messageSeq}`]),
  )
  const messageAt = new Map(snapshot.messages.map(({ id, chatId, seq }) => [`${chatId} ${seq}`, id]))
  const found: Record<GapKind, number[]> = { nothing: [], instance: [], redis: [], database: [], client: [] }

  for (const listener of history.listeners) {
    for (const [session, arrivals] of bySession(listener)) {
      for (const { type, subject, at } of arrivals) {
        const messageId = type === 'NotificationAdded' ? messageAt.get(notifiedOf.get(subject) ?? '') : subject
        const ackAt =
          type === 'MessageAdded' || type === 'NotificationAdded' ? acknowledgedAt.get(messageId ?? '') : null
        if (ackAt === null || ackAt === undefined) continue
        const from = Math.max(ackAt, session.readyAt)
        found[kindOf(history, session, from, at)].push(Math.max(0, at - from))
      }
    }
  }
  const summary = (values: number[]) => {
    const sorted = values.toSorted((a, b) => a - b)
    return { count: sorted.length, longestMs: sorted.at(-1) ?? 0, p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? 0 }
  }
  return {
    nothing: summary(found.nothing),
    redis: summary(found.redis),
    database: summary(found.database),
    instance: summary(found.instance),
    client: summary(found.client),
  }
}

function* bySession({ sessions, arrivals }: ListenerRecord): Generator<[Session, ListenerRecord['arrivals']]> {
  for (const [index, session] of sessions.entries()) {
    yield [session, arrivals.slice(session.firstArrival, sessions[index + 1]?.firstArrival)]
  }
}

/** What a delay is to be blamed on: the worst thing that was broken meanwhile, or shortly before. */
function kindOf(history: History, session: Session, from: number, to: number): GapKind {
  if (session.frozen.some((period) => period.from < to && period.to > from - aftermathMs)) return 'client'
  const areas = new Set(
    history.faults
      .filter((fault) => fault.area !== 'client' && fault.from < to && fault.to > from - aftermathMs)
      .map(({ area }) => area),
  )
  return areas.has('database')
    ? 'database'
    : areas.has('instance')
      ? 'instance'
      : areas.has('redis')
        ? 'redis'
        : 'nothing'
}
