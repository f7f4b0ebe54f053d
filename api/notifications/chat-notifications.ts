import type { Write } from '../events/event-log.ts'
import type { InboxWriter } from '../events/inbox-writer.ts'

/** How many ids one NotificationsRead carries: a frame stays small, however much is read at once. */
const idsPerEvent = 500

/**
 * Marks a user's message notifications of a chat as read, up to a `seq` of the chat, and appends NotificationsRead where any
 * changed. The user's inbox must be locked.
 */
export async function readChatNotifications(
  write: Write,
  userId: string,
  chatId: string,
  upToSeq: number,
  readAt: Date,
): Promise<void> {
  if (write.inboxes.counters(userId).unreadNotifications === 0) return
  const read = await write.tx.notification.updateManyAndReturn({
    where: { userId, chatId, readAt: null, hidden: false, messageSeq: { lte: upToSeq } },
    data: { readAt },
    select: { id: true },
  })
  appendNotificationsRead(
    write.inboxes,
    userId,
    read.map(({ id }) => id),
  )
}

/** Appends the event(s) saying that these notifications are now read. */
export function appendNotificationsRead(inboxes: InboxWriter, userId: string, ids: readonly string[]): void {
  for (let start = 0; start < ids.length; start += idsPerEvent) {
    const notificationIds = ids.slice(start, start + idsPerEvent)
    const change = { unreadNotifications: -notificationIds.length }
    inboxes.append(userId, { kind: 'NOTIFICATIONS_READ', notificationIds }, change)
  }
}
