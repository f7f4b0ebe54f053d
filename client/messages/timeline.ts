import type { MessageFieldsFragment } from '../graphql/generated/graphql.ts'
import { isSameDay } from '../ui/times.ts'
import type { OutboxItem } from './outbox.ts'

/** How far a message of the viewer's has come; null for other people's. */
export type Delivery = 'sending' | 'waiting' | 'failed' | 'sent' | 'read' | null

/** One row of the log: a message, or one on its way, with what stands above it. */
export type TimelineRow = {
  key: string
  /** The first of its day: the day stands above it. */
  day: string | null
  /** The first that was unread when the chat was opened: the line stands above it. */
  startsUnread: boolean
  /** The first of its author's in a row: with face and name. */
  startsGroup: boolean
} & ({ kind: 'message'; message: MessageFieldsFragment; delivery: Delivery } | { kind: 'outgoing'; item: OutboxItem })

const GROUP_MS = 5 * 60_000

export type TimelineInput = {
  /** Ascending, without holes. */
  messages: readonly MessageFieldsFragment[]
  /** There is history before these. */
  hasOlder: boolean
  /** There is history behind these: what is on its way stands behind that. */
  hasNewer: boolean
  outgoing: readonly OutboxItem[]
  viewerId: string
  /** The first seq the viewer hadn't read when the chat was opened; null for none. */
  unreadFromSeq: number | null
  /** Up to where somebody else has read. */
  othersReadSeq: number
}

/**
 * Lays the held history and what is on its way out as rows, grouped by day, author and time. The first message of a history
 * that goes on before it is left out: what stands above it depends on the one before, and rows that are shown never change.
 */
export function buildTimeline(input: TimelineInput): TimelineRow[] {
  const { messages, hasOlder, hasNewer, outgoing, viewerId, unreadFromSeq, othersReadSeq } = input
  const rows: TimelineRow[] = []
  let previous: { authorId: string; at: string } | null = null

  const place = (authorId: string, at: string) => {
    const isNewDay = !previous || !isSameDay(previous.at, at)
    const isLater = !previous || Date.parse(at) - Date.parse(previous.at) > GROUP_MS
    const startsGroup = isNewDay || isLater || previous?.authorId !== authorId
    previous = { authorId, at }
    return { day: isNewDay ? at : null, startsGroup }
  }

  let isLineDrawn = unreadFromSeq === null
  for (const message of messages) {
    const { day, startsGroup } = place(message.author.id, message.createdAt)
    const isOwn = message.author.id === viewerId
    const startsUnread = !isLineDrawn && unreadFromSeq !== null && message.seq >= unreadFromSeq && !isOwn
    isLineDrawn ||= startsUnread
    rows.push({
      kind: 'message',
      // Keyed by what it had while on its way, so that a sent bubble stays the element it was.
      key: message.clientMessageId ?? message.id,
      message,
      delivery: !isOwn ? null : message.seq <= othersReadSeq ? 'read' : 'sent',
      day,
      startsUnread,
      startsGroup: startsGroup || startsUnread,
    })
  }
  if (hasOlder && rows.length > 1) rows.shift()
  if (hasNewer) return rows
  const arrived = new Set(messages.map(({ clientMessageId }) => clientMessageId))
  for (const item of outgoing) {
    if (arrived.has(item.clientMessageId)) continue
    rows.push({
      kind: 'outgoing',
      key: item.clientMessageId,
      item,
      startsUnread: false,
      ...place(viewerId, item.createdAt),
    })
  }
  return rows
}
