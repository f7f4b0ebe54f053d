import type { ChatAccess } from '../chats/access.ts'
import type { Database, Transaction } from '../db.ts'
import { badUserInput } from '../errors.ts'
import type { LiveFacts } from '../events/event.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import { hashOf } from './send-batch.ts'
import type { SendQueue } from './send-queue.ts'
import type { Refusal, TextCheck, TextJudge } from './text-judge.ts'

/** `live`: the message as it was just committed; a duplicate has to be read. */
export type SendResult = { kind: 'SENT'; messageId: string; duplicate: boolean; live: LiveFacts | null } | Refusal

/** Who writes, as far as messages are concerned. */
export interface Author {
  userId: string
}

/** Where a message comes from. */
export interface Sender extends Author {
  /** What the log knows the request by. */
  requestId: string
}

export interface MessageService {
  /**
   * Sends a text to a chat. Message, notifications, counters and events are committed together or not at all; a retry with the
   * same `clientMessageId` answers with the message it first made.
   *
   * @throws FORBIDDEN for a chat that isn't the author's; BAD_USER_INPUT for a clientMessageId that isn't 1 to 64 characters
   *   or was used for another text or chat
   */
  send(sender: Sender, input: { chatId: string; text: string; clientMessageId: string | null }): Promise<SendResult>
  /** What `send` would say to a text. @throws FORBIDDEN */
  check(author: Author, input: { chatId: string; text: string }): Promise<TextCheck>
}

interface Dependencies {
  db: Database
  sendQueue: SendQueue
  access: ChatAccess
  texts: TextJudge
  clock: () => Date
  logger: Logger
  metrics: Pick<Metrics, 'messagesSent'>
}

export function createMessageService(deps: Dependencies): MessageService {
  const { db, sendQueue, access, texts, clock, logger, metrics } = deps

  async function send(author: Sender, input: Parameters<MessageService['send']>[1]): Promise<SendResult> {
    const startedAt = performance.now()
    const { chatId, clientMessageId } = input
    if (clientMessageId !== null && !isClientMessageId(clientMessageId)) {
      throw badUserInput('clientMessageId must have 1 to 64 characters')
    }
    await access.requireParticipant(author.userId, chatId)
    const place = { chatId, authorId: author.userId, messageId: null }
    const judged = await texts.judge(input.text, author.userId)
    const refusal = await texts.refusalOf(judged, author.userId)
    if (refusal) {
      // A retry is answered by what was sent, whatever limits and rules say by now.
      const original = clientMessageId && (await findSent(db.client, author, chatId, clientMessageId, judged.text))
      if (original) return { kind: 'SENT', messageId: original, duplicate: true, live: null }
      return texts.refused(refusal, place)
    }

    const sent = await sendQueue.send({
      chatId,
      authorId: author.userId,
      clientMessageId,
      text: judged.text,
      refusalBeside: (recentTexts) =>
        texts.contactRefusal(texts.findBeside(input.text, judged, { recentTexts, laterTexts: [] })),
    })
    if (sent.kind === 'REFUSED') return texts.refused(sent.refusal, place)
    if (sent.kind === 'USED') {
      const original = clientMessageId && (await findSent(db.client, author, chatId, clientMessageId, judged.text))
      if (!original) throw new Error('a message that was sent is gone')
      return { kind: 'SENT', messageId: original, duplicate: true, live: null }
    }
    const ms = Math.round((performance.now() - startedAt) * 10) / 10
    const { live } = sent
    const { id: messageId, seq } = live.sent.message
    logger.info({ requestId: author.requestId, userId: author.userId, chatId, seq, ms }, 'message sent')
    metrics.messagesSent.inc()
    return { kind: 'SENT', messageId, duplicate: false, live }
  }

  return {
    send,
    async check(author, { chatId, text }) {
      await access.requireParticipant(author.userId, chatId)
      const judged = await texts.judge(text, author.userId)
      const { findings, invalid } = judged
      if (invalid) return { findings, invalid }
      const place = { chatId, authorId: author.userId, changes: null, now: clock(), locked: false }
      return { findings: await texts.findInContext(db.client, text, judged, place), invalid }
    },
  }
}

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
