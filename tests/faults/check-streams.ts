import { groupBy } from './grouping.ts'
import type { Arrival, History, ListenerRecord } from './history.ts'
import { countersOf } from './operations.ts'
import type { LoggedEvent, Snapshot } from './snapshot.ts'

export interface StreamCounts {
  listeners: number
  connections: number
  arrived: number
  /** Stored events that a listener should have got and didn't. */
  missed: number
  repeated: number
  misordered: number
  /** Events of chats that their user was removed from before they were read: rightly not shown. */
  withheld: number
}

const typeOf: Record<string, string> = {
  MESSAGE_ADDED: 'MessageAdded',
  MESSAGE_CHANGED: 'MessageChanged',
  CHAT_CHANGED: 'ChatChanged',
  CHAT_READ: 'ChatRead',
  NOTIFICATION_ADDED: 'NotificationAdded',
  NOTIFICATIONS_READ: 'NotificationsRead',
  CHAT_LEFT: 'ChatLeft',
}

function subjectOfRow(row: LoggedEvent): string | null {
  switch (row.kind) {
    case 'MESSAGE_ADDED':
    case 'MESSAGE_CHANGED':
      return row.messageId
    case 'CHAT_READ':
      return `${row.chatId} ${row.lastReadSeq}`
    case 'NOTIFICATION_ADDED':
      return row.notificationId
    case 'NOTIFICATIONS_READ':
      return (JSON.parse(row.notificationIds ?? '[]') as string[]).join()
    default:
      return row.chatId
  }
}

/** Every stream against its user's log: all of it, once, in order, with the same contents and counters. */
export function checkStreams(history: History, snapshot: Snapshot, violations: string[]): StreamCounts {
  const idOf = new Map(snapshot.users.map(({ id, externalId }) => [externalId, id]))
  const logs = groupBy(snapshot.events, ({ userId }) => userId)
  const counts: StreamCounts = {
    listeners: history.listeners.length,
    connections: history.listeners.reduce((sum, { sessions }) => sum + sessions.length, 0),
    ...{ arrived: 0, missed: 0, repeated: 0, misordered: 0, withheld: 0 },
  }
  for (const listener of history.listeners) {
    const log = logs.get(idOf.get(listener.user) ?? '') ?? []
    checkStream(listener, log, counts, violations)
  }
  return counts
}

function checkStream(listener: ListenerRecord, log: LoggedEvent[], counts: StreamCounts, violations: string[]): void {
  const { arrivals, name, origin } = listener
  counts.arrived += arrivals.length
  const arrived = new Map<number, Arrival>()
  let last = origin
  for (const arrival of arrivals) {
    if (arrived.has(arrival.position)) {
      counts.repeated++
      violations.push(`${name}: event ${arrival.position} came again`)
    } else if (arrival.position <= last) {
      counts.misordered++
      violations.push(`${name}: event ${arrival.position} came after ${last}`)
    }
    arrived.set(arrival.position, arrival)
    last = Math.max(last, arrival.position)
  }

  const departures = log.filter(({ kind }) => kind === 'CHAT_LEFT')
  for (const row of log) {
    if (row.seq <= origin || !isShown(listener, row)) continue
    const arrival = arrived.get(row.seq)
    if (arrival) {
      const expected = [typeOf[row.kind], subjectOfRow(row), countersOf(row)].join(' ')
      const got = [arrival.type, arrival.subject, arrival.counters].join(' ')
      if (got !== expected) violations.push(`${name}: event ${row.seq} is ${expected} in the log and came as ${got}`)
      arrived.delete(row.seq)
    } else if (departures.some(({ chatId, seq }) => chatId === row.chatId && seq > row.seq)) counts.withheld++
    else {
      counts.missed++
      violations.push(`${name}: event ${row.seq} (${row.kind}) never came`)
    }
  }
  for (const position of arrived.keys()) violations.push(`${name}: event ${position} is not in the log`)
}

function isShown({ view }: ListenerRecord, row: LoggedEvent): boolean {
  switch (view.kind) {
    case 'ALL':
      return true
    case 'MESSAGES':
      return row.kind === 'MESSAGE_ADDED' && row.chatId === view.chatId
    case 'NOTIFICATIONS':
      return row.kind === 'NOTIFICATION_ADDED'
  }
}
