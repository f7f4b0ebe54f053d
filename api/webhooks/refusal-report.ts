import type { Database } from '../db.ts'
import type { Logger } from '../logger.ts'
import type { RateLimiter } from '../rate-limiter.ts'
import { within } from '../within.ts'
import type { WebhookOutbox } from './webhook-outbox.ts'

/** Where a text was refused. */
export interface RefusedPlace {
  chatId: string
  authorId: string
  /** The message that was to be changed; null for a new one. */
  messageId: string | null
}

/** Tells the host of texts with contact details: who, in which chat, and of which kinds; never what was written. */
export interface RefusalReport {
  /**
   * Never rejects, and waits for the database no longer than a person would notice: a refusal must be answered whatever becomes of the
   * report. Of one author's refusals no more are told than they may send messages.
   */
  tell(place: RefusedPlace, kinds: readonly string[]): Promise<void>
  /** Waits for what is being written. */
  close(): Promise<void>
}

const patienceMs = 250

interface Dependencies {
  db: Database
  outbox: WebhookOutbox
  limiter: RateLimiter
  clock: () => Date
  logger: Logger
}

export function createRefusalReport({ db, outbox, limiter, clock, logger }: Dependencies): RefusalReport {
  const writing = new Set<Promise<void>>()

  async function write({ chatId, authorId, messageId }: RefusedPlace, kinds: readonly string[]): Promise<void> {
    try {
      if ((await limiter.take(authorId)) > 0) return
      await db.transaction(async (tx) => {
        const chat = await tx.chat.findUniqueOrThrow({
          where: { id: chatId },
          select: { id: true, externalRef: true },
        })
        const author = await tx.user.findUniqueOrThrow({ where: { id: authorId }, select: { externalId: true } })
        const message = messageId === null ? null : await tx.message.findUnique({ where: { id: messageId } })
        await outbox.appendIn(tx, {
          type: 'message.refused',
          chatId,
          createdAt: clock(),
          data: {
            chat,
            author,
            message: message && { id: message.id, seq: message.seq, createdAt: message.createdAt.toISOString() },
            kinds,
          },
        })
      })
      outbox.wake()
    } catch (error) {
      logger.warn({ err: error }, 'refusal not told')
    }
  }

  return {
    async tell(place, kinds) {
      const written = write(place, kinds)
      writing.add(written)
      void written.then(() => writing.delete(written))
      await within(patienceMs, written)
    },
    async close() {
      await Promise.all(writing)
    },
  }
}
