import { requireHost, requireUser } from '../auth/viewer.ts'
import { builder } from '../builder.ts'
import { Chat } from '../chats/chat.schema.ts'
import { Counters } from '../events/counters.schema.ts'
import { Message } from '../messages/message.schema.ts'
import { Node } from '../node.schema.ts'
import { pageArgs, pageComplexity, readPage, toConnection } from '../paging.ts'
import { limited } from '../rows/rows.ts'
import { selectedNodes } from '../selected-nodes.ts'
import { User } from '../users/user.schema.ts'
import { notificationsOf } from './notification-list.ts'
import { NotificationKind } from './settings.schema.ts'

export const Notification = builder.prismaObject('Notification', {
  description: 'Something the viewer was told of.',
  interfaces: [Node],
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Opaque; stays the same for ever.' }),
    kind: t.expose('kind', { type: NotificationKind, description: 'What it is about.' }),
    title: t.exposeString('title', { description: "MESSAGE: the author's name. HOST: in the host's words." }),
    body: t.exposeString('body', {
      description: 'MESSAGE: how the message begins, "" once it was deleted. HOST: in the host\'s words.',
    }),
    chat: t.relation('chat', { type: Chat, nullable: true, description: 'MESSAGE: the chat.' }),
    message: t.relation('message', { type: Message, nullable: true, description: 'MESSAGE: the message.' }),
    actor: t.relation('actor', { type: User, nullable: true, description: 'MESSAGE: who sent it.' }),
    url: t.exposeString('url', {
      nullable: true,
      description: 'HOST: where a click leads; http(s), or a path of the host.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    readAt: t.expose('readAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the viewer read it; null: unread.',
    }),
  }),
})

const NotificationConnection = builder.connectionObject(
  { type: Notification, name: 'NotificationConnection', description: 'A page of notifications, latest first.' },
  { name: 'NotificationEdge', description: 'A notification and its place in the list.' },
)

builder.queryField('notifications', (t) =>
  t.field({
    type: NotificationConnection,
    description:
      "The viewer's notifications, latest first. Errors: FORBIDDEN for a token of the host; BAD_USER_INPUT for a page size or cursor that can't be.",
    args: {
      ...pageArgs,
      unreadOnly: t.arg.boolean({ description: 'Leave out what was read.' }),
    },
    complexity: pageComplexity,
    resolve: async (_root, { unreadOnly, ...args }, context, info) => {
      const { userId } = requireUser(context)
      const { rows, cursors } = context
      const page = readPage(args, false, (cursor) => cursors.decode('notification', userId, cursor))
      const selected = selectedNodes('Notification', context, info)
      const list = notificationsOf(userId, page, unreadOnly ?? false)
      const found = await rows.read(selected, limited(list, page.limit + 1))
      return toConnection(found, page, ({ seq }) => cursors.encode('notification', userId, [seq]))
    },
  }),
)

const HostNotificationInput = builder.inputType('HostNotificationInput', {
  description:
    'A notification of the host\'s own, such as "order paid". Exempt from the contact guard: it is the host speaking.',
  fields: (t) => ({
    recipients: t.stringList({
      required: true,
      description: 'External ids (1 to 255 characters each), at most 1000; unknown ones are skipped.',
    }),
    title: t.string({ required: true, description: '1 to 200 characters, in one line.' }),
    body: t.string({ required: true, description: '1 to 2000 characters; line ends become spaces.' }),
    url: t.string({ description: 'Where a click leads: http(s), or a path of the host, 1 to 2000 characters.' }),
    key: t.string({
      description:
        '1 to 255 characters. Makes a retry harmless: the same key with the same content makes nothing, and answers the same.',
    }),
  }),
})

builder.mutationFields((t) => ({
  markNotificationsRead: t.field({
    type: Counters,
    description:
      "Reads notifications. Idempotent. Errors: FORBIDDEN when one of the ids isn't the viewer's, and nothing is changed then; BAD_USER_INPUT beyond 1000 ids.",
    args: { ids: t.arg.idList({ description: 'Ids of which, at most 1000; all when left out.' }) },
    resolve: (_root, { ids }, context) => context.notifications.markRead(requireUser(context).userId, ids ?? null),
  }),
  notify: t.int({
    description:
      "For the host's backend (scope `host`). Notifies people; those who switched the kind off are left out. Returns how many notifications were made. Idempotent by key; without one every call notifies. Errors: FORBIDDEN without the scope; BAD_USER_INPUT for texts or addresses that break a rule of the input, or a key that was used for another notification.",
    args: { input: t.arg({ type: HostNotificationInput, required: true, description: 'The notification.' }) },
    resolve: (_root, { input }, context) => {
      requireHost(context)
      return context.notifications.notify({ ...input, url: input.url ?? null, key: input.key ?? null })
    },
  }),
}))
