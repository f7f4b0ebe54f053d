import type { Database, Transaction } from '../db.ts'
import { newId } from '../ids.ts'
import { rowsAs, type Sql, type Statement, toParameter } from '../sql.ts'
import type { WebhookFact } from './webhook-event.ts'

/** Where what the host is to be told is written, in the transaction that makes it true. There is none without a webhook. */
export interface WebhookOutbox {
  /** Appends to the chats' lines: facts of different chats, whose lines it locks until the commit. */
  append(sql: Sql, facts: readonly WebhookFact[]): Promise<void>
  /** The same in a transaction of Prisma's. */
  appendIn(tx: Transaction, fact: WebhookFact): Promise<void>
  /** To be called after the commit: delivery begins at once. */
  wake(): void
}

/** @param wake tells the delivery of this process */
export function createWebhookOutbox(provider: Database['provider'], wake: () => void): WebhookOutbox {
  const statements = appendStatements(provider)

  async function append(sql: Sql, facts: readonly WebhookFact[]): Promise<void> {
    const rows = facts.map(({ data, ...fact }) => ({ ...fact, id: newId('whe'), data: JSON.stringify(data) }))
    const parameter = toParameter(provider, rows)
    for (const statement of statements) await sql.run(statement, [parameter])
  }

  return {
    append,
    appendIn: (tx, fact) => append({ run: ({ text }, values) => tx.$queryRawUnsafe(text, ...values) }, [fact]),
    wake,
  }
}

const columns = {
  id: 'text',
  chatId: 'text',
  type: 'text',
  data: 'text',
  createdAt: 'timestamp(3)',
} as const

/** $1: facts. One statement where the database can do it in one. */
function appendStatements(provider: Database['provider']): Statement[] {
  const rows = rowsAs(provider, columns, 1)
  // "true", because SQLite takes ON CONFLICT for a join's condition otherwise. Lines are locked in one order by everybody.
  const line = `INSERT INTO "WebhookChat" ("chatId", "lastSequence", "nextAttemptAt")
    SELECT "chatId", 1, "createdAt" FROM ${rows} WHERE true ORDER BY "chatId"
    ON CONFLICT ("chatId") DO UPDATE SET "lastSequence" = "WebhookChat"."lastSequence" + 1,
      "nextAttemptAt" = COALESCE("WebhookChat"."nextAttemptAt", excluded."nextAttemptAt")`
  const event = (lines: string) => `INSERT INTO "WebhookEvent"
      ("id", "chatId", "sequence", "type", "data", "createdAt", "triedSince")
    SELECT r."id", r."chatId", l."lastSequence", r."type", r."data", r."createdAt", r."createdAt"
    FROM ${rows} JOIN ${lines} l ON l."chatId" = r."chatId"`
  return provider === 'postgresql'
    ? [
        {
          name: 'appendWebhooks',
          text: `WITH "line" AS (${line} RETURNING "chatId", "lastSequence") ${event('"line"')}`,
        },
      ]
    : [
        { name: 'lockWebhookLines', text: line },
        { name: 'insertWebhookEvents', text: event('"WebhookChat"') },
      ]
}
