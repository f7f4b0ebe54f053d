import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { WebhookEvent as EventRow } from '../../prisma/generated/postgresql/client/client.ts'
import type { Database, Transaction } from '../db.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import { resolvable } from '../resolvable.ts'
import { within } from '../within.ts'
import { attemptTimeoutMs, type PostResult, type PostWebhook } from './post-webhook.ts'

/** Carries the lines of webhook events to the host: each line in order, several lines at once. */
export interface WebhookDelivery {
  /** Something may be due. */
  wake(): void
  /** Lets what is on its way arrive, for a moment, and gives the lines back. */
  close(): Promise<void>
}

/** For so long an event is tried; then it is given up, and the next one of its chat goes on. */
const maxTriedMs = 72 * 3_600_000
/** The first wait after a failure; it doubles up to the longest one. */
const minRetryMs = 1000
const maxRetryMs = 3_600_000
/** Requests under way, of one instance. */
const maxDeliveries = 8
/** After so many events of one chat it is another chat's turn. */
const maxEventsInARow = 20
/** Nobody else takes a line for so long; told anew with every event. A process that died holds its lines up no longer. */
const leaseMs = 3 * attemptTimeoutMs
/** How often is looked for what is due, or was left by another instance, with nothing to say so. */
const pollMs = 1000
const pruneIntervalMs = 60_000
const closeGraceMs = 2000

interface Dependencies {
  db: Database
  post: PostWebhook
  clock: () => Date
  logger: Logger
  metrics: Pick<Metrics, 'webhookAttempts'>
  /** What was given up is kept for so long. */
  retentionMs: number
}

