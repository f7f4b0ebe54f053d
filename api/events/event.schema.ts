import { requireUser } from '../auth/viewer.ts'
import { builder } from '../builder.ts'
import { Chat } from '../chats/chat.schema.ts'
import type { Context } from '../context.ts'
import { holds } from '../loaded.ts'
import { Message } from '../messages/message.schema.ts'
import { loadedMessage, loadedNotification } from '../messages/sent-message.ts'
import { Notification } from '../notifications/notification.schema.ts'
import { User } from '../users/user.schema.ts'
import { Counters } from './counters.schema.ts'
import { positionOf, type StreamEvent } from './event.ts'
import type { StreamView } from './stream.ts'

type Kind = StreamEvent['kind']
type EventOf<K extends Kind> = Extract<StreamEvent, { kind: K }>

const typeNames = {
  STREAM_READY: 'StreamReady',
  MESSAGE_ADDED: 'MessageAdded',
  MESSAGE_CHANGED: 'MessageChanged',
  CHAT_CHANGED: 'ChatChanged',
  CHAT_READ: 'ChatRead',
  NOTIFICATION_ADDED: 'NotificationAdded',
  NOTIFICATIONS_READ: 'NotificationsRead',
  CHAT_LEFT: 'ChatLeft',
  TYPING: 'Typing',
  PRESENCE_CHANGED: 'PresenceChanged',
} as const satisfies Record<Kind, string>

const EventInterface = builder.interfaceRef<StreamEvent>('Event').implement({
  description: "An entry of the viewer's log, or something that is told only live.",
  resolveType: ({ kind }) => typeNames[kind],
  fields: (t) => ({
    cursor: t.string({
      description: 'Where in the log this is: give the newest one back as `after` to go on from here. Opaque.',
      resolve: (event, _args, context) =>
        context.cursors.encode('event', requireUser(context).userId, [positionOf(event)]),
    }),
    at: t.expose('at', { type: 'DateTime', description: 'When it happened.' }),
  }),
})

const counters = { type: Counters, description: 'The absolute counters as of this event.' } as const

/** An event type of this kind, before its fields. */
const eventRef = <K extends Kind>(kind: K) => builder.objectRef<EventOf<K>>(typeNames[kind])

eventRef('STREAM_READY').implement({
  description: 'The first event of every stream.',
  interfaces: [EventInterface],
  fields: (t) => ({
    resumed: t.exposeBoolean('resumed', {
      description:
        "True: `after` continues, and what was missed follows; the cursor is `after` itself. False: there was no `after`, or it can't be continued (older than the retention, ahead of the log); the cursor is now: fetch anew, then go on from it.",
    }),
  }),
})

const message = { type: Message, description: 'The message, as it is now.' } as const

eventRef('MESSAGE_ADDED').implement({
  description: "A message was sent, by anybody: the author's own devices hear of it too.",
  interfaces: [EventInterface],
  fields: (t) => ({
    message: t.prismaField({
      ...message,
      resolve: (query, { live, userId, messageId }, _args, { rows }) => {
        const loaded = live && loadedMessage(live, userId)
        return loaded && holds(loaded, query) ? loaded : rows.one('Message', query, messageId)
      },
    }),
    counters: t.expose('counters', counters),
  }),
})

eventRef('MESSAGE_CHANGED').implement({
  description: 'A message was edited or deleted.',
  interfaces: [EventInterface],
  fields: (t) => ({
    message: t.prismaField({
      ...message,
      resolve: (query, event, _args, { rows }) => rows.one('Message', query, event.messageId),
    }),
    viewerNotification: t.prismaField({
      type: Notification,
      nullable: true,
      description: "The viewer's notification of the message, whose body changed with it; null: there is none.",
      resolve: (query, { messageId, userId }, _args, { db }) =>
        db.client.notification.findFirst({ ...query, where: { messageId, userId, hidden: false } }),
    }),
    counters: t.expose('counters', counters),
  }),
})

eventRef('CHAT_CHANGED').implement({
  description: 'A chat was made for the viewer, or its participants, its title or whether it is muted changed.',
  interfaces: [EventInterface],
  fields: (t) => ({
    chat: t.prismaField({
      type: Chat,
      description: 'The chat, as it is now.',
      resolve: (query, event, _args, { rows }) => rows.one('Chat', query, event.chatId),
    }),
    counters: t.expose('counters', counters),
  }),
})

