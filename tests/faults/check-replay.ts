import { groupBy } from './grouping.ts'
import { countersOf } from './operations.ts'
import type { LoggedEvent, Snapshot } from './snapshot.ts'
import type { FaultChat } from './world.ts'

/** A chat as one user's log tells of it. */
interface ChatView {
  chat: FaultChat
  member: boolean
  muted: boolean
  lastReadSeq: number
  /** Unread message ids by `seq`. */
  unread: Map<number, string>
  /** Messages that the log told of since the user came (back): no `seq` may be left out. */
  newestSeq: number | null
  changes: number
}

/**
 * Replays every log event by event with rules of its own, and compares the counters of each event; also that a participant heard of
 * every message, and nobody of one sent while they were away.
 *
 * What happened while a guest was away stands in the log of somebody who stayed: the n-th coming or going of the guest is the
 * n-th ChatChanged there.
 */
export function checkReplay(
  chats: readonly FaultChat[],
  snapshot: Snapshot,
  violations: string[],
): { replayed: number } {
  const messageOf = new Map(snapshot.messages.map((message) => [message.id, message]))
  const notificationOf = new Map(snapshot.notifications.map((notification) => [notification.id, notification]))
  const idOf = new Map(snapshot.users.map(({ id, externalId }) => [externalId, id]))
  const logs = groupBy(snapshot.events, ({ userId }) => userId)
  let replayed = 0

  for (const [userId, log] of logs) {
    const views = new Map<string, ChatView>()
    for (const chat of chats) {
      if (!chat.people.some(({ externalId }) => idOf.get(externalId) === userId)) continue
      const fresh = { member: false, muted: false, lastReadSeq: 0, newestSeq: 0, changes: 0 }
      views.set(chat.id, { chat, ...fresh, unread: new Map() })
    }
    const notifications = new Set<string>()
    for (const event of log) {
      replayed++
      apply(event, views, notifications)
      const counted = count(views, notifications)
      if (counted === countersOf(event)) continue
      violations.push(
        `${userId}: event ${event.seq} (${event.kind}) has counters ${countersOf(event)}, replayed ${counted}`,
      )
      // What follows is wrong for the same reason.
      break
    }
    for (const { chat, member, newestSeq } of views.values()) {
      const { lastSeq } = snapshot.chats.find(({ id }) => id === chat.id) ?? { lastSeq: 0 }
      if (member && newestSeq !== null && newestSeq !== lastSeq) {
        violations.push(`${userId} heard of ${chat.id} up to ${newestSeq} of ${lastSeq} messages`)
      }
    }
  }
  return { replayed }

  function count(views: Map<string, ChatView>, notifications: Set<string>): string {
    const heard = [...views.values()].filter(({ member, muted }) => member && !muted)
    return countersOf({
      unreadMessages: heard.reduce((sum, { unread }) => sum + unread.size, 0),
      unreadChats: heard.filter(({ unread }) => unread.size > 0).length,
      unreadNotifications: [...notifications].filter((id) => {
        const chatId = notificationOf.get(id)?.chatId
        return chatId === undefined || views.get(chatId)?.member
      }).length,
    })
  }

  function apply(event: LoggedEvent, views: Map<string, ChatView>, notifications: Set<string>): void {
    if (event.kind === 'NOTIFICATION_ADDED') return void notifications.add(event.notificationId ?? '')
    if (event.kind === 'NOTIFICATIONS_READ') {
      for (const id of JSON.parse(event.notificationIds ?? '[]')) notifications.delete(id)
      return
    }
    const view = views.get(event.chatId ?? '')
    if (!view) return
    if (event.kind !== 'CHAT_CHANGED' && !view.member) {
      violations.push(`${event.userId}: event ${event.seq} (${event.kind}) of a chat they are not in`)
    }
    const message = messageOf.get(event.messageId ?? '')
    switch (event.kind) {
      case 'MESSAGE_ADDED':
        if (!message) break
        if (view.newestSeq !== null && message.seq !== view.newestSeq + 1) {
          violations.push(`${event.userId}: message ${message.seq} of ${view.chat.id} follows ${view.newestSeq}`)
        }
        view.newestSeq = message.seq
        if (message.authorId === event.userId) readUpTo(view, message.seq)
        else view.unread.set(message.seq, message.id)
        break
      case 'MESSAGE_CHANGED':
        if (message) view.unread.delete(message.seq)
        break
      case 'CHAT_READ':
        if (event.readerId === event.userId) readUpTo(view, event.lastReadSeq ?? 0)
        break
      case 'CHAT_LEFT':
        view.member = false
        view.changes++
        break
      case 'CHAT_CHANGED':
        if (!view.member) join(view, event.userId)
        else if (view.chat.kind === 'muting') view.muted = !view.muted
    }
  }

  function readUpTo(view: ChatView, seq: number): void {
    view.lastReadSeq = Math.max(view.lastReadSeq, seq)
    for (const unread of view.unread.keys()) if (unread <= view.lastReadSeq) view.unread.delete(unread)
  }

  /** The chat as it stood when the user came: empty at first, later as somebody who stayed has it. */
  function join(view: ChatView, userId: string): void {
    view.member = true
    if (view.changes++ === 0) return
    const stayed = idOf.get(view.chat.people[0]?.externalId ?? '') ?? ''
    const timeline = (logs.get(stayed) ?? []).filter(({ chatId }) => chatId === view.chat.id)
    let changes = 0
    view.unread.clear()
    view.newestSeq = 0
    for (const { kind, messageId } of timeline) {
      if (kind === 'CHAT_CHANGED' && ++changes === view.changes) break
      const message = messageOf.get(messageId ?? '')
      if (!message) continue
      if (kind === 'MESSAGE_CHANGED') view.unread.delete(message.seq)
      if (kind !== 'MESSAGE_ADDED') continue
      view.newestSeq = message.seq
      if (message.seq > view.lastReadSeq && message.authorId !== userId) view.unread.set(message.seq, message.id)
    }
  }
}
