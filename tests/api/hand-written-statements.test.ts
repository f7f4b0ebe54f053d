import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../api/db.ts'
import type { Statement } from '../../api/sql.ts'
import { createTestDatabase, type Provider, providers, type TestDatabase } from '../support/app.ts'

describe.each(providers)('hand-written statements of one transaction, on %s', (provider: Provider) => {
  let database: TestDatabase
  let db: Database
  beforeAll(async () => {
    database = await createTestDatabase(provider)
    db = await openDatabase({ provider, url: database.url }, 'a test', () => undefined)
  })
  afterAll(async () => {
    await db.close()
    await database.drop()
  })

  const parameter = provider === 'postgresql' ? '$1::text' : '?1'
  const read: Statement = {
    name: 'readDays',
    text: `SELECT "day" FROM "RefusalDay" WHERE "kind" = ${parameter} ORDER BY "day"`,
  }
  const insert: Statement = {
    name: 'insertDay',
    text: `INSERT INTO "RefusalDay" ("day", "kind", "count") VALUES (${parameter}, 'A', 1)`,
  }
  const days = async () => (await db.sql.run<{ day: string }>(read, ['A'])).map(({ day }) => day)

  it('run in the order in which they were begun, and are committed though nobody waited for them', async () => {
    const seen = await db.sqlTransaction(async (sql) => {
      const before = sql.run(read, ['A'])
      void sql.run(insert, ['1'])
      const between = sql.run(read, ['A'])
      void sql.run(insert, ['2'])
      return Promise.all([before, between])
    })
    expect(seen).toEqual([[], [{ day: '1' }]])
    expect(await days()).toEqual(['1', '2'])
  })

  it('are not committed when one of them fails that nobody waited for', async () => {
    const failing = db.sqlTransaction(async (sql) => {
      await sql.run(read, ['A'])
      void sql.run(insert, ['3'])
      void sql.run(insert, ['1'])
      void sql.run(insert, ['4'])
    })
    await expect(failing).rejects.toThrow(/unique/i)
    expect(await days()).toEqual(['1', '2'])
  })

  it('are not committed when one of them failed and its error was kept back', async () => {
    const failing = db.sqlTransaction(async (sql) => {
      await sql.run(insert, ['3'])
      await sql.run(insert, ['1']).catch(() => undefined)
    })
    await expect(failing).rejects.toThrow(/unique/i)
    expect(await days()).toEqual(['1', '2'])
  })
})
