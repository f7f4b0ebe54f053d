import type { Cache } from '@urql/exchange-graphcache'
import {
  addLinked,
  LEFT_CHATS,
  LIVE_CHATS,
  LIVE_MESSAGES,
  LIVE_NOTIFICATIONS,
  linkedKeys,
  removeLinked,
} from './cache-live.ts'
import {
  ChatActivityFragmentDoc,
  type ChatParticipantsFragment,
  ChatParticipantsFragmentDoc,
  type EventsSubscription,
  type MessageFieldsFragment,
  ReadNotificationFragmentDoc,
} from './generated/graphql.ts'
import { blockOf } from './message-blocks.ts'

// Every write that follows an event or an answer, and only those: what a result selects graphcache has already written
// under its own keys by the time these run. All of them are idempotent and may come in any order with fetches.

type OkoEvent = EventsSubscription['events']

const chatKey = (id: string) => `Chat:${id}`

/** Applies one event of the stream. Applying it twice is the same as once. */
export function applyEvent(cache: Cache, event: OkoEvent) {
  switch (event.__typename) {
    case 'StreamReady':
      if (!event.resumed) forgetPages(cache)
      return
    case 'MessageAdded':
      applyMessage(cache, event.message.chat.id, event.message)
      return
    case 'ChatChanged':
      // Nobody told of what happened to its notifications while the viewer was away.
      if (linkedKeys(cache, LEFT_CHATS).includes(chatKey(event.chat.id))) forgetNotifications(cache)
      removeLinked(cache, LEFT_CHATS, chatKey(event.chat.id))
      addLinked(cache, LIVE_CHATS, chatKey(event.chat.id))
      return
    case 'ChatRead':
      applyRead(cache, event.chat.id, event.reader.id, event.lastReadSeq)
      return
    case 'NotificationAdded':
      addLinked(cache, LIVE_NOTIFICATIONS, `Notification:${event.notification.id}`)
      return
    case 'NotificationsRead':
      for (const id of event.ids) applyNotificationRead(cache, id, event.at)
      return
    case 'ChatLeft':
      removeLinked(cache, LIVE_CHATS, chatKey(event.chatId))
      addLinked(cache, LEFT_CHATS, chatKey(event.chatId))
      // Whoever comes back sees the whole chat, with what was said and changed meanwhile.
      forgetMessages(cache, event.chatId)
      return
    case 'MessageChanged':
    case 'Typing':
    case 'PresenceChanged':
      // The entities they select are all there is to write.
      return
    default:
      // A kind of event newer than this client: its cursor counts, its content is fetched when asked for.
      event satisfies never
  }
}

/**
 * A message that now exists, from its event or from the answer to sendMessage. Only a message newer than the chat's
 * latest moves the chat; sending reads, so its author's read mark follows.
 */
export function applyMessage(cache: Cache, chatId: string, message: MessageFieldsFragment) {
  addLinked(cache, LIVE_MESSAGES, `Message:${message.id}`, { chatId, fromSeq: blockOf(message.seq) })
  const lastSeq = cache.resolve(chatKey(chatId), 'lastSeq')
  if (typeof lastSeq !== 'number') {
    // A chat that no page brought yet. Listing it makes the list incomplete, so graphcache fetches what is missing.
    addLinked(cache, LIVE_CHATS, chatKey(chatId))
    return
  }
  if (message.seq > lastSeq) {
    cache.writeFragment(ChatActivityFragmentDoc, {
      __typename: 'Chat',
      id: chatId,
      lastSeq: message.seq,
      lastActivityAt: message.createdAt,
      lastMessage: message,
    })
  }
  applyRead(cache, chatId, message.author.id, message.seq)
}

/** A participant has read up to `lastReadSeq`. Read marks never move back. */
function applyRead(cache: Cache, chatId: string, readerId: string, lastReadSeq: number) {
  const chat = cache.readFragment<ChatParticipantsFragment>(ChatParticipantsFragmentDoc, chatKey(chatId))
  const reader = chat?.participants.find(({ user }) => user.id === readerId)
  if (!chat || !reader || reader.lastReadSeq >= lastReadSeq) return
  cache.writeFragment(ChatParticipantsFragmentDoc, {
    ...chat,
    participants: chat.participants.map((one) => (one === reader ? { ...one, lastReadSeq } : one)),
  })
}

/** A notification was read at `readAt`; one that was read before keeps its time. */
function applyNotificationRead(cache: Cache, id: string, readAt: string) {
  if (cache.resolve(`Notification:${id}`, 'readAt') !== null) return
  cache.writeFragment(ReadNotificationFragmentDoc, { __typename: 'Notification', id, readAt })
}

/**
 * The log can't be continued: what was paged in may have holes towards what is fetched anew, and may have changed. First
 * pages stay, since they are on screen and are being fetched again; of chats every block is fetched anew when it is shown.
 */
function forgetPages(cache: Cache) {
  for (const { fieldName, arguments: args } of cache.inspectFields('Query')) {
    if (args?.after) cache.invalidate('Query', fieldName, args)
  }
  forgetMessages(cache, null)
  for (const field of [LIVE_CHATS, LEFT_CHATS, LIVE_NOTIFICATIONS]) {
    if (linkedKeys(cache, field).length > 0) cache.link('Query', field, [])
  }
}

/** Forgets the messages of one chat, or of all. */
function forgetMessages(cache: Cache, chatId: string | null) {
  for (const { fieldName, arguments: args } of cache.inspectFields('Query')) {
    if (chatId !== null && args?.chatId !== chatId) continue
    if (fieldName === LIVE_MESSAGES) cache.link('Query', fieldName, args, [])
    if (fieldName === 'messages') cache.invalidate('Query', fieldName, args)
  }
}

/** Lets all pages of notifications be fetched anew when they are shown. */
function forgetNotifications(cache: Cache) {
  for (const { fieldName, arguments: args } of cache.inspectFields('Query')) {
    if (fieldName === 'notifications') cache.invalidate('Query', fieldName, args)
  }
  if (linkedKeys(cache, LIVE_NOTIFICATIONS).length > 0) cache.link('Query', LIVE_NOTIFICATIONS, [])
}