eventRef('CHAT_READ').implement({
  description: 'A participant, the viewer perhaps, read a chat up to a message.',
  interfaces: [EventInterface],
  fields: (t) => ({
    chat: t.prismaField({
      type: Chat,
      description: 'The chat, as it is now.',
      resolve: (query, event, _args, { rows }) => rows.one('Chat', query, event.chatId),
    }),
    reader: t.prismaField({
      type: User,
      description: 'Who read.',
      resolve: (query, event, _args, { rows }) => rows.one('User', query, event.readerId),
    }),
    lastReadSeq: t.exposeInt('lastReadSeq', { description: 'Up to which `seq` they have read.' }),
    counters: t.expose('counters', counters),
  }),
})

eventRef('NOTIFICATION_ADDED').implement({
  description: 'The viewer was notified.',
  interfaces: [EventInterface],
  fields: (t) => ({
    notification: t.prismaField({
      type: Notification,
      description: 'The notification, as it is now.',
      resolve: (query, event, _args, { rows }) => {
        const { notificationId: id, userId, seq, live } = event
        const loaded = live && loadedNotification(live, { id, userId, seq })
        return loaded && holds(loaded, query) ? loaded : rows.one('Notification', query, id)
      },
    }),
    counters: t.expose('counters', counters),
  }),
})

eventRef('NOTIFICATIONS_READ').implement({
  description: 'Notifications were read, on any device of the viewer.',
  interfaces: [EventInterface],
  fields: (t) => ({
    ids: t.idList({
      description: 'Ids of which, at most 500 in one event.',
      resolve: (event) => [...event.notificationIds],
    }),
    counters: t.expose('counters', counters),
  }),
})

eventRef('CHAT_LEFT').implement({
  description: 'The viewer was removed from a chat, and sees nothing of it any more.',
  interfaces: [EventInterface],
  fields: (t) => ({
    chatId: t.exposeID('chatId', { description: "The chat's id." }),
    counters: t.expose('counters', counters),
  }),
})

eventRef('TYPING').implement({
  description: 'A participant is writing. Never stored: its cursor is that of the last stored event.',
  interfaces: [EventInterface],
  fields: (t) => ({
    chatId: t.exposeID('chatId', { description: "The chat's id." }),
    user: t.prismaField({
      type: User,
      description: 'Who.',
      resolve: (query, { user }, _args, context) =>
        holds(user, query) ? user : context.rows.one('User', query, user.id),
    }),
  }),
})

eventRef('PRESENCE_CHANGED').implement({
  description:
    'Somebody the viewer shares a chat with came or went. Never stored: its cursor is that of the last stored event.',
  interfaces: [EventInterface],
  fields: (t) => ({
    user: t.prismaField({
      type: User,
      description: 'Who; `online` says which of the two.',
      resolve: (query, { user }, _args, context) =>
        holds(user, query) ? user : context.rows.one('User', query, user.id),
    }),
  }),
})

const afterArg = {
  description:
    'The newest cursor that the client has, of any of the three views; left out: from now. Malformed, altered or foreign: BAD_USER_INPUT.',
} as const

function subscribe(view: StreamView, after: string | null | undefined, context: Context) {
  const { userId } = requireUser(context)
  const position = after == null ? null : Number(context.cursors.decode('event', userId, after)[0])
  return context.openStream({ userId, view, after: position })
}

builder.subscriptionFields((t) => ({
  events: t.field({
    type: EventInterface,
    description:
      'Everything that the viewer should hear about. Errors: FORBIDDEN for a token of the host; BAD_USER_INPUT for a cursor that was not issued to the viewer.',
    args: { after: t.arg.string(afterArg) },
    subscribe: (_root, { after }, context) => subscribe({ kind: 'ALL' }, after, context),
    resolve: (event) => event,
  }),
  messageAdded: t.field({
    type: EventInterface,
    description:
      "StreamReady, then MessageAdded of one of the viewer's chats. Errors: FORBIDDEN where the chat is not one of the viewer's, also in the middle, when the viewer is removed from it; BAD_USER_INPUT for a cursor that was not issued to the viewer.",
    args: {
      chatId: t.arg.id({ required: true, description: "The chat's id." }),
      after: t.arg.string(afterArg),
    },
    subscribe: async (_root, { chatId, after }, context) => {
      await context.access.requireParticipant(requireUser(context).userId, chatId)
      return subscribe({ kind: 'MESSAGES', chatId }, after, context)
    },
    resolve: (event) => event,
  }),
  notificationAdded: t.field({
    type: EventInterface,
    description:
      'StreamReady, then NotificationAdded. Errors: FORBIDDEN for a token of the host; BAD_USER_INPUT for a cursor that was not issued to the viewer.',
    args: { after: t.arg.string(afterArg) },
    subscribe: (_root, { after }, context) => subscribe({ kind: 'NOTIFICATIONS' }, after, context),
    resolve: (event) => event,
  }),
}))
