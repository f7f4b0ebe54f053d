import { expect, it } from 'vitest'
import type { NotificationFieldsFragment } from '../../client/graphql/generated/graphql.ts'
import { groupNotifications } from '../../client/notifications/grouping.ts'

/** Local times: days are the reader's. */
const at = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString()

const notification = (id: string, chatId: string | null, createdAt: string): NotificationFieldsFragment => ({
  __typename: 'Notification',
  id,
  kind: chatId === null ? 'HOST' : 'MESSAGE',
  title: 'Анна',
  body: '',
  url: null,
  createdAt,
  readAt: null,
  chat: chatId === null ? null : { __typename: 'Chat', id: chatId, title: `Заказ ${chatId}` },
  message: null,
  actor: null,
})

const shown = (list: NotificationFieldsFragment[], closedAfter?: ReadonlySet<string>) =>
  groupNotifications(list, closedAfter).map(({ notification: { id }, day, startsGroup }) => [
    id,
    ...(day === null ? [] : ['day']),
    ...(startsGroup ? ['group'] : []),
  ])

it('puts together what is about one chat on one day, in the order of the latest of each', () => {
  const list = [
    notification('1', 'a', at(25, 23)),
    notification('2', 'b', at(25, 12)),
    notification('3', 'a', at(25, 0)),
    notification('4', 'a', at(24, 23)),
  ]
  expect(shown(list)).toEqual([['1', 'day', 'group'], ['3'], ['2', 'group'], ['4', 'day', 'group']])
})

it('puts the host’s own news together, too', () => {
  const list = [
    notification('1', null, at(25, 23)),
    notification('2', 'a', at(25, 22)),
    notification('3', null, at(25, 21)),
  ]
  expect(shown(list)).toEqual([['1', 'day', 'group'], ['3'], ['2', 'group']])
})

it('leaves what is shown where it is, whatever comes after it', () => {
  const list = [
    notification('1', 'a', at(25, 23)),
    notification('2', 'b', at(25, 12)),
    notification('3', 'b', at(25, 11)),
    notification('4', 'a', at(25, 10)),
    notification('5', 'b', at(25, 9)),
  ]
  expect(shown(list, new Set(['2']))).toEqual([['1', 'day', 'group'], ['2', 'group'], ['3'], ['5'], ['4', 'group']])
})
