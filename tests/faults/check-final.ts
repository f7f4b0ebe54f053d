import { groupBy } from './grouping.ts'
import type { Snapshot } from './snapshot.ts'

const keyOf = ({ chatId, userId }: { chatId: string; userId: string }) => `${chatId} ${userId}`

/**
 * The state that is left, counted anew from messages, participants and notifications: unread counts, counters, and logs whose
 * `seq` are 1, 2, 3 … up to the inbox.
 */
export function checkFinalState(snapshot: Snapshot, violations: string[]): void {
  const messagesOf = groupBy(snapshot.messages, ({ chatId }) => chatId)
  const stateOf = new Map(snapshot.states.map((state) => [keyOf(state), state]))
  const participationsOf = groupBy(
    snapshot.participants.filter(({ left }) => !left),
    ({ userId }) => userId,
  )
  const notificationsOf = groupBy(snapshot.notifications, ({ userId }) => userId)
  const logOf = groupBy(snapshot.events, ({ userId }) => userId)

  for (const inbox of snapshot.inboxes) {
    const { userId } = inbox
    let [unreadMessages, unreadChats] = [0, 0]
    for (const participant of participationsOf.get(userId) ?? []) {
      const unread = (messagesOf.get(participant.chatId) ?? []).filter(
        ({ seq, authorId, deleted }) => seq > participant.lastReadSeq && authorId !== userId && !deleted,
      ).length
      const state = stateOf.get(keyOf(participant))
      if (state?.unreadCount !== unread) {
        violations.push(`${keyOf(participant)}: unreadCount is ${state?.unreadCount}, ${unread} are unread`)
      }
      if (state?.muted) continue
      unreadMessages += unread
      unreadChats += Number(unread > 0)
    }
    const own = notificationsOf.get(userId) ?? []
    const unreadNotifications = own.filter(({ read, hidden }) => !read && !hidden).length
    for (const [name, counted] of Object.entries({ unreadMessages, unreadChats, unreadNotifications })) {
      const stored = inbox[name as 'unreadMessages' | 'unreadChats' | 'unreadNotifications']
      if (stored !== counted) violations.push(`${userId}: ${name} is ${stored}, counted are ${counted}`)
    }

    const log = logOf.get(userId) ?? []
    if (log.length !== inbox.seq || log.some(({ seq }, index) => seq !== index + 1)) {
      violations.push(
        `${userId}: the log has ${log.length} events up to ${log.at(-1)?.seq}, the inbox says ${inbox.seq}`,
      )
    }
  }
}
