import { getNamedType, isObjectType } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { schema } from '../../api/schema.ts'
import { utcDay } from '../../api/utc-day.ts'
import { providers, startTestApp, type TestApp } from '../support/app.ts'
import { codesOf, newPair, say } from '../support/chat.ts'
import { request } from '../support/client.ts'
import { createChat, type Person, person, run, send } from '../support/market.ts'
import { connectSocket, operate } from '../support/socket.ts'
import { countRows, sql } from '../support/sql.ts'
import { hostToken } from '../support/tokens.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

const overviewQuery = `query ($days: Int!) { staffOverview(days: $days) {
  asOf unread { role messages people }
  days { day messages activeChats answers meanResponseMs refused refusals { kind count } isCounted } } }`

/** A clock that a test sets; it begins now. */
function testClock() {
  let aheadMs = 0
  return {
    now: () => new Date(Date.now() + aheadMs),
    /** From now on it is so late (and goes on from there). */
    set(at: Date) {
      aheadMs = at.getTime() - Date.now()
    },
    pass(ms: number) {
      aheadMs += ms
    },
  }
}

/** Long enough for what these tests do to the clock. */
const exp = Math.floor(Date.now() / 1000) + 200 * 24 * 3600
const longPerson = (name: string, claims = {}) => person(name, { exp, ...claims })
const staffPerson = () => longPerson('maria', { role: 'STAFF' })

