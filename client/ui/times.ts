import type { IntlShape } from 'react-intl'

const dayNumber = (date: Date) => Math.floor((date.getTime() - date.getTimezoneOffset() * 60_000) / 86_400_000)

/** Whether two moments fall on one day in the reader's zone. */
export const isSameDay = (a: string, b: string) => dayNumber(new Date(a)) === dayNumber(new Date(b))

/** The same for all moments of one day in the reader's zone, and for no others. */
export const dayKey = (at: string) => String(dayNumber(new Date(at)))

/** "сегодня", "вчера", "12 октября", "12 октября 2025". */
export function formatDay(intl: IntlShape, at: string, now = new Date()): string {
  const date = new Date(at)
  const daysAgo = dayNumber(now) - dayNumber(date)
  if (daysAgo === 0 || daysAgo === 1) return intl.formatRelativeTime(-daysAgo, 'day', { numeric: 'auto' })
  const isThisYear = date.getFullYear() === now.getFullYear()
  return intl.formatDate(date, { day: 'numeric', month: 'long', ...(isThisYear ? {} : { year: 'numeric' }) })
}

/** The time today, else the day, as short as a list needs it. */
export function formatShort(intl: IntlShape, at: string, now = new Date()): string {
  const date = new Date(at)
  if (dayNumber(now) === dayNumber(date)) return intl.formatTime(date)
  const isThisYear = date.getFullYear() === now.getFullYear()
  return intl.formatDate(date, { day: 'numeric', month: 'short', ...(isThisYear ? {} : { year: 'numeric' }) })
}
