import { resolve } from 'node:path'
import { createClient } from '@libsql/client'
import { Client } from 'pg'

/** A message as it is stored, as far as the guard is concerned. */
export interface StoredMessage {
  id: string
  chatId: string
  authorId: string
  text: string
}

const columns = '"id", "chatId", "authorId", "text"'

/**
 * The last messages of a database, oldest first. Only reads, and takes no lock, so it runs beside a serving process.
 *
 * @throws when the database can't be read
 */
export async function storedMessages(databaseUrl: string, count: number): Promise<StoredMessage[]> {
  const query = `SELECT ${columns} FROM "Message" WHERE "deletedAt" IS NULL ORDER BY "createdAt" DESC, "seq" DESC LIMIT ${count}`
  const rows = databaseUrl.startsWith('file:')
    ? await fromSqlite(databaseUrl, query)
    : await fromPostgres(databaseUrl, query)
  return rows
    .map((row) => ({
      id: String(row.id),
      chatId: String(row.chatId),
      authorId: String(row.authorId),
      text: String(row.text),
    }))
    .reverse()
}

async function fromSqlite(url: string, query: string): Promise<Record<string, unknown>[]> {
  const client = createClient({ url: `file:${resolve(url.slice('file:'.length))}` })
  try {
    return (await client.execute(query)).rows.map((row) => ({ ...row }))
  } finally {
    client.close()
  }
}

async function fromPostgres(url: string, query: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 3000, statement_timeout: 30_000 })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(query)).rows
  } finally {
    await client.end()
  }
}
