import type { Notification } from '../../prisma/generated/postgresql/client/client.ts'
import type { LiveFacts, SentMessage } from '../events/event.ts'
import { previewOf } from './message-text.ts'

/** What tells somebody of a message. */
export const notificationOf = (
  { message, author }: SentMessage,
  place: Pick<Notification, 'id' | 'userId' | 'seq'>,
): Notification => ({
  ...place,
  kind: 'MESSAGE',
  title: author.name,
  body: previewOf(message.text),
  chatId: message.chatId,
  messageId: message.id,
  messageSeq: message.seq,
  actorId: author.id,
  url: null,
  createdAt: message.createdAt,
  readAt: null,
  hidden: false,
})

/** A message with its relations, as a query for this viewer would have loaded them. */
export function loadedMessage({ sent, unreadCount, muted }: LiveFacts, viewerId: string) {
  const { message, author, chat } = sent
  return { ...message, author, chat: { ...chat, states: [{ chatId: chat.id, userId: viewerId, unreadCount, muted }] } }
}

/** A notification with its relations, as a query for its recipient would have loaded them. */
export function loadedNotification(live: LiveFacts, place: Parameters<typeof notificationOf>[1]) {
  const message = loadedMessage(live, place.userId)
  return {
    ...(live.notification ?? notificationOf(live.sent, place)),
    message,
    chat: message.chat,
    actor: message.author,
  }
}
