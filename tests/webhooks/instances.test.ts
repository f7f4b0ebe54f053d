import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, startTestApp, type TestApp, type TestDatabase } from '../support/app.ts'
import { newPair, range, sayPatiently } from '../support/chat.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts'

let database: TestDatabase
let receiver: WebhookReceiver
const apps: TestApp[] = []

beforeAll(async () => {
  database = await createTestDatabase('postgresql')
  receiver = await startWebhookReceiver()
  const env = { WEBHOOK_URL: receiver.url, WEBHOOK_SECRET: 'a secret that all of the instances share' }
  for (const _ of range(2)) apps.push(await startTestApp('postgresql', { database, env }))
})
afterAll(async () => {
  await Promise.all(apps.map((app) => app.close()))
  await receiver?.close()
  await database?.drop()
})

it('several instances deliver each event once, and each chat in order, while the receiver fails at times', async () => {
  const urls = apps.map(({ url }) => url)
  const pairs = await Promise.all(range(3).map(() => newPair(urls[0] as string)))
  let count = 0
  receiver.answer = () => (++count % 5 === 0 ? 503 : 200)
  await Promise.all(
    pairs.flatMap(({ chatId, anna, dmitry }) =>
      [anna, dmitry].map(async (author, index) => {
        for (const turn of range(3))
          await sayPatiently(urls[(index + turn) % 2] as string, author, chatId, `Ход ${turn}`)
      }),
    ),
  )
  const came = await receiver.acknowledged(18)
  expect(new Set(came.map(({ event }) => event.id)).size).toBe(18)
  for (const { chatId } of pairs) {
    const ofChat = receiver.requests.filter(({ event }) => event.data.chat.id === chatId)
    const acknowledged = ofChat.filter(({ status }) => status === 200)
    expect(acknowledged.map(({ event }) => event.sequence)).toEqual(range(6).map((index) => index + 1))
    expect(acknowledged.map(({ event }) => event.data.message.seq)).toEqual(range(6).map((index) => index + 1))
    // Nothing was tried before what is ahead of it was acknowledged.
    let next = 1
    for (const { event, status } of ofChat) {
      expect(event.sequence).toBe(next)
      if (status === 200) next++
    }
  }
  expect(receiver.requests.some(({ status }) => status === 503)).toBe(true)
}, 60_000)
