import type { NotificationFieldsFragment } from '../graphql/generated/graphql.ts'
import { dayKey } from '../ui/times.ts'

/** A notification in its place in the list. */
export type NotificationRow = {
  notification: NotificationFieldsFragment
  /** The first of its day: the day stands above it. */
  day: string | null
  /** The first of its chat, or of the host's news, on that day: what they are about stands above it. */
  startsGroup: boolean
}

/** Notifications by day, and within a day by chat, each in the order given (latest first). The host's news are a group, too. */
export function groupNotifications(notifications: readonly NotificationFieldsFragment[]): NotificationRow[] {
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
  const rows: NotificationRow[] = []
  for (const groups of days.values()) {
    let isFirst = true
    for (const group of groups.values()) {
      for (const [index, notification] of group.entries()) {
        rows.push({
          notification,
          day: isFirst ? notification.createdAt : null,
          startsGroup: index === 0,
        })
        isFirst = false
      }
    }
  }
  return rows
}
