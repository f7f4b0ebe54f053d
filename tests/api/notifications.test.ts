import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { providers, startTestApp, type TestApp } from '../support/app.ts'
import { asHost, codesOf, countersOf, newPair, newPeople, notificationsOf, range, say } from '../support/chat.ts'
import { eventsUntilNow, listen } from '../support/events.ts'
import { type Person, run } from '../support/market.ts'
import { footprint } from '../support/sql.ts'
import { hostToken } from '../support/tokens.ts'

const notifyMutation = 'mutation ($input: HostNotificationInput!) { notify(input: $input) }'
const readMutation =
  'mutation ($ids: [ID!]) { markNotificationsRead(ids: $ids) { unreadMessages unreadChats unreadNotifications } }'
const settingsFields = '{ sound kinds { kind inApp } }'
const updateMutation = `mutation ($input: NotificationSettingsInput!) { updateNotificationSettings(input: $input) ${settingsFields} }`

describe.each(providers)('notifications on %s', (provider) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp(provider)
  })
  afterAll(() => app.close())

  /** Somebody the host has notified of these things, oldest first. */
  async function notified(...titles: string[]): Promise<Person> {
    const { anna } = await newPair(app.url)
    for (const title of titles) await notify({ recipients: [anna.externalId], title, body: 'Текст' })
    return anna
  }
  const notify = async (input: object): Promise<number> => (await asHost(app.url, notifyMutation, { input })).notify
  const markRead = async (who: Person, ids?: string[] | null) =>
    (await run(app.url, who.token, readMutation, { ids })).markNotificationsRead
  const update = async (who: Person, input: object) =>
    (await run(app.url, who.token, updateMutation, { input })).updateNotificationSettings

  it('are listed latest first, and unread ones alone when asked for', async () => {
    const anna = await notified('1', '2', '3', '4')
    const all = await notificationsOf(app.url, anna)
    expect(all.map((one: any) => one.title)).toEqual(['4', '3', '2', '1'])
    expect(all[0]).toMatchObject({
      kind: 'HOST',
      body: 'Текст',
      url: null,
      chat: null,
      message: null,
      actor: null,
      readAt: null,
    })
    await markRead(anna, [all[1].id])
    expect((await notificationsOf(app.url, anna, '(unreadOnly: true)')).map((one: any) => one.title)).toEqual([
      '4',
      '2',
      '1',
    ])
    expect((await notificationsOf(app.url, anna, '(unreadOnly: false)')).length).toBe(4)
    expect((await notificationsOf(app.url, anna, '(unreadOnly: true, last: 1)')).map((one: any) => one.title)).toEqual([
      '1',
    ])
  })

  it('are read one by one, on every device, and again without effect', async () => {
    const anna = await notified('1', '2', '3')
    const [third, , first] = await notificationsOf(app.url, anna)
    const stream = await listen(app.url, anna.token)
    expect(await markRead(anna, [third.id, first.id, first.id])).toEqual({
      unreadMessages: 0,
      unreadChats: 0,
      unreadNotifications: 1,
    })
    const event = await stream.next()
    expect(event).toMatchObject({ __typename: 'NotificationsRead', counters: { unreadNotifications: 1 } })
    expect([...event.ids].sort()).toEqual([third.id, first.id].sort())
    expect(await markRead(anna, [third.id])).toMatchObject({ unreadNotifications: 1 })
    expect(await markRead(anna, [])).toMatchObject({ unreadNotifications: 1 })
    expect(await eventsUntilNow(app.url, anna.externalId, stream)).toEqual([])
    stream.close()
  })

  it.each([undefined, null])('are all read when ids is %s', async (ids) => {
    const anna = await notified('1', '2')
    expect(await markRead(anna, ids)).toMatchObject({ unreadNotifications: 0 })
    expect(await countersOf(app.url, anna)).toMatchObject({ unreadNotifications: 0 })
    expect((await notificationsOf(app.url, anna)).every((one: any) => one.readAt !== null)).toBe(true)
  })

  it('stay as they are when one of the ids isn’t the viewer’s', async () => {
    const [anna, dmitry] = [await notified('1', '2'), await notified('x')]
    const [own] = await notificationsOf(app.url, anna)
    const [foreign] = await notificationsOf(app.url, dmitry)
    const before = await footprint(app.database)
    const missing = own.id.replace(/.{12}$/, '0'.repeat(12))
    for (const id of [foreign.id, missing, 'x', '', 'chat_1', '\u0000']) {
      expect(await codesOf(app.url, anna.token, readMutation, { ids: [own.id, id] }), id).toEqual(['FORBIDDEN'])
    }
    expect(await footprint(app.database)).toEqual(before)
    expect(await countersOf(app.url, anna)).toMatchObject({ unreadNotifications: 2 })
    expect((await notificationsOf(app.url, dmitry))[0].readAt).toBeNull()
  })

  it('are made by the host for whom it knows, each once, and counted', async () => {
    const [anna, dmitry] = [await notified(), await notified()]
    const stream = await listen(app.url, anna.token)
    const recipients = [anna.externalId, 'nobody', dmitry.externalId, anna.externalId]
    expect(
      await notify({ recipients, title: ' Оплачено ', body: 'Заказ 7\nоплачен, +7 баллов', url: '/orders/7' }),
    ).toBe(2)
    expect(await stream.next()).toMatchObject({
      __typename: 'NotificationAdded',
      notification: { kind: 'HOST', title: 'Оплачено', url: '/orders/7' },
      counters: { unreadMessages: 0, unreadChats: 0, unreadNotifications: 1 },
    })
    expect((await notificationsOf(app.url, dmitry)).map((one: any) => one.title)).toEqual(['Оплачено'])
    expect(await notify({ recipients: ['nobody'], title: 'a', body: 'b' })).toBe(0)
    expect(await notify({ recipients: [], title: 'a', body: 'b' })).toBe(0)
    stream.close()
  })

  it('are made once by key, also when the retries come at once, and with the same answer', async () => {
    const [anna, dmitry] = [await notified(), await notified()]
    const input = {
      recipients: [anna.externalId, dmitry.externalId],
      title: 'Срок',
      body: 'Завтра',
      key: `deadline ${anna.externalId}`,
    }
    expect(await Promise.all(range(8).map(() => notify(input)))).toEqual(range(8).map(() => 2))
    expect(await notify(input)).toBe(2)
    expect(await countersOf(app.url, anna)).toMatchObject({ unreadNotifications: 1 })
    const host = await hostToken()
    expect(await codesOf(app.url, host, notifyMutation, { input: { ...input, title: 'Другое' } })).toEqual([
      'BAD_USER_INPUT',
    ])
    // Without a key, every call is a notification of its own.
    await notify({ ...input, key: undefined })
    expect(await countersOf(app.url, anna)).toMatchObject({ unreadNotifications: 2 })
  })

  it.each([
    ['an empty title', { title: ' ' }],
    ['a long title', { title: 'я'.repeat(201) }],
    ['a control character', { title: 'a\u0000' }],
    ['an empty body', { body: '' }],
    ['a long body', { body: 'я'.repeat(2001) }],
    ['a script for an address', { url: 'javascript:alert(1)' }],
    ['an address of another host in disguise', { url: '//evil.example/x' }],
    ['a control character in a recipient', { recipients: ['a\u0000'] }],
    ['an empty key', { key: '' }],
  ])('are refused with %s', async (_name, change) => {
    const before = await footprint(app.database)
    const input = { recipients: ['anna'], title: 'a', body: 'b', ...change }
    expect(await codesOf(app.url, await hostToken(), notifyMutation, { input })).toEqual(['BAD_USER_INPUT'])
    expect(await footprint(app.database)).toEqual(before)
  })

  it('have settings, everything on at first, of which what is left out stays', async () => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    const kinds = (message: boolean, host: boolean) => [
      { kind: 'MESSAGE', inApp: message },
      { kind: 'HOST', inApp: host },
    ]
    const current = async () =>
      (await run(app.url, anna.token, `{ notificationSettings ${settingsFields} }`)).notificationSettings
    expect(await current()).toEqual({ sound: true, kinds: kinds(true, true) })
    expect(await update(anna, {})).toEqual({ sound: true, kinds: kinds(true, true) })
    expect(await update(anna, { sound: false })).toEqual({ sound: false, kinds: kinds(true, true) })
    expect(await update(anna, { kinds: [{ kind: 'HOST', inApp: false }] })).toEqual({
      sound: false,
      kinds: kinds(true, false),
    })
    expect(await update(anna, { kinds: [{ kind: 'HOST' }], sound: null })).toEqual({
      sound: false,
      kinds: kinds(true, false),
    })
    expect(await update(anna, { kinds: [] })).toEqual({ sound: false, kinds: kinds(true, false) })
    expect(await current()).toEqual({ sound: false, kinds: kinds(true, false) })

    expect(await notify({ recipients: [anna.externalId, dmitry.externalId], title: 'a', body: 'b' })).toBe(1)
    await say(app.url, dmitry, chatId, 'Привет')
    expect((await notificationsOf(app.url, anna)).map((one: any) => one.kind)).toEqual(['MESSAGE'])
    await update(anna, { kinds: kinds(false, true) })
    await notify({ recipients: [anna.externalId], title: 'c', body: 'd' })
    await say(app.url, dmitry, chatId, 'Ещё')
    expect((await notificationsOf(app.url, anna)).map((one: any) => one.kind)).toEqual(['HOST', 'MESSAGE'])
  })

  it('keep settings apart, also when several are changed at once', async () => {
    const [anna, dmitry] = (await newPeople('anna', 'dmitry')) as [Person, Person]
    await Promise.all([
      update(anna, { sound: false }),
      update(anna, { kinds: [{ kind: 'MESSAGE', inApp: false }] }),
      update(anna, { kinds: [{ kind: 'HOST', inApp: false }] }),
    ])
    const query = `{ notificationSettings ${settingsFields} }`
    const all = async (who: Person) => (await run(app.url, who.token, query)).notificationSettings
    expect((await all(anna)).kinds.map((one: any) => one.inApp)).toEqual([false, false])
    expect((await all(anna)).sound).toBe(false)
    expect((await all(dmitry)).sound).toBe(true)
  })
})
