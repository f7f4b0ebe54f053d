import { createHash } from 'node:crypto'
import type { ChatAccess } from '../chats/access.ts'
import { type LockedChat, lockChat, type Member, unreadChange } from '../chats/audience.ts'
import type { Database, Transaction } from '../db.ts'
import { badUserInput, forbidden } from '../errors.ts'
import type { EventLog, Write } from '../events/event-log.ts'
import type { Finding } from '../guard/finding.ts'
import { findContacts } from '../guard/guard.ts'
import { isId, newId } from '../ids.ts'
import { insertRows } from '../insert-rows.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import { readChatNotifications } from '../notifications/chat-notifications.ts'
import type { RateLimiter } from '../rate-limiter.ts'
import { type InvalidTextReason, previewOf, readText } from './message-text.ts'

/** Why a text was not accepted; expected, so it is a result and no error. */
export type Refusal =
  | { kind: 'INVALID_TEXT'; reason: InvalidTextReason }
  | { kind: 'CONTACT_DATA'; findings: readonly Finding[] }
  | { kind: 'RATE_LIMITED'; retryAfterMs: number }

export type SendResult = { kind: 'SENT'; messageId: string; duplicate: boolean } | Refusal
export type EditResult = { kind: 'EDITED'; messageId: string } | Refusal
export interface TextCheck {
  findings: readonly Finding[]
  invalid: InvalidTextReason | null
}

/** Who writes, as far as messages are concerned. */
export interface Author {
  userId: string
}

export interface MessageService {
  /**
   * Sends a text to a chat. Message, notifications, counters and events are committed together or not at all; a retry with the
   * same `clientMessageId` answers with the message it first made.
   *
   * @throws FORBIDDEN for a chat that isn't the author's; BAD_USER_INPUT for a clientMessageId that isn't 1 to 64 characters
   *   or was used for another text or chat
   */
  send(author: Author, input: { chatId: string; text: string; clientMessageId: string | null }): Promise<SendResult>
  /** Changes the text of an own message. @throws FORBIDDEN; BAD_USER_INPUT for a deleted one */
  edit(author: Author, input: { id: string; text: string }): Promise<EditResult>
  /** Leaves a tombstone of an own message; deleting it again changes nothing. @throws FORBIDDEN */
  remove(author: Author, id: string): Promise<string>
  /** What `send` would say to a text. @throws FORBIDDEN */
  check(author: Author, input: { chatId: string; text: string }): Promise<TextCheck>
}

interface Dependencies {
  db: Database
  log: EventLog
  access: ChatAccess
  sendLimiter: RateLimiter
  clock: () => Date
  logger: Logger
  metrics: Metrics
}

