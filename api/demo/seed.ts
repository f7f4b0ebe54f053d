import type { Database, Transaction } from '../db.ts'
import { newId } from '../ids.ts'
import { previewOf } from '../messages/message-text.ts'
import { anyKind } from '../messages/refusal-tally.ts'
import { ensureUsers } from '../users/user-records.ts'
import { utcDay } from '../utc-day.ts'
import type { DemoHostNotification, DemoOrder, DemoRefusals, DemoSet } from './content/types.ts'

const minuteMs = 60_000

/** Writes a demo set, once: where its first order is known already, nothing happens. */
export async function seed(db: Database, set: DemoSet, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const first = set.orders[0]
    if (!first || (await tx.chat.findUnique({ where: { externalRef: first.externalRef } }))) return
    const people = set.people.map((person) => ({ ...person, avatarUrl: null }))
    const ids = await ensureUsers({ tx, provider: db.provider }, people, now)
    const userIds = new Map(set.people.map(({ externalId }, index) => [externalId, ids[index] ?? '']))
    const names = new Map(set.people.map(({ externalId, name }) => [externalId, name]))

    // Oldest first, so that notifications get their places in the order of time.
    const notifications: PastNotification[] = []
    for (const order of [...set.orders].reverse()) {
      notifications.push(...(await seedOrder(tx, order, userIds, names, now)))
    }
    notifications.push(...set.notifications.map((one) => hostNotification(one, userIds, now)))
    await seedNotifications(tx, notifications)
    await setCounters(tx, [...userIds.values()])
    await seedRefusals(tx, set.refusals, now)
  })
}

interface PastNotification {
  userId: string
  kind: 'MESSAGE' | 'HOST'
  title: string
  body: string
  chatId: string | null
  messageId: string | null
  messageSeq: number | null
  actorId: string | null
  url: string | null
  createdAt: Date
  readAt: Date | null
}

async function seedOrder(
  tx: Transaction,
  order: DemoOrder,
  userIds: ReadonlyMap<string, string>,
  names: ReadonlyMap<string, string>,
  now: Date,
): Promise<PastNotification[]> {
  const chatId = newId('chat')
  const idOf = (externalId: string) => userIds.get(externalId) ?? ''
  let at =
    now.getTime() - order.endedMinAgo * minuteMs - minuteMs * order.lines.reduce((sum, line) => sum + line.afterMin, 0)
  const createdAt = new Date(at)
  const messages = order.lines.map(({ by, text, afterMin }, index) => {
    at += afterMin * minuteMs
    return { id: newId('msg'), chatId, seq: index + 1, authorId: idOf(by), text, createdAt: new Date(at), by }
  })
  const lastSeq = messages.length
  const last = messages.at(-1)
  const { externalRef, title } = order
  await tx.chat.create({
    data: { id: chatId, externalRef, title, createdAt, lastActivityAt: last?.createdAt ?? createdAt, lastSeq },
  })
  await tx.message.createMany({ data: messages.map(({ by: _by, ...message }) => message) })
  await tx.chat.update({ where: { id: chatId }, data: { lastMessageId: last?.id ?? null } })

  const readSeq = new Map(order.people.map((person) => [person, lastSeq - (order.unread?.[person] ?? 0)]))
  await tx.participant.createMany({
    data: order.people.map((person) => ({
      chatId,
      userId: idOf(person),
      lastReadSeq: readSeq.get(person) ?? 0,
      joinedAt: createdAt,
    })),
  })
  await tx.chatState.createMany({
    data: order.people.map((person) => ({
      chatId,
      userId: idOf(person),
      unreadCount: messages.filter(({ seq, by }) => seq > (readSeq.get(person) ?? 0) && by !== person).length,
    })),
  })

  // The last few of each chat: a list that scrolls, not one that never ends.
  return messages.slice(-6).flatMap((message) =>
    order.people
      .filter((person) => person !== message.by)
      .map((person) => ({
        userId: idOf(person),
        kind: 'MESSAGE' as const,
        title: names.get(message.by) ?? '',
        body: previewOf(message.text),
        chatId,
        messageId: message.id,
        messageSeq: message.seq,
        actorId: message.authorId,
        url: null,
        createdAt: message.createdAt,
        readAt: message.seq <= (readSeq.get(person) ?? 0) ? message.createdAt : null,
      })),
  )
}

function hostNotification(
  { to, title, body, url, minAgo, read }: DemoHostNotification,
  userIds: ReadonlyMap<string, string>,
  now: Date,
): PastNotification {
  const createdAt = new Date(now.getTime() - minAgo * minuteMs)
  const nothing = { chatId: null, messageId: null, messageSeq: null, actorId: null }
  return {
    ...nothing,
    userId: userIds.get(to) ?? '',
    kind: 'HOST',
    title,
    body,
    url,
    createdAt,
    readAt: read ? createdAt : null,
  }
}

async function seedNotifications(tx: Transaction, notifications: readonly PastNotification[]): Promise<void> {
  const seqs = new Map<string, number>()
  const rows = [...notifications]
    .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
    .map((notification) => {
      const seq = (seqs.get(notification.userId) ?? 0) + 1
      seqs.set(notification.userId, seq)
      return { ...notification, id: newId('ntf'), seq }
    })
  await tx.notification.createMany({ data: rows })
  // History has places in the log but no events: nobody was there to hear of it.
  for (const [userId, seq] of seqs) await tx.inbox.update({ where: { userId }, data: { seq, prunedSeq: seq } })
}

async function setCounters(tx: Transaction, userIds: readonly string[]): Promise<void> {
  for (const userId of userIds) {
    const unread = await tx.chatState.findMany({
      where: { userId, unreadCount: { gt: 0 } },
      select: { unreadCount: true },
    })
    await tx.inbox.update({
      where: { userId },
      data: {
        unreadMessages: unread.reduce((sum, { unreadCount }) => sum + unreadCount, 0),
        unreadChats: unread.length,
        unreadNotifications: await tx.notification.count({ where: { userId, readAt: null } }),
      },
    })
  }
}

async function seedRefusals(tx: Transaction, refusals: readonly DemoRefusals[], now: Date): Promise<void> {
  const rows = refusals.map(({ daysAgo, kind, count }) => ({
    day: utcDay(new Date(now.getTime() - daysAgo * 24 * 60 * minuteMs)),
    kind,
    count,
  }))
  const totals = new Map<string, number>()
  for (const { day, count } of rows) totals.set(day, (totals.get(day) ?? 0) + count)
  const anyRows = [...totals].map(([day, count]) => ({ day, kind: anyKind, count }))
  await tx.refusalDay.createMany({ data: [...rows, ...anyRows] })
}