describe.each(providers)('the staff overview on %s', (provider) => {
  it('counts messages, chats and answers by UTC day, each once, whenever and wherever it is asked', async () => {
    const clock = testClock()
    const app = await startTestApp(provider, { clock: clock.now })
    // Another instance on the same database, where there may be one.
    const other =
      provider === 'postgresql' ? await startTestApp(provider, { database: app.database, clock: clock.now }) : app
    try {
      const [anna, boris, carl] = (await Promise.all(['anna', 'boris', 'carl'].map((name) => longPerson(name)))) as [
        Person,
        Person,
        Person,
      ]
      const staff = await staffPerson()
      const essay = await createChat(app.url, [anna, boris])
      const lab = await createChat(app.url, [anna, carl])
      await createChat(app.url, [anna, boris])

      const first = new Date(Math.ceil(Date.now() / dayMs) * dayMs + dayMs)
      const at = (minutes: number) => clock.set(new Date(first.getTime() + minutes * minuteMs))
      const overview = async ({ url }: TestApp, days = 3) =>
        (await run(url, staff.token, overviewQuery, { days })).staffOverview

      at(8 * 60)
      await say(app.url, anna, essay, 'Первый вопрос')
      at(8 * 60 + 10)
      await say(app.url, anna, essay, 'И второй')
      at(8 * 60 + 30)
      const answer = await say(app.url, boris, essay, 'Ответ на оба')
      at(24 * 60 - 1)
      await say(app.url, anna, lab, 'Под самую полночь')
      const seen = await overview(app)
      expect(seen.days.at(-1)).toMatchObject({
        day: utcDay(first),
        messages: 4,
        activeChats: 2,
        answers: 1,
        isCounted: true,
      })
      // From the first of the two questions.
      expect(seen.days.at(-1).meanResponseMs / minuteMs).toBeCloseTo(30, 1)

      at(24 * 60 + 1)
      await say(app.url, carl, lab, 'После полуночи')
      at(24 * 60 + 20)
      await say(app.url, boris, essay, 'Ещё от меня')
      at(24 * 60 + 8 * 60 + 30)
      await say(app.url, anna, essay, 'Ответ через сутки')
      const expectTwoDays = (days: any[]) => {
        expect(days[0]).toMatchObject({ day: utcDay(first), messages: 4, activeChats: 2, answers: 1, isCounted: true })
        expect(days[1]).toMatchObject({ messages: 3, activeChats: 2, answers: 2, isCounted: true })
        expect(days[0].meanResponseMs / minuteMs).toBeCloseTo(30, 1)
        expect(days[1].meanResponseMs / minuteMs).toBeCloseTo((2 + 24 * 60) / 2, 1)
      }
      // At once at two instances, again and again, with the clock going on between.
      for (const step of [1, 3, 60, 24 * 60 + 1]) {
        clock.pass(step * minuteMs)
        const both = await Promise.all([overview(app, 3), overview(other, 3)])
        const isNextDay = step > 60
        for (const { days } of both) expectTwoDays(isNextDay ? days.slice(0, 2) : days.slice(1))
      }
      // A deleted message was sent all the same.
      await run(app.url, boris.token, 'mutation ($id: ID!) { deleteMessage(id: $id) { id } }', { id: answer.id })
      clock.pass(dayMs)
      expectTwoDays((await overview(other, 4)).days)
    } finally {
      if (other !== app) await other.close()
      await app.close()
    }
  })

  it('never reads again what it has counted, and gets through a long history a part at a time', async () => {
    const clock = testClock()
    const app = await startTestApp(provider, { clock: clock.now })
    try {
      const anna = await longPerson('anna')
      const boris = await longPerson('boris')
      const staff = await staffPerson()
      const chatId = await createChat(app.url, [anna, boris])
      for (const text of ['1', '2', '3']) await say(app.url, anna, chatId, text)
      const overview = async () => (await run(app.url, staff.token, overviewQuery, { days: 90 })).staffOverview.days
      clock.pass(60 * dayMs)
      // As many askings as it needs: each goes on where the last one stopped.
      let days = await overview()
      for (let asked = 0; asked < 50 && !days.every((day: any) => day.isCounted); asked++) {
        clock.pass(minuteMs)
        days = await overview()
      }
      expect(days.map((day: any) => day.messages).reduce((a: number, b: number) => a + b)).toBe(3)
      expect(days.every((day: any) => day.isCounted)).toBe(true)

      // What appears in the past by other means than being sent isn't seen any more.
      await sql(
        app.database,
        `UPDATE "Message" SET "authorId" = (SELECT "id" FROM "User" WHERE "externalId" = 'boris') WHERE "seq" = 2`,
      )
      clock.pass(minuteMs)
      app.statements.reset()
      expect(await overview()).toEqual(days)
      const counting = app.statements.list.filter((statement) => statement.includes('FROM "Message" m'))
      // The minute that has passed, and the two minutes up to now.
      expect(counting.length).toBeLessThanOrEqual(2)

      // And for all who look within seconds it is made once.
      app.statements.reset()
      await Promise.all([overview(), overview(), overview()])
      // Nothing but whether they are staff.
      expect(app.statements.list.filter((text) => !/FROM \S*[`"]User[`"]/.test(text))).toEqual([])
    } finally {
      await app.close()
    }
  })

  describe('refusals and rights', () => {
    let app: TestApp
    let staff: Person
    const clock = testClock()
    beforeAll(async () => {
      app = await startTestApp(provider, { clock: clock.now, env: { LIMIT_SENDS_PER_MINUTE: '3' } })
      staff = await staffPerson()
    })
    afterAll(() => app?.close())

    async function today() {
      clock.pass(minuteMs)
      const { staffOverview } = await run(app.url, staff.token, overviewQuery, { days: 1 })
      const { refused, refusals } = staffOverview.days[0]
      return { refused, ...Object.fromEntries(refusals.map(({ kind, count }: any) => [kind, count])) }
    }

    it('counts refused texts by kind, sent or edited, and keeps none of them', async () => {
      const { anna, chatId } = await newPair(app.url)
      const before = await today()
      const { id } = await say(app.url, anna, chatId, 'Добрый день')
      const refusedTexts = ['пишите на anna@example.com', '   ', 'звоните: +7 916 123-45-67 или a@b.ru']
      for (const text of refusedTexts) await send(app.url, anna.token, chatId, text)
      await run(
        app.url,
        anna.token,
        `mutation ($input: EditMessageInput!) { editMessage(input: $input) { __typename } }`,
        {
          input: { id, text: 'ivan@example.com' },
        },
      )
      for (const text of ['2', '3', '4', '5']) await send(app.url, anna.token, chatId, text)
      expect(before).toEqual({ refused: 0 })
      expect(await today()).toMatchObject({
        refused: 6,
        // The text with both counts under both.
        EMAIL: 3,
        PHONE: 1,
        INVALID_TEXT: 1,
        RATE_LIMITED: 2,
      })
      const rows = await sql(app.database, `SELECT * FROM "RefusalDay"`)
      expect(new Set(rows.flatMap(Object.keys))).toEqual(new Set(['day', 'kind', 'count']))
      expect(JSON.stringify(rows)).not.toContain('example')
    })

    it('counts many refusals at once, none lost', async () => {
      const { anna, dmitry, chatId } = await newPair(app.url)
      const { refused } = await today()
      await Promise.all(
        Array.from({ length: 40 }, (_, index) => send(app.url, (index % 2 ? anna : dmitry).token, chatId, 'a@b')),
      )
      expect((await today()).refused).toBe(refused + 40)
    })

    it('says what waits to be read', async () => {
      const { anna, dmitry, chatId } = await newPair(app.url)
      const read = async () => {
        clock.pass(minuteMs)
        const { unread } = (await run(app.url, staff.token, overviewQuery, { days: 1 })).staffOverview
        return unread.find(({ role }: any) => role === 'CLIENT') ?? { messages: 0, people: 0 }
      }
      const before = await read()
      await say(app.url, anna, chatId, 'Раз')
      await say(app.url, anna, chatId, 'Два')
      const { messages, people } = await read()
      expect([messages - before.messages, people - before.people]).toEqual([2, 1])
      await run(app.url, dmitry.token, 'mutation ($id: ID!) { markChatRead(chatId: $id) { id } }', { id: chatId })
      expect((await read()).messages).toBe(before.messages)
    })

    it('is refused to all but staff, byte for byte like a chat that is not theirs', async () => {
      const askers = [await longPerson('anna'), await longPerson('eva', { role: 'EXPERT' })].map(({ token }) => token)
      for (const token of [...askers, await hostToken()]) {
        const mine = await request(app.url, token, '{ x: staffOverview(days: 0) { asOf } }')
        const others = await request(app.url, token, '{ x: chat(id: "chat_0") { id } }')
        expect(mine.errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
        expect(mine.body).toBe(others.body)
      }
      expect((await request(app.url, null, '{ staffOverview { asOf } }')).status).toBe(401)
    })

    it('is refused to who is not staff any more, also with a token from before', async () => {
      const former = await longPerson('demoted', { role: 'STAFF' })
      const socket = await connectSocket(app.url, former.token)
      await run(app.url, former.token, '{ staffOverview { asOf } }')
      const newer = await longPerson('demoted', { role: 'CLIENT', iat: Math.floor(Date.now() / 1000) + 1 })
      await run(app.url, newer.token, '{ viewer { role } }')
      for (const { token } of [newer, former]) {
        expect(await codesOf(app.url, token, '{ staffOverview { asOf } }')).toEqual(['FORBIDDEN'])
      }
      expect(JSON.stringify(await operate(socket, '1', '{ staffOverview { asOf } }'))).toContain('"FORBIDDEN"')
      await socket.close()
    })

    it('takes 1 to 90 days, 30 unless told otherwise', async () => {
      for (const days of [0, -1, 91]) {
        expect(await codesOf(app.url, staff.token, overviewQuery, { days })).toEqual(['BAD_USER_INPUT'])
      }
      const { staffOverview } = await run(app.url, staff.token, '{ staffOverview { days { day } } }')
      expect(staffOverview.days).toHaveLength(30)
      expect(staffOverview.days.at(-1).day).toBe(utcDay(clock.now()))
    })

    it('answers a refusal as ever when it cannot be counted', async () => {
      const { anna, chatId } = await newPair(app.url)
      await sql(app.database, 'ALTER TABLE "RefusalDay" RENAME TO "Gone"')
      try {
        const result = await send(app.url, anna.token, chatId, 'пишите на anna@example.com')
        expect(result).toMatchObject({ __typename: 'ContactDataRefused' })
        expect(app.logLines.some(({ msg }) => msg === 'refusals not counted')).toBe(true)
        expect(JSON.stringify(app.logLines)).not.toContain('anna@example.com')
      } finally {
        await sql(app.database, 'ALTER TABLE "Gone" RENAME TO "RefusalDay"')
      }
      const before = await countRows(app.database, 'RefusalDay')
      await send(app.url, anna.token, chatId, 'пишите на anna@example.com')
      expect(await countRows(app.database, 'RefusalDay')).toBe(before)
    })
  })
})

it('the staff overview shows nothing that anybody wrote, and nobody', () => {
  const reached = new Set<string>()
  const visit = (name: string) => {
    if (reached.has(name)) return
    reached.add(name)
    const type = schema.getType(name)
    if (!isObjectType(type)) return
    for (const field of Object.values(type.getFields())) visit(getNamedType(field.type).name)
  }
  visit('StaffOverview')
  const figures = ['DateTime', 'Int', 'Float', 'Boolean', 'RefusalKind', 'UserRole']
  const own = ['StaffOverview', 'StaffDay', 'RefusalCount', 'UnreadByRole']
  // The one string is the day.
  expect([...reached].sort()).toEqual([...figures, ...own, 'String'].sort())
})
