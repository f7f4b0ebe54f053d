import type { IntlShape } from 'react-intl'
import type { RefusalKind } from '../graphql/generated/graphql.ts'
import type { StaffDay } from './use-staff-overview.ts'

const UNITS = [
  ['second', 1000],
  ['minute', 60_000],
  ['hour', 3_600_000],
  ['day', 86_400_000],
] as const

/** "45 с", "12,5 мин", "3 ч", "2 дн.": in the largest unit of which there is at least one and a half. */
export function formatDuration(intl: IntlShape, ms: number): string {
  const [unit, unitMs] = [...UNITS].reverse().find(([, size]) => ms >= 1.5 * size) ?? UNITS[0]
  return intl.formatNumber(ms / unitMs, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: ms / unitMs < 10 ? 1 : 0,
  })
}

/** A UTC day as a reader writes it, whatever zone they are in. */
export const formatUtcDay = (intl: IntlShape, day: string) =>
  intl.formatDate(`${day}T00:00:00Z`, { day: 'numeric', month: 'short', timeZone: 'UTC' })

/** How many texts were refused in these days for each kind of reason, the most frequent first. */
export function refusalsByKind(days: readonly StaffDay[]): { kind: RefusalKind; count: number }[] {
  const counts = new Map<RefusalKind, number>()
  for (const { refusals } of days) {
    for (const { kind, count } of refusals) counts.set(kind, (counts.get(kind) ?? 0) + count)
  }
  return [...counts].map(([kind, count]) => ({ kind, count })).sort((a, b) => b.count - a.count)
}
