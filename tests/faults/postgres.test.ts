import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { newPair, say } from '../support/chat.ts'
import { type HttpAnswer, request } from '../support/client.ts'
import { sendMutation } from '../support/market.ts'
import { createChildren } from './children.ts'
import { type FaultyPostgres, startPostgres } from './postgres.ts'
import { wait } from './waiting.ts'

/** Promised are 5 s; the rest is for a busy machine. */
const answerMs = 8000
/** Promised are 10 s. */
const recoveryMs = 15_000

describe('an instance whose PostgreSQL', () => {
  const children = createChildren()
  let postgres: FaultyPostgres
  let app: TestApp
  beforeAll(async () => {
    postgres = await startPostgres(children)
    app = await startTestApp('postgresql', { database: { url: postgres.url, drop: async () => undefined } })
  })
  afterAll(async () => {
    postgres?.thaw()
    await app?.close()
    await children.end()
  })

  async function timed(operation: Promise<HttpAnswer>): Promise<{ code: string; ms: number }> {
    const startedAt = performance.now()
    const { errors } = await operation
    return { code: errors?.[0]?.extensions.code ?? 'none', ms: performance.now() - startedAt }
  }

  /** Breaks it, asks for reads and writes, mends it, and finds everything as it was acknowledged. */
  async function survive(breakIt: () => Promise<unknown>, mend: () => Promise<unknown>): Promise<void> {
    const { chatId, anna } = await newPair(app.url)
    await say(app.url, anna, chatId, 'before', 'before')
    // Connections that are open already are what a server that falls silent takes with it.
    const read = () => request(app.url, anna.token, '{ counters { unreadMessages } }')
    await Promise.all(Array.from({ length: 20 }, read))
    await breakIt()
    const send = (text: string) =>
      request(app.url, anna.token, sendMutation, { input: { chatId, text, clientMessageId: text } })
    const answers = await Promise.all(
      [read(), send('one'), read(), send('two'), read(), send('three'), read()].map(timed),
    )
    await mend()
    for (const { code, ms } of answers) {
      expect(code).toBe('UNAVAILABLE')
      expect(ms).toBeLessThan(answerMs)
    }
    // pg has given up the silent connections, not only those who waited for them.
    const mendedAt = performance.now()
    for (;;) {
      const { errors } = await send('after')
      if (!errors) break
      expect(performance.now() - mendedAt).toBeLessThan(recoveryMs)
      await wait(100)
    }
    expect(await say(app.url, anna, chatId, 'before', 'before')).toMatchObject({ seq: 1 })
    for (const text of ['one', 'two', 'three']) await say(app.url, anna, chatId, text, text)
    const texts = await postgres.query(`SELECT "text" FROM "Message" WHERE "chatId" = $1 ORDER BY "seq"`, [chatId])
    expect(texts.map(({ text }) => text).toSorted()).toEqual(['after', 'before', 'one', 'three', 'two'])
  }

  it('was stopped answers UNAVAILABLE in time, and works again by itself', async () => {
    await survive(
      () => postgres.stop('immediate'),
      () => postgres.start(),
    )
  }, 60_000)

  it('does not answer (frozen) answers UNAVAILABLE in time, and works again by itself', async () => {
    await survive(
      async () => postgres.freeze(),
      async () => postgres.thaw(),
    )
  }, 60_000)

  it('has all its connections held up answers in time, and works again by itself', async () => {
    const pairs = await Promise.all(Array.from({ length: 15 }, () => newPair(app.url)))
    const holder = await postgres.connect()
    await holder.query('BEGIN')
    await holder.query('SELECT 1 FROM "Chat" FOR UPDATE')
    const answers = await Promise.all(
      pairs.map(({ chatId, anna }) =>
        timed(request(app.url, anna.token, sendMutation, { input: { chatId, text: 'held', clientMessageId: 'held' } })),
      ),
    )
    await holder.query('ROLLBACK')
    await holder.end()
    for (const { code, ms } of answers) {
      expect(code).toBe('UNAVAILABLE')
      expect(ms).toBeLessThan(answerMs)
    }
    for (const { chatId, anna } of pairs) expect((await say(app.url, anna, chatId, 'held', 'held')).seq).toBe(1)
  }, 60_000)
})
