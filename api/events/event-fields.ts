import type { Chat, Notification, User } from '../../prisma/generated/postgresql/client/client.ts'
import type { CursorCodec } from '../cursor.ts'
import { notificationOf } from '../messages/sent-message.ts'
import { type Counters, positionOf, type SentMessage, type StreamEvent } from './event.ts'
import type { Presence } from './presence.ts'

/** A value as it goes into an answer. */
export type FieldValue = string | number | boolean | null | readonly string[]

/** For whom an event is put into words, and by what. */
export interface Reader {
  userId: string
  cursors: CursorCodec
  presence: Pick<Presence, 'isOnline'>
}

/** What a field is for one of those who are told. */
export type OwnValue = (event: StreamEvent, reader: Reader) => FieldValue

type EventOf<K extends StreamEvent['kind']> = Extract<StreamEvent, { kind: K }>

/** What the fields of each type are taken from. */
interface Sources {
  StreamReady: EventOf<'STREAM_READY'>
  MessageAdded: EventOf<'MESSAGE_ADDED'>
  NotificationAdded: EventOf<'NOTIFICATION_ADDED'>
  NotificationsRead: EventOf<'NOTIFICATIONS_READ'>
  ChatLeft: EventOf<'CHAT_LEFT'>
  Typing: EventOf<'TYPING'>
  PresenceChanged: EventOf<'PRESENCE_CHANGED'>
  Counters: Counters
  Message: SentMessage
  User: User
  Chat: Chat
  Notification: { row: Notification; sent: SentMessage }
}

export type EventField =
  /** The same for all who are told of one thing. */
  | { kind: 'shared'; of(source: unknown, reader: Reader): FieldValue }
  | { kind: 'own'; of: OwnValue }
  /** What has fields itself. */
  | { kind: 'object'; of(source: unknown): object | null }

// `unknown` above, since a table of many types has no one source: `compile` (http/event-answers.ts) goes by the schema's types,
// and each row below is checked against its own.
const shared = <S>(of: (source: S, reader: Reader) => FieldValue): EventField => ({
  kind: 'shared',
  of: of as (source: unknown, reader: Reader) => FieldValue,
})
const own = (of: OwnValue): EventField => ({ kind: 'own', of })
const object = <S, Name extends keyof Sources>(_type: Name, of: (source: S) => Sources[Name] | null): EventField => ({
  kind: 'object',
  of: of as (source: unknown) => object | null,
})
const time = (at: Date | null): string | null => at?.toISOString() ?? null

/** Many are told of one time. */
let last = { at: new Date(0), text: new Date(0).toISOString() }
function timeOfEvent({ at }: StreamEvent): string {
  if (at !== last.at) last = { at, text: at.toISOString() }
  return last.text
}

const event = {
  cursor: own((event, { userId, cursors }) => cursors.encode('event', userId, [positionOf(event)])),
  at: own(timeOfEvent),
}
const counters = object('Counters', ({ counters }: { counters: Counters }) => counters)
const counter = (name: keyof Counters): EventField => own((event) => ('counters' in event ? event.counters[name] : 0))
const liveOf = (event: StreamEvent) => ('live' in event ? event.live : undefined)
const user = object('User', ({ user }: { user: User }) => user)
const chat = object('Chat', ({ sent }: Sources['Notification']) => sent.chat)

/**
 * The fields of events that can be told without GraphQL: what each is, from what its event brings along. An event that is asked
 * for any other field, or for one with arguments or directives, is worked out by GraphQL, whose resolvers say the same.
 */
export const eventFields: Readonly<Record<keyof Sources, Readonly<Record<string, EventField | undefined>>>> = {
  StreamReady: { ...event, resumed: shared(({ resumed }: Sources['StreamReady']) => resumed) },
  MessageAdded: {
    ...event,
    message: object('Message', ({ live }: Sources['MessageAdded']) => live?.sent ?? null),
    counters,
  },
  NotificationAdded: {
    ...event,
    notification: object('Notification', ({ live, notificationId: id, userId, seq }: Sources['NotificationAdded']) => {
      if (!live) return null
      return { row: live.notification ?? notificationOf(live.sent, { id, userId, seq }), sent: live.sent }
    }),
    counters,
  },
  NotificationsRead: {
    ...event,
    ids: shared(({ notificationIds }: Sources['NotificationsRead']) => notificationIds),
    counters,
  },
  ChatLeft: { ...event, chatId: shared(({ chatId }: Sources['ChatLeft']) => chatId), counters },
  Typing: { ...event, chatId: shared(({ chatId }: Sources['Typing']) => chatId), user },
  PresenceChanged: { ...event, user },
  Counters: {
    unreadMessages: counter('unreadMessages'),
    unreadChats: counter('unreadChats'),
    unreadNotifications: counter('unreadNotifications'),
  },
  Message: {
    id: shared(({ message }: SentMessage) => message.id),
    seq: shared(({ message }: SentMessage) => message.seq),
    text: shared(({ message }: SentMessage) => message.text),
    createdAt: shared(({ message }: SentMessage) => time(message.createdAt)),
    editedAt: shared(({ message }: SentMessage) => time(message.editedAt)),
    deletedAt: shared(({ message }: SentMessage) => time(message.deletedAt)),
    author: object('User', ({ author }: SentMessage) => author),
    chat: object('Chat', ({ chat }: SentMessage) => chat),
    clientMessageId: own((event, { userId }) => {
      const message = liveOf(event)?.sent.message
      return message?.authorId === userId ? message.clientMessageId : null
    }),
  },
  User: {
    id: shared(({ id }: User) => id),
    externalId: shared(({ externalId }: User) => externalId),
    name: shared(({ name }: User) => name),
    role: shared(({ role }: User) => role),
    avatarUrl: shared(({ avatarUrl }: User) => avatarUrl),
    online: shared(({ id }: User, { presence }) => presence.isOnline(id)),
    lastSeenAt: shared(({ lastSeenAt }: User) => time(lastSeenAt)),
  },
  Chat: {
    id: shared(({ id }: Chat) => id),
    externalRef: shared(({ externalRef }: Chat) => externalRef),
    title: shared(({ title }: Chat) => title),
    lastSeq: shared(({ lastSeq }: Chat) => lastSeq),
    createdAt: shared(({ createdAt }: Chat) => time(createdAt)),
    lastActivityAt: shared(({ lastActivityAt }: Chat) => time(lastActivityAt)),
    unreadCount: own((event) => liveOf(event)?.unreadCount ?? 0),
    muted: own((event) => liveOf(event)?.muted ?? false),
  },
  Notification: {
    id: own((event) => (event.kind === 'NOTIFICATION_ADDED' ? event.notificationId : null)),
    kind: shared(({ row }: Sources['Notification']) => row.kind),
    title: shared(({ row }: Sources['Notification']) => row.title),
    body: shared(({ row }: Sources['Notification']) => row.body),
    url: shared(({ row }: Sources['Notification']) => row.url),
    createdAt: shared(({ row }: Sources['Notification']) => time(row.createdAt)),
    readAt: shared(({ row }: Sources['Notification']) => time(row.readAt)),
    chat,
    message: object('Message', ({ sent }: Sources['Notification']) => sent),
    actor: object('User', ({ sent }: Sources['Notification']) => sent.author),
  },
}
