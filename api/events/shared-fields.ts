import { requireUser } from '../auth/viewer.ts'
import type { Context } from '../context.ts'
import type { Counters, LiveFacts, StreamEvent } from './event.ts'

/** What a field is for one of those who are told of a message, as it goes into the answer. */
export type OwnValue = (
  event: StreamEvent,
  context: Pick<Context, 'cursors' | 'viewer'>,
) => string | number | boolean | null

const cursor: OwnValue = ({ position }, context) =>
  context.cursors.encode('event', requireUser(context).userId, [position])
const at: OwnValue = (event) => event.at.toISOString()
const counter =
  (name: keyof Counters): OwnValue =>
  (event) =>
    'counters' in event ? event.counters[name] : 0
const liveOf = (event: StreamEvent): LiveFacts | undefined => ('live' in event ? event.live : undefined)
const ownId: OwnValue = (event) => (event.kind === 'NOTIFICATION_ADDED' ? event.notificationId : null)

/**
 * The fields of events that many are told of at once: 'shared' ones are the same for all of them, so that they are worked
 * out once; the others are worked out for each. An event that is asked for any other field, or for one with arguments or
 * directives, is worked out anew for everybody.
 */
export const sharedFields: Readonly<Record<string, 'shared' | OwnValue | undefined>> = {
  'MessageAdded.cursor': cursor,
  'MessageAdded.at': at,
  'MessageAdded.message': 'shared',
  'MessageAdded.counters': 'shared',
  'NotificationAdded.cursor': cursor,
  'NotificationAdded.at': at,
  'NotificationAdded.notification': 'shared',
  'NotificationAdded.counters': 'shared',
  'Typing.cursor': cursor,
  'Typing.at': at,
  'Typing.chatId': 'shared',
  'Typing.user': 'shared',
  'PresenceChanged.cursor': cursor,
  'PresenceChanged.at': at,
  'PresenceChanged.user': 'shared',
  'Counters.unreadMessages': counter('unreadMessages'),
  'Counters.unreadChats': counter('unreadChats'),
  'Counters.unreadNotifications': counter('unreadNotifications'),
  'Message.id': 'shared',
  'Message.seq': 'shared',
  'Message.text': 'shared',
  'Message.createdAt': 'shared',
  'Message.editedAt': 'shared',
  'Message.deletedAt': 'shared',
  'Message.author': 'shared',
  'Message.chat': 'shared',
  'Message.clientMessageId': (event, context) => {
    const sent = liveOf(event)?.sent
    return sent?.author.id === requireUser(context).userId ? sent.message.clientMessageId : null
  },
  'User.id': 'shared',
  'User.externalId': 'shared',
  'User.name': 'shared',
  'User.role': 'shared',
  'User.avatarUrl': 'shared',
  'User.online': 'shared',
  'User.lastSeenAt': 'shared',
  'Chat.id': 'shared',
  'Chat.externalRef': 'shared',
  'Chat.title': 'shared',
  'Chat.lastSeq': 'shared',
  'Chat.createdAt': 'shared',
  'Chat.lastActivityAt': 'shared',
  'Chat.unreadCount': (event) => liveOf(event)?.unreadCount ?? 0,
  'Chat.muted': (event) => liveOf(event)?.muted ?? false,
  'Notification.id': ownId,
  'Notification.kind': 'shared',
  'Notification.title': 'shared',
  'Notification.body': 'shared',
  'Notification.url': 'shared',
  'Notification.createdAt': 'shared',
  'Notification.readAt': 'shared',
  'Notification.chat': 'shared',
  'Notification.message': 'shared',
  'Notification.actor': 'shared',
}
