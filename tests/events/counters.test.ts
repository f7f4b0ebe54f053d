import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { providers, startTestApp, type TestApp } from '../support/app.ts'
import { addParticipant, asHost, countersOf, newPeople, range, removeParticipant } from '../support/chat.ts'
import { request } from '../support/client.ts'
import { listen, mark } from '../support/events.ts'
import { createChat, type Person, run } from '../support/market.ts'
import { sql } from '../support/sql.ts'

const actions = {
  send: 'mutation ($chatId: ID!) { sendMessage(input: { chatId: $chatId, text: "Слово" }) { ... on SendMessageSuccess { sent { id } } } }',
  read: 'mutation ($chatId: ID!, $upToSeq: Int) { markChatRead(chatId: $chatId, upToSeq: $upToSeq) { id } }',
  mute: 'mutation ($chatId: ID!) { setChatMuted(chatId: $chatId, muted: true) { id } }',
  unmute: 'mutation ($chatId: ID!) { setChatMuted(chatId: $chatId, muted: false) { id } }',
  remove: 'mutation ($id: ID!) { deleteMessage(id: $id) { id } }',
  edit: 'mutation ($id: ID!) { editMessage(input: { id: $id, text: "Иначе" }) { __typename } }',
  readNotifications: 'mutation { markNotificationsRead { unreadChats } }',
  quiet: 'mutation { updateNotificationSettings(input: { kinds: [{ kind: MESSAGE, inApp: false }] }) { sound } }',
  loud: 'mutation { updateNotificationSettings(input: { kinds: [{ kind: MESSAGE, inApp: true }] }) { sound } }',
}
const stateQuery = `{
  counters { unreadMessages unreadChats unreadNotifications }
  notifications(first: 100, unreadOnly: true) { edges { node { id } } pageInfo { hasNextPage } }
  chats(first: 100) { edges { node {
    id unreadCount muted participants { lastReadSeq user { externalId } }
    messages(last: 100) { edges { node { seq deletedAt author { externalId } } } pageInfo { hasPreviousPage } }
  } } }
}`

describe.each(providers)('the counters on %s', (provider) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp(provider)
  })
  afterAll(() => app.close())

  it.each([11, 12])(
    'agree with everything else after whatever happened at once (%i)',
    async (seed) => {
      let state = seed
      const random = (below: number) => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
        return Math.floor((state / 2 ** 32) * below)
      }
      const people = (await newPeople('anna', 'dmitry', 'elena')) as [Person, Person, Person]
      const [anna, dmitry, elena] = people
      const streams = await Promise.all(people.map(({ token }) => listen(app.url, token)))
      const chats = [
        await createChat(app.url, people),
        await createChat(app.url, [anna, dmitry]),
        await createChat(app.url, people),
      ]
      const sent: string[] = []

      const act = async () => {
        const who = people[random(3)] as Person
        const chatId = chats[random(3)] as string
        const what = random(20)
        const does = async (query: string, variables: object = {}) => {
          const { data, errors } = await request(app.url, who.token, query, { ...variables })
          // Elena comes and goes, messages are others' or deleted already; all else must work.
          for (const { extensions } of errors ?? [])
            expect(['FORBIDDEN', 'BAD_USER_INPUT', 'UNAVAILABLE']).toContain(extensions.code)
          const id = data?.sendMessage?.sent?.id
          if (id) sent.push(id)
        }
        if (what < 9) return does(actions.send, { chatId })
        if (what < 11) return does(actions.read, { chatId, upToSeq: random(2) ? undefined : random(10) })
        if (what === 11) return does(actions.mute, { chatId })
        if (what === 12) return does(actions.unmute, { chatId })
        if (what < 15) return does(actions.remove, { id: sent[random(sent.length)] ?? '' })
        if (what === 15) return does(actions.edit, { id: sent[random(sent.length)] ?? '' })
        if (what === 16) return does(random(2) ? actions.quiet : actions.loud)
        if (what === 17) return does(actions.readNotifications)
        if (what === 18)
          return (random(2) ? removeParticipant : addParticipant)(app.url, chats[0] as string, elena).catch(
            () => undefined,
          )
        await asHost(app.url, 'mutation ($i: HostNotificationInput!) { notify(input: $i) }', {
          i: { recipients: [who.externalId], title: 'a', body: 'b' },
        })
      }
      for (const _round of range(10)) await Promise.all(range(5).map(act))

      for (const [index, who] of people.entries()) {
        const events = await streams[index]?.through(await mark(app.url, who.externalId))
        const stored = await run(app.url, who.token, stateQuery)
        expect(events?.at(-1).counters).toEqual(stored.counters)

        expect(stored.notifications.edges).toHaveLength(stored.counters.unreadNotifications)
        const unread = stored.chats.edges.map(({ node }: any) => {
          const own = node.participants.find((one: any) => one.user.externalId === who.externalId)
          const messages = node.messages.edges.map((edge: any) => edge.node)
          const count = messages.filter(
            (one: any) => one.seq > own.lastReadSeq && one.author.externalId !== who.externalId && !one.deletedAt,
          ).length
          expect(node.unreadCount).toBe(count)
          expect(messages.map((one: any) => one.seq)).toEqual(range(messages.length).map((at) => at + 1))
          return node.muted ? 0 : count
        })
        expect(stored.counters).toMatchObject({
          unreadMessages: unread.reduce((sum: number, count: number) => sum + count, 0),
          unreadChats: unread.filter((count: number) => count > 0).length,
        })
        expect(await countersOf(app.url, who)).toEqual(stored.counters)
        const [log] = await sql(
          app.database,
          `SELECT i."seq" AS "end", COUNT(e."seq") AS "events", MAX(e."seq") AS "last" FROM "Inbox" i JOIN "User" u ON u."id" = i."userId" JOIN "Event" e ON e."userId" = i."userId" WHERE u."externalId" = '${who.externalId}' GROUP BY i."seq"`,
        )
        expect([Number(log?.events), Number(log?.last)]).toEqual([Number(log?.end), Number(log?.end)])
        streams[index]?.close()
      }
    },
    60_000,
  )
})
