import type { MessageFieldsFragment } from '../graphql/generated/graphql.ts'
import { isSameDay } from '../ui/times.ts'
import type { OutboxItem } from './outbox.ts'

/** How far a message of the viewer's has come; null for other people's. */
export type Delivery = 'sending' | 'waiting' | 'failed' | 'sent' | 'read' | null

/** One line of the log, top to bottom. */
export type TimelineRow =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'unreadLine'; key: string }
  | { kind: 'message'; key: string; message: MessageFieldsFragment; delivery: Delivery; startsGroup: boolean }
  | { kind: 'outgoing'; key: string; item: OutboxItem; startsGroup: boolean }

const GROUP_MS = 5 * 60_000

export type TimelineInput = {
  messages: readonly MessageFieldsFragment[]
  outgoing: readonly OutboxItem[]
  viewerId: string
  /** The first seq the viewer hadn't read when the chat was opened; null for none. */
  unreadFromSeq: number | null
  /** Up to where somebody else has read. */
  othersReadSeq: number
}

/** Lays the known history and what is on its way out as rows: days, the unread line, bubbles grouped by author and time. */
export function buildTimeline({
  messages,
  outgoing,
  viewerId,
  unreadFromSeq,
  othersReadSeq,
}: TimelineInput): TimelineRow[] {
  const rows: TimelineRow[] = []
  let previous: { authorId: string; at: string } | null = null
  let isLineDrawn = unreadFromSeq === null

  const startRow = (authorId: string, at: string): boolean => {
    const isNewDay = !previous || !isSameDay(previous.at, at)
    if (isNewDay) rows.push({ kind: 'day', key: `day ${at}`, at })
    const startsGroup =
      isNewDay || previous?.authorId !== authorId || Date.parse(at) - Date.parse(previous.at) > GROUP_MS
    previous = { authorId, at }
    return startsGroup
  }

  for (const message of messages) {
    const startsGroup = startRow(message.author.id, message.createdAt)
    const isOwn = message.author.id === viewerId
    const startsUnread = !isLineDrawn && unreadFromSeq !== null && message.seq >= unreadFromSeq && !isOwn
    if (startsUnread) {
      rows.push({ kind: 'unreadLine', key: 'unread' })
      isLineDrawn = true
    }
    const delivery: Delivery = !isOwn ? null : message.seq <= othersReadSeq ? 'read' : 'sent'
    // Keyed by what it had while on its way, so that a sent bubble stays the element it was.
    const key = message.clientMessageId ?? message.id
    rows.push({ kind: 'message', key, message, delivery, startsGroup: startsGroup || startsUnread })
  }
  const arrived = new Set(messages.map(({ clientMessageId }) => clientMessageId))
  for (const item of outgoing) {
    if (arrived.has(item.clientMessageId)) continue
    const startsGroup = startRow(viewerId, item.createdAt)
    rows.push({ kind: 'outgoing', key: item.clientMessageId, item, startsGroup })
  }
  return rows
}
