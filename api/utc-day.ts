const dayMs = 86_400_000

/** The UTC day of a moment: YYYY-MM-DD, which sorts like time. */
export const utcDay = (at: Date): string => at.toISOString().slice(0, 10)

export const startOfDay = (day: string): Date => new Date(`${day}T00:00:00.000Z`)

/** The first moment that is no more of that day. */
export const endOfDay = (day: string): Date => new Date(startOfDay(day).getTime() + dayMs)

/** The last `count` days, oldest first; the last one is that of `now`. */
export const lastUtcDays = (count: number, now: Date): string[] =>
  Array.from({ length: count }, (_, index) => utcDay(new Date(now.getTime() - (count - 1 - index) * dayMs)))
