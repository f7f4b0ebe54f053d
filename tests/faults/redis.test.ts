import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, startTestApp, type TestApp, type TestDatabase } from '../support/app.ts'
import { newPair, say } from '../support/chat.ts'
import { type EventStream, listen } from '../support/events.ts'
import { createChildren } from './children.ts'
import { type FaultyRedis, startRedis } from './redis.ts'

/** The promise is 2 s; the rest is for a busy machine. Without help from Redis a precaution would take up to 20 s. */
const deliveryMs = 5000

describe('two instances whose Redis fails', () => {
  const children = createChildren()
  let redis: FaultyRedis
  let database: TestDatabase
  let here: TestApp
  let there: TestApp
  beforeAll(async () => {
    redis = await startRedis(children)
    database = await createTestDatabase('postgresql')
    const start = () => startTestApp('postgresql', { database, env: { REDIS_URL: redis.url } })
    here = await start()
    there = await start()
  })
  afterAll(async () => {
    await here?.close()
    await there?.close()
    await database?.drop()
    await children.end()
  })

  /** Somebody listens at one instance; the other sends one message, while Redis is broken, and nothing after it. */
  async function sendOnce(broken: () => Promise<void>): Promise<{ stream: EventStream; event: Promise<any> }> {
    const { chatId, anna, dmitry } = await newPair(here.url)
    const stream = await listen(here.url, dmitry.token)
    // Hints go between the instances just now.
    await say(there.url, anna, chatId, 'before')
    await stream.through(({ __typename }) => __typename === 'NotificationAdded')
    await broken()
    await say(there.url, anna, chatId, 'meanwhile')
    return { stream, event: stream.next(deliveryMs) }
  }

  const nothing = async () => undefined
  it.each([
    { what: 'drops the connections of subscribers', breakIt: () => redis.drop('pubsub'), mend: nothing },
    { what: 'drops the connections of publishers', breakIt: () => redis.drop('normal'), mend: nothing },
    { what: 'is killed', breakIt: () => redis.kill(), mend: () => redis.start() },
    { what: 'does not answer', breakIt: async () => redis.freeze(), mend: async () => redis.thaw() },
  ])('deliver a lone message in time when Redis $what', async ({ breakIt, mend }) => {
    const { stream, event } = await sendOnce(breakIt)
    try {
      expect(await event).toMatchObject({ __typename: 'MessageAdded', message: { text: 'meanwhile' } })
    } finally {
      stream.close()
      await mend()
      await untilReliable()
    }
  })

  it('deliver a lone message in time when Redis is gone for less than a heartbeat', async () => {
    let started: Promise<void> | undefined
    const { stream, event } = await sendOnce(async () => {
      await redis.kill()
      started = wait(200).then(() => redis.start())
    })
    expect(await event).toMatchObject({ __typename: 'MessageAdded', message: { text: 'meanwhile' } })
    stream.close()
    await started
    await untilReliable()
  })

  async function untilReliable(): Promise<void> {
    for (const { url } of [here, there]) {
      await expect
        .poll(async () => (await (await fetch(`${url}/health/ready`)).json()).status, { timeout: 10_000 })
        .toBe('ok')
    }
  }
})
