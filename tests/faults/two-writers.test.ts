import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codesOf, countersOf, newChat, newPair, range, say, sayPatiently } from '../support/chat.ts'
import { eventsUntilNow, listen, mark, typesOf } from '../support/events.ts'
import { createChat, type Person, send, sendMutation } from '../support/market.ts'
import { countRows, sql } from '../support/sql.ts'
import { positionOf } from './operations.ts'
import { type Pair, startPair } from './pair.ts'

describe('two instances that write at once', () => {
  let pair: Pair
  let urls: readonly [string, string]
  beforeAll(async () => {
    pair = await startPair()
    urls = [pair.here.url, pair.there.url]
    // What a transaction does right before its commit, by the text of its message.
    await sql(pair.database, 'CREATE SEQUENCE attempts')
    await sql(
      pair.database,
      `CREATE FUNCTION before_commit() RETURNS trigger AS $$
       BEGIN
         IF NEW."text" LIKE 'pause%' THEN PERFORM pg_sleep(0.3);
         ELSIF NEW."text" = 'fail' THEN RAISE EXCEPTION 'a mistake of ours';
         ELSIF NEW."text" = 'conflict' AND nextval('attempts') <= 3 THEN RAISE EXCEPTION 'as by another' USING ERRCODE = '40P01';
         ELSIF NEW."text" = 'conflict for ever' THEN RAISE EXCEPTION 'as by another' USING ERRCODE = '40001';
         END IF;
         RETURN NULL;
       END $$ LANGUAGE plpgsql`,
    )
    await sql(
      pair.database,
      'CREATE CONSTRAINT TRIGGER pause AFTER INSERT ON "Message" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION before_commit()',
    )
  })
  afterAll(() => pair?.close())

  it('make one message, one notification and one unread of 50 identical sends', async () => {
    const { chatId, anna, dmitry } = await newPair(urls[0])
    const stream = await listen(urls[0], dmitry.token)
    const results = await Promise.all(
      range(50).map((index) => send(urls[index % 2] as string, anna.token, chatId, 'Один раз', 'once')),
    )
    expect(new Set(results.map((result) => `${result.sent.id} ${result.sent.seq}`)).size).toBe(1)
    expect(results.filter((result) => !result.duplicate)).toHaveLength(1)
    expect(await countRows(pair.database, 'Message', `"chatId" = '${chatId}'`)).toBe(1)
    expect(await countRows(pair.database, 'Notification', `"chatId" = '${chatId}'`)).toBe(1)
    expect(await countersOf(urls[1], dmitry)).toEqual({ unreadMessages: 1, unreadChats: 1, unreadNotifications: 1 })
    expect(typesOf(await eventsUntilNow(urls[0], dmitry.externalId, stream))).toEqual([
      'MessageAdded',
      'NotificationAdded',
    ])
    for (const url of urls) {
      const input = { chatId, text: 'Другое', clientMessageId: 'once' }
      expect(await codesOf(url, anna.token, sendMutation, { input })).toEqual(['BAD_USER_INPUT'])
    }
    stream.close()
  })

  it('leave no hole and keep the order where a transaction pauses before its commit', async () => {
    const [{ chatId: slow, people }, { chatId: other, people: others }] = [
      await newChat(urls[0], 'anna', 'dmitry'),
      await newChat(urls[0], 'elena', 'friend'),
    ]
    const [anna, dmitry] = people as [Person, Person]
    const [elena] = others as [Person]
    const both = await createChat(urls[0], [dmitry, elena])
    const streams = await Promise.all(urls.map((url) => listen(url, dmitry.token)))
    const origin = streams[0]?.ready.cursor
    await Promise.all([
      ...range(3).map((index) => sayPatiently(urls[0], anna, slow, `pause ${index}`)),
      ...range(6).map((index) => sayPatiently(urls[index % 2] as string, elena, both, `quick ${index}`)),
      ...range(6).map((index) => sayPatiently(urls[1], elena, other, `elsewhere ${index}`)),
    ])
    const isMark = await mark(urls[0], dmitry.externalId)
    const heard = await Promise.all(streams.map((stream) => stream.through(isMark)))
    const resumed = await listen(urls[1], dmitry.token, { after: origin })
    heard.push(await resumed.through(isMark))
    for (const events of heard) {
      expect(events.map(({ cursor }) => positionOf(cursor))).toEqual(
        range(events.length).map((index) => positionOf(origin) + index + 1),
      )
      for (const chat of [slow, both]) {
        const added = events.filter((event) => event.__typename === 'MessageAdded' && event.message.chat.id === chat)
        expect(added.map(({ message }) => message.seq)).toEqual(range(added.length).map((index) => index + 1))
      }
      expect(events.filter(({ __typename }) => __typename === 'MessageAdded')).toHaveLength(9)
    }
    for (const stream of [...streams, resumed]) stream.close()
  }, 60_000)

  it('leave no hole where a transaction fails at its commit', async () => {
    const { chatId, anna, dmitry } = await newPair(urls[0])
    const stream = await listen(urls[1], dmitry.token)
    await say(urls[0], anna, chatId, 'one')
    expect(await codesOf(urls[1], anna.token, sendMutation, { input: { chatId, text: 'fail' } })).toEqual([
      'INTERNAL_SERVER_ERROR',
    ])
    expect((await say(urls[1], anna, chatId, 'two')).seq).toBe(2)
    const events = await eventsUntilNow(urls[0], dmitry.externalId, stream)
    expect(typesOf(events)).toEqual(['MessageAdded', 'NotificationAdded', 'MessageAdded', 'NotificationAdded'])
    expect(events.map(({ cursor }) => positionOf(cursor) - positionOf(stream.ready.cursor))).toEqual([1, 2, 3, 4])
    expect(await countersOf(urls[0], dmitry)).toMatchObject({ unreadMessages: 2 })
    stream.close()
  })

  it('try again after a deadlock, a bounded number of times, and never answer it with a mistake of ours', async () => {
    const { chatId, anna } = await newPair(urls[0])
    expect((await say(urls[0], anna, chatId, 'conflict', 'retried')).seq).toBe(1)
    const input = { chatId, text: 'conflict for ever', clientMessageId: 'in vain' }
    expect(await codesOf(urls[1], anna.token, sendMutation, { input })).toEqual(['UNAVAILABLE'])
    expect(await countRows(pair.database, 'Message', `"chatId" = '${chatId}'`)).toBe(1)
  })
})
