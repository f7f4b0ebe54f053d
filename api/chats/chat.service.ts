import type { Database } from '../db.ts'
import type { Bus } from '../events/bus.ts'
import type { EventLog } from '../events/event-log.ts'
import { readChatNotifications } from '../notifications/chat-notifications.ts'
import type { ChatAccess } from './access.ts'
import { countUnread, lockChat, unreadChange } from './audience.ts'

/** What a participant does with a chat as a whole. All are idempotent, and all throw FORBIDDEN for a chat that isn't theirs. */
export interface ChatService {
  /** Reads up to `upToSeq` (null, or beyond the latest: all of it); never moves back. */
  markRead(userId: string, chatId: string, upToSeq: number | null): Promise<string>
  setMuted(userId: string, chatId: string, muted: boolean): Promise<string>
  /** Tells the others that the user is writing; nothing is stored. */
  setTyping(userId: string, chatId: string): Promise<void>
}

interface Dependencies {
  db: Database
  log: EventLog
  bus: Bus
  access: ChatAccess
  clock: () => Date
}

export function createChatService({ db, log, bus, access, clock }: Dependencies): ChatService {
  return {
    async markRead(userId, chatId, upToSeq) {
      await access.requireParticipant(userId, chatId)
      await log.write(async (write) => {
        const chat = await lockChat(write, chatId, userId)
        const member = chat.members.get(userId)
        const lastReadSeq = Math.min(upToSeq ?? chat.lastSeq, chat.lastSeq)
        if (!member || lastReadSeq <= member.lastReadSeq) return

        const unreadCount = await countUnread(write.tx, chat, userId, lastReadSeq)
        const key = { chatId_userId: { chatId, userId } }
        await write.tx.participant.update({ where: key, data: { lastReadSeq }, select: { chatId: true } })
        await write.tx.chatState.update({ where: key, data: { unreadCount }, select: { chatId: true } })
        for (const { userId: hearer } of chat.members.values()) {
          const event = { kind: 'CHAT_READ', chatId, readerId: userId, lastReadSeq } as const
          write.inboxes.append(hearer, event, hearer === userId ? unreadChange(member, unreadCount) : {})
        }
        await readChatNotifications(write, userId, chatId, lastReadSeq, clock())
      }, chatId)
      return chatId
    },

    async setMuted(userId, chatId, muted) {
      await access.requireParticipant(userId, chatId)
      await log.write(async (write) => {
        const chat = await lockChat(write, chatId, userId)
        const member = chat.members.get(userId)
        if (!member || member.muted === muted) return
        await write.tx.chatState.update({ where: { chatId_userId: { chatId, userId } }, data: { muted } })
        // Muting takes the chat's unread messages out of the counters, unmuting brings them back.
        const counted = { ...member, muted: false }
        const change = muted
          ? unreadChange(counted, 0)
          : unreadChange({ ...counted, unreadCount: 0 }, member.unreadCount)
        write.inboxes.append(userId, { kind: 'CHAT_CHANGED', chatId }, change)
      }, chatId)
      return chatId
    },

    async setTyping(userId, chatId) {
      await access.requireParticipant(userId, chatId)
      const [user, others] = await Promise.all([
        db.client.user.findUniqueOrThrow({ where: { id: userId } }),
        db.client.participant.findMany({
          where: { chatId, leftAt: null, userId: { not: userId } },
          select: { userId: true },
        }),
      ])
      bus.publishTransient(
        others.map((other) => other.userId),
        { kind: 'TYPING', chatId, user, at: clock() },
      )
    },
  }
}
