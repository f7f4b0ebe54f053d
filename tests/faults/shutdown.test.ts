import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type Provider, providers, type TestDatabase } from '../support/app.ts'
import { newPair, range } from '../support/chat.ts'
import { request } from '../support/client.ts'
import { type Person, sendMutation } from '../support/market.ts'
import { connectSocket, operate } from '../support/socket.ts'
import { sql } from '../support/sql.ts'
import { createChildren } from './children.ts'
import { createInstance, type Instance } from './instance.ts'

/** Promised are 10 s; the rest is for a busy machine. */
const exitMs = 13_000

describe.each(providers)('SIGTERM under load on %s', (provider: Provider) => {
  const children = createChildren()
  let database: TestDatabase
  let instance: Instance
  beforeAll(async () => {
    database = await createTestDatabase(provider)
    instance = await createInstance(children, 'the instance', { DATABASE_URL: database.url })
    await instance.start()
  })
  afterAll(async () => {
    await children.end()
    await database?.drop()
  })

  it('answers what is in flight, sends sockets away with 1012, waits for no frozen client, and loses nothing', async () => {
    const pairs = await Promise.all(range(4).map(() => newPair(instance.url)))
    const acknowledged: string[] = []
    const surprises: string[] = []
    let stopping = false

    /** Sends until nobody listens any more; an answer must be an acknowledgement or say UNAVAILABLE. */
    async function sendOn(chatId: string, who: Person): Promise<void> {
      for (;;) {
        const clientMessageId = randomUUID()
        const input = { chatId, text: 'Под нагрузкой', clientMessageId }
        const answer = await request(instance.url, who.token, sendMutation, { input }).catch(() => null)
        if (answer?.data?.sendMessage.__typename === 'SendMessageSuccess') acknowledged.push(clientMessageId)
        else if (answer) {
          const code = answer.errors?.[0]?.extensions.code
          if (code !== 'UNAVAILABLE') surprises.push(answer.body)
        }
        if (stopping && !answer) return
      }
    }
    const watching = await connectSocket(instance.url, (pairs[0] as (typeof pairs)[0]).dmitry.token)
    watching.send({ id: 'all', type: 'subscribe', payload: { query: 'subscription { events { __typename } }' } })
    await watching.nextOf('all')
    // It asks for more than the system's buffers take, and reads nothing of it.
    const frozen = await connectSocket(instance.url, (pairs[1] as (typeof pairs)[0]).dmitry.token)
    const fields = range(40).map((index) => `t${index}: text`)
    const query = `subscription { events { __typename ... on MessageAdded { message { ${fields} } } } }`
    frozen.send({ id: 'all', type: 'subscribe', payload: { query } })
    await frozen.nextOf('all')
    frozen.socket.pause()

    const load = pairs.flatMap(({ chatId, anna }) => range(5).map(() => sendOn(chatId, anna)))
    await expect.poll(() => acknowledged.length, { timeout: 30_000 }).toBeGreaterThan(100)
    const overSocket = operate(watching, 'in flight', sendMutation, {
      input: { chatId: (pairs[0] as (typeof pairs)[0]).chatId, text: 'Вслед', clientMessageId: 'over the socket' },
    }).catch(() => null)
    stopping = true
    const { ms, exitCode } = await instance.terminate()
    await Promise.all(load)

    expect(exitCode).toBe(0)
    expect(ms).toBeLessThan(exitMs)
    expect(await watching.closed).toMatchObject({ code: 1012 })
    frozen.socket.terminate()
    expect(surprises).toEqual([])
    const [result] = (await overSocket) ?? []
    if (result?.data?.sendMessage.__typename === 'SendMessageSuccess') acknowledged.push('over the socket')
    const rows = await sql(database, 'SELECT "clientMessageId" AS id FROM "Message"')
    const stored = new Set(rows.map(({ id }) => id))
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([])
  }, 90_000)
})
