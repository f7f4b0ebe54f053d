import type { Message } from '../../prisma/generated/postgresql/client/client.ts'
import { lockChat, unreadChange } from '../chats/audience.ts'
import type { Database } from '../db.ts'
import { badUserInput, forbidden } from '../errors.ts'
import type { EventLog, Write } from '../events/event-log.ts'
import { toId } from '../ids.ts'
import { messageFact } from '../webhooks/webhook-event.ts'
import type { WebhookOutbox } from '../webhooks/webhook-outbox.ts'
import type { Author } from './message.service.ts'
import { previewOf } from './message-text.ts'
import type { Refusal, TextJudge } from './text-judge.ts'

export type EditResult = { kind: 'EDITED'; messageId: string } | Refusal

/** What authors do to messages they sent. */
export interface MessageChangeService {
  /** Changes the text of an own message. @throws FORBIDDEN; BAD_USER_INPUT for a deleted one */
  edit(author: Author, input: { id: string; text: string }): Promise<EditResult>
  /** Leaves a tombstone of an own message; deleting it again changes nothing. @throws FORBIDDEN */
  remove(author: Author, id: string): Promise<string>
}

interface Dependencies {
  db: Database
  log: EventLog
  texts: TextJudge
  /** Null where the host wants to hear of nothing. */
  webhooks: WebhookOutbox | null
  clock: () => Date
}

export function createMessageChangeService(deps: Dependencies): MessageChangeService {
  const { db, log, texts, webhooks, clock } = deps

  async function edit(author: Author, { id, text: sentText }: { id: string; text: string }): Promise<EditResult> {
    const chatId = await chatOfOwnMessage(author, id)
    const refusedIn = { chatId, authorId: author.userId, messageId: id }
    const judged = await texts.judge(sentText, author.userId)
    const refusal = await texts.refusalOf(judged, author.userId)
    if (refusal) return texts.refused(refusal, refusedIn)
    const split = await log.write(async (write) => {
      const chat = await lockChat(write, chatId, author.userId)
      const message = await write.tx.message.findUniqueOrThrow({ where: { id } })
      if (message.deletedAt) throw badUserInput('A deleted message cannot be edited')
      if (message.text === judged.text) return null
      const place = { chatId, authorId: author.userId, changes: message, now: clock(), locked: true }
      const found = texts.contactRefusal(await texts.findInContext(write.tx, sentText, judged, place))
      if (found) return found
      const editedAt = clock()
      await write.tx.message.update({ where: { id }, data: { text: judged.text, editedAt } })
      await tellHost(write, 'message.edited', message, editedAt)
      await write.tx.notification.updateMany({ where: { messageId: id }, data: { body: previewOf(judged.text) } })
      for (const { userId } of chat.members.values()) {
        write.inboxes.append(userId, { kind: 'MESSAGE_CHANGED', chatId, messageId: id })
      }
      return null
    }, chatId)
    webhooks?.wake()
    return split ? texts.refused(split, refusedIn) : { kind: 'EDITED', messageId: id }
  }

  async function remove(author: Author, id: string): Promise<string> {
    const chatId = await chatOfOwnMessage(author, id)
    await log.write(async (write) => {
      const chat = await lockChat(write, chatId, author.userId)
      const message = await write.tx.message.findUniqueOrThrow({ where: { id } })
      if (message.deletedAt) return
      const deletedAt = clock()
      await write.tx.message.update({ where: { id }, data: { text: '', deletedAt } })
      await tellHost(write, 'message.deleted', message, deletedAt)
      await write.tx.notification.updateMany({ where: { messageId: id }, data: { body: '' } })
      await write.tx.$executeRaw`
        UPDATE "ChatState" SET "unreadCount" = "unreadCount" - 1
        WHERE "chatId" = ${chatId} AND "userId" IN (
          SELECT "userId" FROM "Participant"
          WHERE "chatId" = ${chatId} AND "userId" <> ${author.userId} AND "lastReadSeq" < ${message.seq}
            AND "leftAt" IS NULL)`
      for (const member of chat.members.values()) {
        const unread = member.userId !== author.userId && member.lastReadSeq < message.seq
        const change = unread ? unreadChange(member, member.unreadCount - 1) : {}
        write.inboxes.append(member.userId, { kind: 'MESSAGE_CHANGED', chatId, messageId: id }, change)
      }
    }, chatId)
    webhooks?.wake()
    return id
  }

  async function tellHost(
    { tx }: Write,
    type: 'message.edited' | 'message.deleted',
    message: Message,
    at: Date,
  ): Promise<void> {
    if (!webhooks) return
    const chat = await tx.chat.findUniqueOrThrow({ where: { id: message.chatId } })
    const author = await tx.user.findUniqueOrThrow({ where: { id: message.authorId } })
    await webhooks.appendIn(tx, messageFact(type, { chat, author, message }, at))
  }

  /** @throws FORBIDDEN alike, after one statement, for another's message, a missing one, and an own one of a chat that was left */
  async function chatOfOwnMessage(author: Author, id: string): Promise<string> {
    const { userId } = author
    const message = await db.client.message.findFirst({
      where: { id: toId('msg', id), authorId: userId, chat: { participants: { some: { userId, leftAt: null } } } },
      select: { chatId: true },
    })
    if (!message) throw forbidden()
    return message.chatId
  }

  return { edit, remove }
}
