/**
 * Who may read and do what. Every field of every type stands here, and every root field with what opens it: a new one without
 * an entry fails tests/api/access/rules.test.ts, so that nobody adds one without having thought of who sees it.
 */

/** Whom the matrix asks as. `former` took part in the chat and was removed; `stranger` and `staff` never did. */
export const principals = ['nobody', 'expired', 'stranger', 'former', 'staff', 'participant', 'author', 'host'] as const
export type Principal = (typeof principals)[number]

/** What the arguments of a root field name: something of the chat that the matrix is about. */
export type Target = 'chat' | 'message' | 'notification' | 'person'

export interface Door {
  /** What its id names; null: it takes none. */
  of: Target | null
  opensTo: readonly Principal[]
}

const participants = ['participant', 'author'] as const
const everybody = ['stranger', 'former', 'staff', ...participants] as const
const host = ['host'] as const
/** Who wrote the message that is the target; the target notification is the other one's. */
const author = ['author'] as const
const recipient = ['participant'] as const

export const roots: Readonly<Record<string, readonly Door[]>> = {
  'Query.node': [
    { of: 'chat', opensTo: participants },
    { of: 'message', opensTo: participants },
    { of: 'notification', opensTo: recipient },
    { of: 'person', opensTo: participants },
  ],
  'Query.viewer': [{ of: null, opensTo: everybody }],
  'Query.messages': [{ of: 'chat', opensTo: participants }],
  'Query.chats': [{ of: null, opensTo: everybody }],
  'Query.chat': [{ of: 'chat', opensTo: participants }],
  'Query.checkText': [{ of: 'chat', opensTo: participants }],
  'Query.counters': [{ of: null, opensTo: everybody }],
  'Query.notificationSettings': [{ of: null, opensTo: everybody }],
  'Query.notifications': [{ of: null, opensTo: everybody }],
  'Query.staffOverview': [{ of: null, opensTo: ['staff'] }],
  'Query.webhookStatus': [{ of: null, opensTo: host }],
  'Mutation.markChatRead': [{ of: 'chat', opensTo: participants }],
  'Mutation.setChatMuted': [{ of: 'chat', opensTo: participants }],
  'Mutation.setTyping': [{ of: 'chat', opensTo: participants }],
  'Mutation.createChat': [{ of: null, opensTo: host }],
  'Mutation.addParticipant': [{ of: 'chat', opensTo: host }],
  'Mutation.removeParticipant': [{ of: 'chat', opensTo: host }],
  'Mutation.sendMessage': [{ of: 'chat', opensTo: participants }],
  'Mutation.editMessage': [{ of: 'message', opensTo: author }],
  'Mutation.deleteMessage': [{ of: 'message', opensTo: author }],
  'Mutation.updateNotificationSettings': [{ of: null, opensTo: everybody }],
  'Mutation.markNotificationsRead': [{ of: 'notification', opensTo: recipient }],
  'Mutation.notify': [{ of: null, opensTo: host }],
  'Mutation.redeliverWebhooks': [{ of: null, opensTo: host }],
  'Subscription.events': [{ of: null, opensTo: everybody }],
  'Subscription.messageAdded': [{ of: 'chat', opensTo: participants }],
  'Subscription.notificationAdded': [{ of: null, opensTo: everybody }],
}

/** What a field shows to those who see the object it is a field of. */
export type FieldRule =
  /** The same to all of them. */
  | 'shown'
  /** Null to all but the object's author. */
  | 'toAuthor'
  /** FORBIDDEN to the host. */
  | 'notToHost'
  /** The viewer's own state, which is nobody else's; 0 or false to the host. */
  | 'viewersOwn'

const list = { shown: 'pageInfo edges' }
const edge = { shown: 'node cursor' }
const refusal = 'message'
const event = 'cursor at'

/** By type and rule, the names of fields. */
export const fields: Readonly<Record<string, Partial<Record<FieldRule, string>>>> = {
  User: { shown: 'id externalId name role avatarUrl online lastSeenAt' },
  Message: { shown: 'id chat seq author text createdAt editedAt deletedAt', toAuthor: 'clientMessageId' },
  MessageConnection: list,
  MessageEdge: edge,
  Participant: { shown: 'user lastReadSeq joinedAt' },
  Chat: {
    shown: 'id externalRef title participants lastSeq createdAt lastActivityAt',
    notToHost: 'lastMessage messages',
    viewersOwn: 'unreadCount muted',
  },
  ChatConnection: list,
  ChatEdge: edge,
  PageInfo: { shown: 'hasNextPage hasPreviousPage startCursor endCursor' },
  Finding: { shown: 'kind start end rule message warning' },
  ContactDataRefused: { shown: `${refusal} findings` },
  InvalidText: { shown: `${refusal} reason` },
  RateLimited: { shown: `${refusal} retryAfterMs` },
  TextCheck: { shown: 'allowed findings invalid' },
  SendMessageSuccess: { shown: 'sent duplicate' },
  EditMessageSuccess: { shown: 'edited' },
  // What follows is read by its owner alone, so that there is nobody to hide it from.
  Counters: { shown: 'unreadMessages unreadChats unreadNotifications' },
  KindSettings: { shown: 'kind inApp' },
  NotificationSettings: { shown: 'kinds sound' },
  Notification: { shown: 'id kind title body chat message actor url createdAt readAt' },
  NotificationConnection: list,
  NotificationEdge: edge,
  StreamReady: { shown: `${event} resumed` },
  MessageAdded: { shown: `${event} message counters` },
  MessageChanged: { shown: `${event} message viewerNotification counters` },
  ChatChanged: { shown: `${event} chat counters` },
  ChatRead: { shown: `${event} chat reader lastReadSeq counters` },
  NotificationAdded: { shown: `${event} notification counters` },
  NotificationsRead: { shown: `${event} ids counters` },
  ChatLeft: { shown: `${event} chatId counters` },
  Typing: { shown: `${event} chatId user` },
  PresenceChanged: { shown: `${event} user` },
  // Figures alone, and for staff alone.
  RefusalCount: { shown: 'kind count' },
  StaffDay: { shown: 'day messages activeChats answers meanResponseMs refused refusals isCounted' },
  UnreadByRole: { shown: 'role messages people' },
  // Ids and numbers, and for the host alone.
  UndeliveredWebhook: { shown: 'id type chatId sequence createdAt attempts lastError nextAttemptAt givenUpAt' },
  WebhookStatus: { shown: 'enabled waiting oldestWaitingAt failing givenUp givenUpEvents' },
  StaffOverview: { shown: 'asOf days unread' },
}

/** The rule of a field by its coordinate, "Type.field". */
export function ruleOf(coordinate: string): FieldRule | undefined {
  const [type = '', field = ''] = coordinate.split('.')
  const rules = Object.entries(fields[type] ?? {}) as [FieldRule, string][]
  return rules.find(([, names]) => names.split(' ').includes(field))?.[0]
}