export function startWebhookDelivery(deps: Dependencies): WebhookDelivery {
  const { db, post, clock, logger, metrics, retentionMs } = deps
  const stopped = new AbortController()
  const cutOff = new AbortController()
  /** Lines that are being worked on, by chat. */
  const lines = new Map<string, Promise<void>>()
  let wake: () => void = () => undefined
  let prunedAtMs = 0

  async function run(): Promise<void> {
    // Its only process before this one is gone.
    if (db.provider === 'sqlite') await release({})
    while (!stopped.signal.aborted) {
      const woken = resolvable()
      wake = woken.resolve
      try {
        await prune()
        for (const chatId of await findDue(maxDeliveries - lines.size)) lines.set(chatId, work(chatId))
      } catch (error) {
        logger.warn({ err: error }, 'webhooks')
        await rest()
      }
      await within(pollMs, woken.promise)
    }
  }

  /** After a failure of the database's: what was due is still due, and so may be what is wrong. */
  const rest = () => wait(pollMs, undefined, { signal: stopped.signal, ref: false }).catch(() => undefined)

  /** Chats whose line is due and nobody's. */
  async function findDue(limit: number): Promise<string[]> {
    if (limit <= 0) return []
    const now = clock()
    const rows = await db.client.webhookChat.findMany({
      where: { nextAttemptAt: { lte: now }, OR: [{ leaseUntil: null }, { leaseUntil: { lte: now } }] },
      orderBy: { nextAttemptAt: 'asc' },
      take: limit,
      select: { chatId: true },
    })
    return rows.map(({ chatId }) => chatId).filter((chatId) => !lines.has(chatId))
  }

  /** Delivers a line as far as it goes. Never rejects. */
  async function work(chatId: string): Promise<void> {
    const lease = randomUUID()
    try {
      let event = await claim(chatId, lease)
      for (let count = 0; event && count < maxEventsInARow && !stopped.signal.aborted; count++) {
        const result = await post(event, cutOff.signal)
        // It says nothing of the receiver, who may have got it: it goes again, and is known by its id.
        if (cutOff.signal.aborted && result.kind === 'FAILED') break
        event = await settle(event, result, lease)
      }
      if (event) await release({ chatId, lease })
    } catch (error) {
      // The lease ends by itself.
      logger.warn({ err: error, chatId }, 'webhooks of a chat')
      await rest()
    } finally {
      lines.delete(chatId)
      wake()
    }
  }

  /** Takes a line, unless another instance was faster; the event that is due. */
  async function claim(chatId: string, lease: string): Promise<EventRow | null> {
    const now = clock()
    return db.transaction(async (tx) => {
      const { count } = await tx.webhookChat.updateMany({
        where: { chatId, nextAttemptAt: { lte: now }, OR: [{ leaseUntil: null }, { leaseUntil: { lte: now } }] },
        data: { lease, leaseUntil: new Date(now.getTime() + leaseMs) },
      })
      return count === 0 ? null : nextOf(tx, chatId, lease)
    })
  }

  /** Writes down what became of an attempt; the event that follows on it at once. */
  async function settle(event: EventRow, result: PostResult, lease: string): Promise<EventRow | null> {
    const now = clock()
    const { id, chatId, attempts } = event
    const givesUp =
      result.kind === 'FAILED' && (result.gone || now.getTime() - event.triedSince.getTime() >= maxTriedMs)
    const outcome = result.kind === 'DELIVERED' ? 'delivered' : givesUp ? 'given_up' : 'failed'
    metrics.webhookAttempts.inc({ result: outcome })
    if (givesUp) logger.warn({ eventId: id, chatId, error: result.error }, 'webhook given up')
    return db.transaction(async (tx) => {
      const { count } = await tx.webhookChat.updateMany({
        where: { chatId, lease },
        // Locked by it, so that nothing is appended until the commit.
        data: { leaseUntil: new Date(now.getTime() + leaseMs) },
      })
      // Another one has the line: it knows better.
      if (count === 0) return null
      if (result.kind === 'DELIVERED') await tx.webhookEvent.deleteMany({ where: { id } })
      else {
        const failure = { attempts: attempts + 1, lastError: result.error, givenUpAt: givesUp ? now : null }
        await tx.webhookEvent.updateMany({ where: { id }, data: failure })
        if (!givesUp) {
          const nextAttemptAt = new Date(now.getTime() + retryDelayMs(attempts + 1))
          await tx.webhookChat.updateMany({ where: { chatId, lease }, data: { ...free, nextAttemptAt } })
          return null
        }
      }
      return nextOf(tx, chatId, lease)
    })
  }

  /** The first event of a line; a line without one is given back. */
  async function nextOf(tx: Transaction, chatId: string, lease: string): Promise<EventRow | null> {
    const next = await tx.webhookEvent.findFirst({ where: { chatId, givenUpAt: null }, orderBy: { sequence: 'asc' } })
    if (!next) await tx.webhookChat.updateMany({ where: { chatId, lease }, data: { ...free, nextAttemptAt: null } })
    return next
  }

  const release = (where: { chatId?: string; lease?: string }) =>
    db.transaction((tx) => tx.webhookChat.updateMany({ where: { lease: { not: null }, ...where }, data: free }))

  async function prune(): Promise<void> {
    const nowMs = performance.now()
    if (prunedAtMs !== 0 && nowMs - prunedAtMs < pruneIntervalMs) return
    prunedAtMs = nowMs
    const before = new Date(clock().getTime() - retentionMs)
    await db.transaction((tx) => tx.webhookEvent.deleteMany({ where: { givenUpAt: { lt: before } } }))
  }

  const running = run().catch((error: unknown) => logger.error({ err: error }, 'webhooks stopped'))
  return {
    wake: () => wake(),
    async close() {
      stopped.abort()
      wake()
      await running
      await within(closeGraceMs, Promise.all(lines.values()))
      cutOff.abort()
      await Promise.all(lines.values())
    },
  }
}

const free = { lease: null, leaseUntil: null }

/** After the n-th failure in a row: doubling, capped, and anywhere in its upper half, so that lines spread out. */
function retryDelayMs(failures: number): number {
  const ceiling = Math.min(maxRetryMs, minRetryMs * 2 ** (failures - 1))
  return ceiling / 2 + Math.random() * (ceiling / 2)
}