export function createMessageService(deps: Dependencies): MessageService {
  const { db, log, access, sendLimiter, clock, logger, metrics } = deps

  /** Everything about a text that doesn't depend on the database. */
  function judge(sent: string): TextCheck & { text: string } {
    const result = readText(sent)
    if (!result.ok) return { findings: [], invalid: result.reason, text: '' }
    return { findings: findContacts(sent, { recentTexts: [] }), invalid: null, text: result.text }
  }

  function refusalOf({ invalid, findings }: TextCheck, userId: string): Refusal | null {
    if (invalid) return { kind: 'INVALID_TEXT', reason: invalid }
    if (findings.length > 0) return { kind: 'CONTACT_DATA', findings }
    const retryAfterMs = sendLimiter.take(userId)
    return retryAfterMs > 0 ? { kind: 'RATE_LIMITED', retryAfterMs } : null
  }

  function countRefusal(refusal: Refusal): void {
    const kinds = refusal.kind === 'CONTACT_DATA' ? new Set(refusal.findings.map(({ kind }) => kind)) : [refusal.kind]
    for (const kind of kinds) metrics.messagesRefused.inc({ kind })
  }

  async function send(author: Author, input: Parameters<MessageService['send']>[1]): Promise<SendResult> {
    const startedAt = performance.now()
    const { chatId, clientMessageId } = input
    if (clientMessageId !== null && !isClientMessageId(clientMessageId)) {
      throw badUserInput('clientMessageId must have 1 to 64 characters')
    }
    const judged = judge(input.text)
    const refusal = refusalOf(judged, author.userId)
    if (refusal) {
      await access.requireParticipant(author.userId, chatId)
      // A retry is answered by what was sent, whatever limits and rules say by now.
      const original = clientMessageId && (await findSent(db.client, author, chatId, clientMessageId, judged.text))
      if (original) return { kind: 'SENT', messageId: original, duplicate: true }
      countRefusal(refusal)
      return refusal
    }

    const sent = await log.write(async (write) => {
      const chat = await lockChat(write, chatId, author.userId)
      const original = clientMessageId && (await findSent(write.tx, author, chatId, clientMessageId, judged.text))
      if (original) return { messageId: original, seq: 0, duplicate: true }
      return { ...(await add(write, chat, author, judged.text, clientMessageId)), duplicate: false }
    }, chatId)
    if (!sent.duplicate) {
      const ms = Math.round((performance.now() - startedAt) * 10) / 10
      logger.info({ userId: author.userId, chatId, seq: sent.seq, ms }, 'message sent')
      metrics.messagesSent.inc()
    }
    return { kind: 'SENT', messageId: sent.messageId, duplicate: sent.duplicate }
  }

  /** Writes a message and all that follows from it. */
  async function add(
    write: Write,
    chat: LockedChat,
    author: Author,
    text: string,
    clientMessageId: string | null,
  ): Promise<{ messageId: string; seq: number }> {
    const { tx, inboxes } = write
    const sender = chat.members.get(author.userId)
    if (!sender) throw forbidden()
    const title = sender.name
    const messageId = newId('msg')
    const seq = chat.lastSeq + 1
    const createdAt = clock()
    await tx.message.create({
      data: {
        id: messageId,
        chatId: chat.id,
        seq,
        authorId: author.userId,
        text,
        createdAt,
        clientMessageId,
        sentTextHash: clientMessageId === null ? null : hashOf(text),
      },
      select: { id: true },
    })
    await tx.chat.update({
      where: { id: chat.id },
      data: { lastSeq: seq, lastMessageId: messageId, lastActivityAt: createdAt },
      select: { id: true },
    })

    const others = [...chat.members.values()].filter(({ userId }) => userId !== author.userId)
    // Those who left are counted too; whoever is added again is counted anew.
    await tx.chatState.updateMany({
      where: { chatId: chat.id, userId: { not: author.userId } },
      data: { unreadCount: { increment: 1 } },
    })
    await readByAuthor(write, chat, sender, seq, { kind: 'MESSAGE_ADDED', chatId: chat.id, messageId })

    const notifications = others.flatMap((member) => {
      const event = { kind: 'MESSAGE_ADDED', chatId: chat.id, messageId } as const
      inboxes.append(member.userId, event, unreadChange(member, member.unreadCount + 1))
      return wantsNotification(member) ? [notify(member)] : []
    })
    await insertRows(tx, write.provider, 'Notification', notifications)
    return { messageId, seq }

    function notify({ userId }: Member) {
      const id = newId('ntf')
      const event = { kind: 'NOTIFICATION_ADDED', chatId: chat.id, notificationId: id } as const
      return {
        id,
        userId,
        seq: inboxes.append(userId, event, { unreadNotifications: 1 }),
        kind: 'MESSAGE' as const,
        title,
        body: previewOf(text),
        chatId: chat.id,
        messageId,
        messageSeq: seq,
        actorId: author.userId,
        url: null,
        createdAt,
        readAt: null,
        hidden: false,
      }
    }
  }

  /** Sending reads: whoever answers has seen what was there. */
  async function readByAuthor(
    write: Write,
    chat: LockedChat,
    sender: Member,
    seq: number,
    event: { kind: 'MESSAGE_ADDED'; chatId: string; messageId: string },
  ): Promise<void> {
    const { tx, inboxes } = write
    const key = { chatId_userId: { chatId: chat.id, userId: sender.userId } }
    await tx.participant.update({ where: key, data: { lastReadSeq: seq }, select: { chatId: true } })
    if (sender.unreadCount > 0) {
      await tx.chatState.update({ where: key, data: { unreadCount: 0 }, select: { chatId: true } })
    }
    inboxes.append(sender.userId, event, unreadChange(sender, 0))
    await readChatNotifications(write, sender.userId, chat.id, seq, clock())
  }

  async function edit(author: Author, { id, text: sentText }: { id: string; text: string }): Promise<EditResult> {
    const judged = judge(sentText)
    const refusal = refusalOf(judged, author.userId)
    const chatId = await chatOfOwnMessage(author, id)
    if (refusal) {
      countRefusal(refusal)
      return refusal
    }
    await log.write(async (write) => {
      const chat = await lockChat(write, chatId, author.userId)
      const message = await write.tx.message.findUniqueOrThrow({ where: { id } })
      if (message.deletedAt) throw badUserInput('A deleted message cannot be edited')
      if (message.text === judged.text) return
      await write.tx.message.update({ where: { id }, data: { text: judged.text, editedAt: clock() } })
      await write.tx.notification.updateMany({ where: { messageId: id }, data: { body: previewOf(judged.text) } })
      for (const { userId } of chat.members.values()) {
        write.inboxes.append(userId, { kind: 'MESSAGE_CHANGED', chatId, messageId: id })
      }
    }, chatId)
    return { kind: 'EDITED', messageId: id }
  }

  async function remove(author: Author, id: string): Promise<string> {
    const chatId = await chatOfOwnMessage(author, id)
    await log.write(async (write) => {
      const chat = await lockChat(write, chatId, author.userId)
      const message = await write.tx.message.findUniqueOrThrow({ where: { id } })
      if (message.deletedAt) return
      await write.tx.message.update({ where: { id }, data: { text: '', deletedAt: clock() } })
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
    return id
  }

  /** @throws FORBIDDEN alike for another's message, a missing one, and an own one of a chat that was left */
  async function chatOfOwnMessage(author: Author, id: string): Promise<string> {
    const message = isId('msg', id)
      ? await db.client.message.findUnique({ where: { id }, select: { chatId: true, authorId: true } })
      : null
    if (message?.authorId !== author.userId) throw forbidden()
    await access.requireParticipant(author.userId, message.chatId)
    return message.chatId
  }

  return {
    send,
    edit,
    remove,
    async check(author, { chatId, text }) {
      await access.requireParticipant(author.userId, chatId)
      const { findings, invalid } = judge(text)
      return { findings, invalid }
    },
  }
}

const wantsNotification = ({ muted, messageInApp }: Member): boolean => !muted && messageInApp

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url')

/** 1 to 64 characters (code points) that every database can store. */
const isClientMessageId = (id: string): boolean => /^[^\p{Control}\p{Surrogate}]{1,64}$/u.test(id)

/**
 * The id of what this author sent with this clientMessageId; null where they sent nothing with it.
 *
 * @throws BAD_USER_INPUT when it was another text or another chat
 */
async function findSent(
  client: Pick<Transaction, 'message'>,
  author: Author,
  chatId: string,
  clientMessageId: string,
  text: string,
): Promise<string | null> {
  const sent = await client.message.findUnique({
    where: { authorId_clientMessageId: { authorId: author.userId, clientMessageId } },
    select: { id: true, chatId: true, sentTextHash: true },
  })
  if (!sent) return null
  if (sent.chatId !== chatId || sent.sentTextHash !== hashOf(text)) {
    throw badUserInput('This clientMessageId was used for another message')
  }
  return sent.id
}
