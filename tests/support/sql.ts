import { createClient } from '@libsql/client'
import pg from 'pg'
import type { TestDatabase } from './app.ts'

type Rows = Record<string, any>[]

/** Runs one statement behind the API's back, in SQL that both databases understand; returns its rows. */
export const sql = (database: TestDatabase, statement: string): Promise<Rows> =>
  connected(database, (query) => query(statement))

/** Runs statements one after another over one connection. */
async function connected<T>(
  database: TestDatabase,
  work: (query: (statement: string) => Promise<Rows>) => Promise<T>,
): Promise<T> {
  if (database.url.startsWith('file:')) {
    const client = createClient({ url: database.url, timeout: 5000 } as Parameters<typeof createClient>[0])
    try {
      return await work(async (statement) => {
        const { rows, columns } = await client.execute(statement)
        return rows.map((row) => Object.fromEntries(columns.map((column) => [column, row[column]])))
      })
    } finally {
      client.close()
    }
  }
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  try {
    return await work(async (statement) => (await client.query(statement)).rows)
  } finally {
    await client.end()
  }
}

/** How many rows a table has. */
export async function countRows(database: TestDatabase, table: string, where = '1 = 1'): Promise<number> {
  const [row] = await sql(database, `SELECT COUNT(*) AS n FROM "${table}" WHERE ${where}`)
  return Number(row?.n)
}

const tables = {
  User: 'id, externalId, name, role, avatarUrl',
  Inbox: '*',
  Event: '*',
  Chat: '*',
  Participant: '*',
  ChatState: '*',
  Message: '*',
  Notification: '*',
  NotificationSettings: '*',
  HostNotification: '*',
}

/**
 * All rows of everybody's, but for when people and their tokens were seen: the same before and after what must leave nothing
 * behind. (How many texts were refused is counted for staff, and no part of it.)
 */
export const footprint = (database: TestDatabase): Promise<unknown> =>
  connected(database, async (query) => {
    const contents: Record<string, unknown> = {}
    for (const [table, columns] of Object.entries(tables)) {
      const list = columns === '*' ? '*' : columns.replace(/\w+/g, '"$&"')
      const rows = await query(`SELECT ${list} FROM "${table}"`)
      contents[table] = rows.map((row) => JSON.stringify(row)).sort()
    }
    return contents
  })
