import type { Prisma } from '../../prisma/generated/postgresql/client/client.ts'
import type { Database } from '../db.ts'
import type { WebhookDelivery } from './webhook-delivery.ts'

/** An event that the host hasn't acknowledged. */
export interface UndeliveredWebhook {
  id: string
  type: string
  chatId: string
  sequence: number
  createdAt: Date
  attempts: number
  lastError: string | null
  nextAttemptAt: Date | null
  givenUpAt: Date | null
}

export interface WebhookStatus {
  enabled: boolean
  waiting: number
  oldestWaitingAt: Date | null
  /** At most `maxShown` each. */
  failing: UndeliveredWebhook[]
  givenUp: number
  givenUpEvents: UndeliveredWebhook[]
}

/** What the host's engineers see and do about their webhook. */
export interface WebhookService {
  status(): Promise<WebhookStatus>
  /**
   * Tries again, at once: what was given up (of these ids, or all), and what waits for its next attempt. Idempotent.
   *
   * @returns how many that had been given up are tried again
   */
  redeliver(ids: readonly string[] | null): Promise<number>
}

const maxShown = 100

/** @param delivery null: there is no webhook */
export function createWebhookService(
  db: Database,
  delivery: Pick<WebhookDelivery, 'wake'> | null,
  clock: () => Date,
): WebhookService {
  async function shown(where: Prisma.WebhookEventWhereInput, orderBy: Prisma.WebhookEventOrderByWithRelationInput) {
    const events = await db.client.webhookEvent.findMany({ where, orderBy, take: maxShown })
    const lines = await db.client.webhookChat.findMany({
      where: { chatId: { in: events.map(({ chatId }) => chatId) } },
    })
    const due = new Map(lines.map(({ chatId, nextAttemptAt }) => [chatId, nextAttemptAt]))
    return events.map((event) => ({
      ...event,
      nextAttemptAt: event.givenUpAt ? null : (due.get(event.chatId) ?? null),
    }))
  }

  return {
    async status() {
      const waits = { givenUpAt: null }
      const [waiting, oldest, givenUp, failing, givenUpEvents] = await Promise.all([
        db.client.webhookEvent.count({ where: waits }),
        db.client.webhookEvent.findFirst({ where: waits, orderBy: { createdAt: 'asc' }, select: { createdAt: true } }),
        db.client.webhookEvent.count({ where: { givenUpAt: { not: null } } }),
        shown({ ...waits, attempts: { gt: 0 } }, { createdAt: 'asc' }),
        shown({ givenUpAt: { not: null } }, { givenUpAt: 'desc' }),
      ])
      const oldestWaitingAt = oldest?.createdAt ?? null
      return { enabled: delivery !== null, waiting, oldestWaitingAt, failing, givenUp, givenUpEvents }
    },

    async redeliver(ids) {
      const now = clock()
      const count = await db.transaction(async (tx) => {
        const where = { givenUpAt: { not: null }, ...(ids && { id: { in: [...ids] } }) }
        const found = await tx.webhookEvent.findMany({ where, select: { id: true, chatId: true } })
        const chatIds = [...new Set(found.map(({ chatId }) => chatId))]
        // Lines first, as all do; with none named, all that wait.
        const lines = ids
          ? { chatId: { in: chatIds } }
          : { OR: [{ chatId: { in: chatIds } }, { nextAttemptAt: { gt: now } }] }
        await tx.webhookChat.updateMany({ where: lines, data: { nextAttemptAt: now } })
        const again = { givenUpAt: null, triedSince: now, attempts: 0 }
        return (
          await tx.webhookEvent.updateMany({
            where: { id: { in: found.map(({ id }) => id) }, givenUpAt: { not: null } },
            data: again,
          })
        ).count
      })
      delivery?.wake()
      return count
    },
  }
}
