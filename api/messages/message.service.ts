import { createHash } from 'node:crypto'
import type { ChatAccess } from '../chats/access.ts'
import { type LockedChat, lockChat, type Member, unreadChange } from '../chats/audience.ts'
import type { Database, Transaction } from '../db.ts'
import { badUserInput, forbidden } from '../errors.ts'
import type { EventLog, Write } from '../events/event-log.ts'
import { newId } from '../ids.ts'
import { insertRows } from '../insert-rows.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import { readChatNotifications } from '../notifications/chat-notifications.ts'
import { previewOf } from './message-text.ts'
import type { Refusal, TextCheck, TextJudge } from './text-judge.ts'

export type SendResult = { kind: 'SENT'; messageId: string; duplicate: boolean } | Refusal

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
  /** What `send` would say to a text. @throws FORBIDDEN */
  check(author: Author, input: { chatId: string; text: string }): Promise<TextCheck>
}

/** `seq` is 0 for a duplicate. */
type Sent = Extract<SendResult, { kind: 'SENT' }> & { seq: number }

interface Dependencies {
  db: Database
  log: EventLog
  access: ChatAccess
  texts: TextJudge
  clock: () => Date
  logger: Logger
  metrics: Pick<Metrics, 'messagesSent'>
}

export function createMessageService(deps: Dependencies): MessageService {
  const { db, log, access, texts, clock, logger, metrics } = deps

  async function send(author: Author, input: Parameters<MessageService['send']>[1]): Promise<SendResult> {
    const startedAt = performance.now()
    const { chatId, clientMessageId } = input
    if (clientMessageId !== null && !isClientMessageId(clientMessageId)) {
      throw badUserInput('clientMessageId must have 1 to 64 characters')
    }
    await access.requireParticipant(author.userId, chatId)
    const judged = await texts.judge(input.text, author.userId)
    const refusal = await texts.refusalOf(judged, author.userId)
    if (refusal) {
      // A retry is answered by what was sent, whatever limits and rules say by now.
      const original = clientMessageId && (await findSent(db.client, author, chatId, clientMessageId, judged.text))
      if (original) return { kind: 'SENT', messageId: original, duplicate: true }
      return texts.refused(refusal)
    }

    const sent = await log.write<Refusal | Sent>(async (write) => {
      const chat = await lockChat(write, chatId, author.userId)
      const original = clientMessageId && (await findSent(write.tx, author, chatId, clientMessageId, judged.text))
      if (original) return { kind: 'SENT', messageId: original, seq: 0, duplicate: true }
      // Under the chat's lock, so that two parts sent at once don't pass each other by.
      const place = { chatId, authorId: author.userId, changes: null, now: clock(), locked: true }
      const split = texts.contactRefusal(await texts.findInContext(write.tx, input.text, judged.findings, place))
      if (split) return split
      return { kind: 'SENT', ...(await add(write, chat, author, judged.text, clientMessageId)), duplicate: false }
    }, chatId)
    if (sent.kind !== 'SENT') return texts.refused(sent)
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

  return {
    send,
    async check(author, { chatId, text }) {
      await access.requireParticipant(author.userId, chatId)
      const { findings, invalid } = await texts.judge(text, author.userId)
      if (invalid) return { findings, invalid }
      const place = { chatId, authorId: author.userId, changes: null, now: clock(), locked: false }
      return { findings: await texts.findInContext(db.client, text, findings, place), invalid }
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
