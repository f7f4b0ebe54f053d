import type { NotificationFieldsFragment } from '../graphql/generated/graphql.ts'
import { dayKey, isSameDay } from '../ui/times.ts'

/** A notification in its place in the list. */
export type NotificationRow = {
  notification: NotificationFieldsFragment
  /** The first of its day: the day stands above it. */
  day: string | null
  /** The first of its chat, or of the host's news, on that day: what they are about stands above it. */
  startsGroup: boolean
}

const NOWHERE: ReadonlySet<string> = new Set()

/**
 * Notifications by day, and within a day by chat, each in the order given (latest first). The host's news are a group, too.
 * What comes after one of `closedAfter` (ids) is grouped by itself: it moves nothing before it.
 */
export function groupNotifications(
  notifications: readonly NotificationFieldsFragment[],
  closedAfter = NOWHERE,
): NotificationRow[] {
  const rows: NotificationRow[] = []
  let from = 0
  for (const [index, { id }] of notifications.entries()) {
    if (index < notifications.length - 1 && !closedAfter.has(id)) continue
    addGroups(rows, notifications.slice(from, index + 1))
    from = index + 1
  }
  return rows
}

function addGroups(rows: NotificationRow[], notifications: readonly NotificationFieldsFragment[]) {
  const days = new Map<string, Map<string, NotificationFieldsFragment[]>>()
  for (const notification of notifications) {
    const day = dayKey(notification.createdAt)
    const groups = days.get(day) ?? new Map<string, NotificationFieldsFragment[]>()
    days.set(day, groups)
    const group = notification.chat?.id ?? ''
    const others = groups.get(group)
    if (others) others.push(notification)
    else groups.set(group, [notification])
  }
  let previous = rows.at(-1)?.notification
  for (const groups of days.values()) {
    for (const group of groups.values()) {
      for (const notification of group) {
        const isNewDay = !previous || !isSameDay(previous.createdAt, notification.createdAt)
        rows.push({
          notification,
          day: isNewDay ? notification.createdAt : null,
          startsGroup: isNewDay || previous?.chat?.id !== notification.chat?.id,
        })
        previous = notification
      }
    }
  }
}
