import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createPostWebhook } from '../../api/webhooks/post-webhook.ts'
import type { WebhookEvent } from '../../api/webhooks/webhook-event.ts'
import { createTestDatabase, providers, startTestApp, type TestApp, type TestDatabase } from '../support/app.ts'
import { codesOf, newPair, range, say } from '../support/chat.ts'
import { request } from '../support/client.ts'
import { type Person, run, send } from '../support/market.ts'
import { countRows, sql } from '../support/sql.ts'
import { tokenFor } from '../support/tokens.ts'
import { type Delivered, isSignedBy, startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts'

const secret = 'the secret that signs now of 32 bytes'
const before = 'the one before it of 32 bytes or more'
const hourMs = 3_600_000

const editMutation = 'mutation ($input: EditMessageInput!) { editMessage(input: $input) { __typename } }'
const deleteMutation = 'mutation ($id: ID!) { deleteMessage(id: $id) { id } }'
const statusQuery = `{ webhookStatus { enabled waiting oldestWaitingAt givenUp
  failing { id type chatId sequence attempts lastError nextAttemptAt givenUpAt }
  givenUpEvents { id type sequence attempts lastError nextAttemptAt givenUpAt } } }`
const redeliverMutation = 'mutation ($ids: [ID!]) { redeliverWebhooks(ids: $ids) }'

/** Good for longer than any test lets the clock go on. */
const exp = Math.floor(Date.now() / 1000) + 1000 * 3600
const longHostToken = () => tokenFor('host-backend', { scope: 'host', exp })

describe.each(providers)('webhooks on %s', (provider) => {
  let database: TestDatabase
  let receiver: WebhookReceiver
  let app: TestApp
  let aheadMs: number
  let anna: Person
  let dmitry: Person
  let chatId: string

  const start = (env: Record<string, string> = {}) =>
    startTestApp(provider, {
      database,
      clock: () => new Date(Date.now() + aheadMs),
      env: { WEBHOOK_URL: receiver.url, WEBHOOK_SECRET: `${secret},${before}`, ...env },
    })

  beforeAll(async () => {
    aheadMs = 0
    database = await createTestDatabase(provider)
    receiver = await startWebhookReceiver()
    app = await start()
  })
  beforeEach(async () => {
    ;({ chatId, anna, dmitry } = await newPair(app.url))
  })
  afterEach(async () => {
    await sql(database, 'DELETE FROM "WebhookEvent"')
    receiver.reset()
    aheadMs = 0
  })
  afterAll(async () => {
    await app?.close()
    await receiver?.close()
    await database?.drop()
  })

  const status = async () => (await run(app.url, await longHostToken(), statusQuery)).webhookStatus
  const sequences = (requests: readonly Delivered[]) => requests.map(({ event }) => event.sequence)
  const edit = (id: string, text: string) => run(app.url, anna.token, editMutation, { input: { id, text } })
  /** When a state behind the API has come about, which no request tells of. */
  const settled = (check: () => Promise<void>) =>
    expect.poll(() => check().then(() => 'so'), { timeout: 15_000 }).toBe('so')

  it('tells of what is sent, edited and deleted, signed by each secret, and of no text', async () => {
    const { id, seq } = await say(app.url, anna, chatId, 'Тайный вопрос')
    await edit(id, 'Тайный ответ')
    await run(app.url, anna.token, deleteMutation, { id })
    const came = await receiver.acknowledged(3)
    expect(came.map(({ event }) => event.type)).toEqual(['message.sent', 'message.edited', 'message.deleted'])
    expect(sequences(came)).toEqual([1, 2, 3])
    for (const one of came) {
      expect(one.event.data).toEqual({
        chat: { id: chatId, externalRef: null },
        author: { externalId: anna.externalId },
        message: { id, seq, createdAt: expect.stringMatching(/^\d{4}-.*Z$/) },
      })
      expect(one.text).not.toContain('Тайный')
      expect(one.headers).toMatchObject({
        'content-type': 'application/json',
        'oko-event-id': one.event.id,
        'oko-event-type': one.event.type,
      })
      expect(await isSignedBy(secret, one)).toBe(true)
      expect(await isSignedBy(before, one)).toBe(true)
      expect(await isSignedBy('another secret, of 32 bytes and more', one)).toBe(false)
      expect(await isSignedBy(secret, { ...one, text: `${one.text} ` })).toBe(false)
    }
    await settled(async () => expect(await countRows(database, 'WebhookEvent')).toBe(0))
    expect(await status()).toMatchObject({ enabled: true, waiting: 0, oldestWaitingAt: null, failing: [], givenUp: 0 })
  })

  it('tells of nothing that changed nothing: a retry, the same text again, a second deletion', async () => {
    const { id } = await say(app.url, anna, chatId, 'Один раз', 'once')
    await say(app.url, anna, chatId, 'Один раз', 'once')
    await edit(id, 'Один раз')
    await run(app.url, anna.token, deleteMutation, { id })
    await run(app.url, anna.token, deleteMutation, { id })
    await say(app.url, dmitry, chatId, 'Последнее')
    const came = await receiver.acknowledged(3)
    expect(came.map(({ event }) => event.type)).toEqual(['message.sent', 'message.deleted', 'message.sent'])
  })

  it('keeps the order of a chat while the receiver fails and hangs, and holds no other chat up', async () => {
    const other = await newPair(app.url)
    let failures = 2
    receiver.answer = ({ event }) => {
      if (event.data.chat.id !== chatId) return 200
      if (event.sequence === 2 && failures-- > 0) return 500
      return event.sequence === 3 ? 'wait' : 200
    }
    for (const index of range(5)) await say(app.url, anna, chatId, `Вопрос ${index}`)
    const isThird = ({ event }: Delivered) => event.data.chat.id === chatId && event.sequence === 3
    for (let last = await receiver.next(); !isThird(last); last = await receiver.next()) aheadMs += 10_000
    for (const index of range(3)) await say(app.url, other.anna, other.chatId, `Вопрос ${index}`)
    expect(sequences(await receiver.acknowledged(5))).toEqual([1, 2, 1, 2, 3])
    const here = () => receiver.requests.filter(({ event }) => event.data.chat.id === chatId)
    expect(sequences(here())).toEqual([1, 2, 2, 2, 3])
    expect(
      new Set(
        here()
          .slice(1, 4)
          .map(({ text }) => text),
      ).size,
    ).toBe(1)
    receiver.answer = () => 200
    receiver.release(200)
    await receiver.acknowledged(8)
    expect(sequences(here())).toEqual([1, 2, 2, 2, 3, 4, 5])
  })

  it('keeps the order while there is no receiver at all, and goes on when it is back', async () => {
    await receiver.close()
    const sent = range(3).map((index) => `Вопрос ${index}`)
    for (const text of sent) await say(app.url, anna, chatId, text)
    await settled(async () => {
      const { failing } = await status()
      expect(failing).toMatchObject([{ chatId, sequence: 1, lastError: 'ECONNREFUSED' }])
    })
    receiver = await startWebhookReceiver(Number(new URL(receiver.url).port))
    aheadMs += 10_000
    expect(sequences(await receiver.acknowledged(3))).toEqual([1, 2, 3])
    await settled(async () => expect(await countRows(database, 'WebhookEvent')).toBe(0))
  })

  it('follows no redirect, and counts it as a failure', async () => {
    const elsewhere = await startWebhookReceiver()
    try {
      receiver.answer = () => 307
      receiver.headers = { location: elsewhere.url }
      await say(app.url, anna, chatId, 'Здравствуйте')
      await receiver.next()
      await settled(async () => expect((await status()).failing).toHaveLength(1))
      const [failing] = (await status()).failing
      expect(failing).toMatchObject({
        chatId,
        type: 'message.sent',
        attempts: 1,
        lastError: 'HTTP 307',
        givenUpAt: null,
      })
      expect(Date.parse(failing.nextAttemptAt)).toBeGreaterThan(Date.now() - 5000)
      expect(elsewhere.requests).toEqual([])
    } finally {
      await elsewhere.close()
    }
  })

  it('gives an event up after 72 hours, goes on behind it, and sends it again when the host asks', async () => {
    receiver.answer = () => 500
    await say(app.url, anna, chatId, 'Первое')
    await receiver.next()
    await settled(async () => expect((await status()).failing).toHaveLength(1))
    aheadMs = 71 * hourMs
    await receiver.next()
    await settled(async () => expect((await status()).failing[0].attempts).toBe(2))
    aheadMs = 73 * hourMs
    await receiver.next()
    await settled(async () => expect((await status()).givenUp).toBe(1))
    const { givenUpEvents, waiting } = await status()
    expect(waiting).toBe(0)
    expect(givenUpEvents).toMatchObject([{ sequence: 1, attempts: 3, lastError: 'HTTP 500', nextAttemptAt: null }])

    receiver.answer = () => 200
    await say(app.url, { ...dmitry, token: await tokenFor(dmitry.externalId, { exp }) }, chatId, 'Второе')
    expect(sequences(await receiver.acknowledged(1))).toEqual([2])
    const ids = [givenUpEvents[0].id]
    const redeliver = async () =>
      (await run(app.url, await longHostToken(), redeliverMutation, { ids })).redeliverWebhooks
    expect(await redeliver()).toBe(1)
    expect(sequences(await receiver.acknowledged(2))).toEqual([2, 1])
    expect(receiver.requests.at(-1)?.event.id).toBe(receiver.requests[0]?.event.id)
    await settled(async () => expect(await countRows(database, 'WebhookEvent')).toBe(0))
    expect(await redeliver()).toBe(0)
  })

  it('gives up at once what the receiver answers with 410', async () => {
    receiver.answer = ({ event }) => (event.sequence === 1 ? 410 : 200)
    await say(app.url, anna, chatId, 'Первое')
    await say(app.url, anna, chatId, 'Второе')
    expect(sequences(await receiver.acknowledged(1))).toEqual([2])
    expect(await status()).toMatchObject({ givenUp: 1, givenUpEvents: [{ sequence: 1, lastError: 'HTTP 410' }] })
  })

  it('tries what waits at once when the host asks, not only what was given up', async () => {
    receiver.answer = () => 503
    await say(app.url, anna, chatId, 'Первое')
    await receiver.next()
    await settled(async () => expect((await status()).failing).toHaveLength(1))
    await sql(database, `UPDATE "WebhookChat" SET "nextAttemptAt" = '2100-01-01T00:00:00.000+00:00'`)
    receiver.answer = () => 200
    expect((await run(app.url, await longHostToken(), redeliverMutation)).redeliverWebhooks).toBe(0)
    await receiver.acknowledged(1)
  })

  it('loses nothing, and keeps the order, when the server stops in the middle', async () => {
    receiver.answer = () => 'wait'
    for (const index of range(4)) await say(app.url, anna, chatId, `Вопрос ${index}`)
    await receiver.next()
    await app.close()
    receiver.answer = () => 200
    app = await start()
    const came = await receiver.acknowledged(4)
    expect(sequences(came)).toEqual([1, 2, 3, 4])
    expect(came[0]?.event.id).toBe(receiver.requests[0]?.event.id)
    await settled(async () => expect(await countRows(database, 'WebhookEvent')).toBe(0))
  })

  it('tells of contact details that were refused: who, where and of which kinds, and not of what was written', async () => {
    const { id, seq } = await say(app.url, anna, chatId, 'Здравствуйте')
    const phone = '+7 916 123-45-67'
    expect((await send(app.url, anna.token, chatId, `Звоните ${phone}`)).__typename).toBe('ContactDataRefused')
    expect((await edit(id, 'Пишите anna@mail.ru')).editMessage.__typename).toBe('ContactDataRefused')
    // No contact details, and nobody's business.
    expect((await send(app.url, anna.token, chatId, ' ')).__typename).toBe('InvalidText')
    await run(app.url, anna.token, '{ viewer { id } }')
    await say(app.url, dmitry, chatId, 'Последнее')
    const came = await receiver.acknowledged(4)
    expect(came.map(({ event }) => event.type)).toEqual([
      'message.sent',
      'message.refused',
      'message.refused',
      'message.sent',
    ])
    expect(came[1]?.event.data).toEqual({
      chat: { id: chatId, externalRef: null },
      author: { externalId: anna.externalId },
      message: null,
      kinds: expect.arrayContaining(['PHONE']),
    })
    expect(came[2]?.event.data).toMatchObject({ message: { id, seq }, kinds: expect.arrayContaining(['EMAIL']) })
    // Any digits may come in ids and times.
    const said = came.map(({ text }) => text.replace(/_[0-9a-f]{32}"|"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, ''))
    for (const text of said) expect(text).not.toMatch(/916|anna@|Звоните|Пишите/)
  })

  it('is nobody’s but the host’s', async () => {
    for (const token of [anna.token, await tokenFor('staff', { role: 'STAFF' })]) {
      expect(await codesOf(app.url, token, statusQuery)).toEqual(['FORBIDDEN'])
      expect(await codesOf(app.url, token, redeliverMutation)).toEqual(['FORBIDDEN'])
    }
  })

  it('goes on with a line that a dead process held, once its lease has ended', async () => {
    const other = await newPair(app.url)
    receiver.answer = () => 500
    await say(app.url, anna, chatId, 'Первое')
    await receiver.next()
    await settled(async () => expect((await status()).failing).toHaveLength(1))
    receiver.answer = () => 200
    const leaseUntil = new Date(Date.now() + 1_200_000).toISOString().replace('Z', '+00:00')
    await sql(
      database,
      `UPDATE "WebhookChat" SET "lease" = 'dead', "leaseUntil" = '${leaseUntil}' WHERE "chatId" = '${chatId}'`,
    )
    aheadMs = 600_000
    // Looked for together with what is due, and left where it is.
    await say(app.url, other.anna, other.chatId, 'Другое')
    expect((await receiver.acknowledged(1))[0]?.event.data.chat.id).toBe(other.chatId)
    expect((await status()).failing).toMatchObject([{ attempts: 1 }])
    aheadMs = 1_800_000
    expect((await receiver.acknowledged(2))[1]?.event).toMatchObject({ sequence: 1, data: { chat: { id: chatId } } })
  })

  it('tells of no more refusals of one author than they may send messages', async () => {
    await app.close()
    app = await start({ LIMIT_SENDS_PER_MINUTE: '2' })
    for (const _ of range(6)) await send(app.url, anna.token, chatId, 'Звоните +7 916 123-45-67')
    await say(app.url, dmitry, chatId, 'Последнее')
    const came = await receiver.acknowledged(3)
    expect(came.map(({ event }) => event.type)).toEqual(['message.refused', 'message.refused', 'message.sent'])
  })
})

describe.each(providers)('without a webhook on %s', (provider) => {
  it('nothing is written or asked for it', async () => {
    const app = await startTestApp(provider)
    try {
      const { chatId, anna } = await newPair(app.url)
      const { id } = await say(app.url, anna, chatId, 'Здравствуйте')
      await send(app.url, anna.token, chatId, 'Звоните +7 916 123-45-67')
      await run(app.url, anna.token, editMutation, { input: { id, text: 'Добрый день' } })
      await run(app.url, anna.token, deleteMutation, { id })
      expect(app.statements.list.filter((statement) => statement.includes('"Webhook'))).toEqual([])
      expect(app.statements.list.length).toBeGreaterThan(5)
      const { data } = await request(app.url, await longHostToken(), statusQuery)
      expect(data.webhookStatus).toMatchObject({ enabled: false, waiting: 0, givenUp: 0 })
    } finally {
      await app.close()
    }
  })
})

describe('a receiver that doesn’t answer in time', () => {
  it('is a failure that says so, while another attempt goes through', async () => {
    const receiver = await startWebhookReceiver()
    try {
      const post = createPostWebhook({ url: receiver.url, secrets: [secret], clock: () => new Date(), timeoutMs: 200 })
      const event: WebhookEvent = {
        ...{ id: 'evt_1', type: 'message.sent', chatId: 'cht_1', sequence: 1, createdAt: new Date() },
        data: '{}',
      }
      receiver.answer = () => 'wait'
      const never = new AbortController().signal
      expect(await post(event, never)).toEqual({ kind: 'FAILED', error: 'no answer within 0.2 s', gone: false })
      receiver.answer = () => 200
      expect(await post(event, never)).toEqual({ kind: 'DELIVERED' })
    } finally {
      await receiver.close()
    }
  })
})
