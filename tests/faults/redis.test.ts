import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newPair, say } from '../support/chat.ts'
import { type EventStream, listen } from '../support/events.ts'
import { type Pair, startPair } from './pair.ts'

/** The promise is 2 s; the rest is for a busy machine. Without help from Redis a precaution would take up to 20 s. */
const deliveryMs = 5000

describe('two instances whose Redis fails', () => {
  let pair: Pair
  beforeAll(async () => {
    pair = await startPair()
  })
  afterAll(() => pair?.close())

  /** Somebody listens at one instance; the other sends one message, while Redis is broken, and nothing after it. */
  async function sendOnce(broken: () => Promise<void>): Promise<{ stream: EventStream; event: Promise<any> }> {
    const { here, there } = pair
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
    { what: 'drops the connections of subscribers', breakIt: () => pair.redis.drop('pubsub'), mend: nothing },
    { what: 'drops the connections of publishers', breakIt: () => pair.redis.drop('normal'), mend: nothing },
    { what: 'is killed', breakIt: () => pair.redis.kill(), mend: () => pair.redis.start() },
    { what: 'does not answer', breakIt: async () => pair.redis.freeze(), mend: async () => pair.redis.thaw() },
  ])('deliver a lone message in time when Redis $what', async ({ breakIt, mend }) => {
    const { stream, event } = await sendOnce(breakIt)
    try {
      expect(await event).toMatchObject({ __typename: 'MessageAdded', message: { text: 'meanwhile' } })
    } finally {
      stream.close()
      await mend()
      await pair.untilReliable()
    }
  })

  it('deliver a lone message in time when Redis is gone for less than a heartbeat', async () => {
    let started: Promise<void> | undefined
    const { stream, event } = await sendOnce(async () => {
      await pair.redis.kill()
      started = wait(200).then(() => pair.redis.start())
    })
    expect(await event).toMatchObject({ __typename: 'MessageAdded', message: { text: 'meanwhile' } })
    stream.close()
    await started
    await pair.untilReliable()
  })
})
