import type { MessageCounts } from './check-messages.ts'
import type { StreamCounts } from './check-streams.ts'
import type { TimeCounts } from './check-times.ts'
import { groupBy } from './grouping.ts'
import type { History } from './history.ts'

export interface Report {
  history: History
  messages: MessageCounts
  streams: StreamCounts
  replayed: number
  times: TimeCounts
  /** Log lines of level error and above, by message. */
  failures: Map<string, number>
  violations: string[]
}

const shownViolations = 25

/** The report as lines for people. */
export function describe({ history, messages, streams, replayed, times, failures, violations }: Report): string[] {
  const broken = groupBy(history.faults, ({ name }) => name)
  const outcomes = groupBy(
    history.messages.flatMap(({ attempts }) => attempts),
    ({ outcome }) => outcome,
  )
  return [
    'Broken:',
    ...[...broken].map(([name, list]) => `  ${String(list.length).padStart(4)}  ${name}`),
    'Messages:',
    `  ${messages.wanted} sent in ${messages.attempts} tries (${[...outcomes].map(([outcome, list]) => `${list.length} ${outcome}`).join(', ')})`,
    `  ${messages.acknowledged} acknowledged, ${messages.lost} lost, ${messages.doubled} doubled, ${messages.misordered} misordered`,
    'Streams:',
    `  ${streams.listeners} subscribers over ${streams.connections} connections, ${streams.arrived} events`,
    `  ${streams.missed} missed, ${streams.repeated} repeated, ${streams.misordered} misordered; ${streams.withheld} withheld from people who had been removed`,
    `  ${replayed} events replayed for their counters`,
    'Acknowledgement to arrival at a connected subscriber, by what was broken then or 3 s before:',
    ...Object.entries(times.gaps).map(
      ([kind, { count, longestMs, p99Ms }]) =>
        `  ${kind.padEnd(9)} ${String(count).padStart(7)} deliveries, p99 ${p99Ms} ms, longest ${longestMs} ms`,
    ),
    'Times:',
    `  longest of ${times.answersInOutage} answers while PostgreSQL was away: ${times.longestAnswerMs} ms`,
    `  longest of ${history.recoveries.length} times to the first write after its return: ${times.longestRecoveryMs} ms`,
    `  longest of ${history.shutdowns.length} ends after SIGTERM: ${times.longestShutdownMs} ms`,
    `  longest of ${times.expired} lives of a connection after its token: ${times.longestExpiryMs} ms`,
    ...(failures.size > 0 ? ['Errors in the logs:'] : []),
    ...[...failures].map(([message, count]) => `  ${String(count).padStart(4)}  ${message}`),
    violations.length === 0 ? 'No promise was broken.' : `${violations.length} violations:`,
    ...violations.slice(0, shownViolations).map((violation) => `  ${violation}`),
  ]
}

/** Counts what the instances logged as errors. */
export function countFailures(lines: readonly Record<string, any>[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const line of lines) {
    const cause = String(line.err?.message ?? '')
      .replaceAll(/\s+/g, ' ')
      .slice(-160)
    const key = `${line.msg ?? line.message ?? ''} ${cause}`.trim()
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}
