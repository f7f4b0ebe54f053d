import { type CacheExchangeOpts, cacheExchange } from '@urql/exchange-graphcache'
import { resolveChats, resolveMessages, resolveNotifications } from './cache-resolvers.ts'
import { applyEvent, applyMessage } from './cache-updates.ts'
import type { EventsSubscription, SendMessageMutation } from './generated/graphql.ts'
import schema from './generated/schema.json'

const unkeyed = () => null
/** One of a kind for a viewer: whoever selects it updates the same record. */
const singleton = () => 'viewer'

const EVENT_TYPES = [
  'StreamReady',
  'MessageAdded',
  'MessageChanged',
  'ChatChanged',
  'ChatRead',
  'NotificationAdded',
  'NotificationsRead',
  'ChatLeft',
  'Typing',
  'PresenceChanged',
]
const EMBEDDED_TYPES = [
  'Participant',
  'KindSettings',
  'Finding',
  'TextCheck',
  'PageInfo',
  'ChatConnection',
  'ChatEdge',
  'MessageConnection',
  'MessageEdge',
  'NotificationConnection',
  'NotificationEdge',
  'SendMessageSuccess',
  'EditMessageSuccess',
  'ContactDataRefused',
  'InvalidText',
  'RateLimited',
  'StaffOverview',
  'StaffDay',
  'RefusalCount',
  'UnreadByRole',
]

/** Graphcache's configuration: how entities are keyed, how pages are merged, which writes follow which results. */
const cacheOptions: CacheExchangeOpts = {
  // The JSON import's inferred kinds are plain strings; the plugin that writes the file holds it to this shape.
  schema: schema as unknown as NonNullable<CacheExchangeOpts['schema']>,
  keys: {
    ...Object.fromEntries([...EVENT_TYPES, ...EMBEDDED_TYPES].map((name) => [name, unkeyed])),
    Counters: singleton,
    NotificationSettings: singleton,
  },
  resolvers: {
    Query: {
      chat: (_parent, { id }) => ({ __typename: 'Chat', id: String(id) }),
      chats: resolveChats,
      messages: resolveMessages,
      notifications: resolveNotifications,
    },
  },
  updates: {
    Query: {
      // Drafts as they were checked: the last one is answered from here, and none is kept beyond the next.
      checkText: (_result, args, cache) => {
        for (const field of cache.inspectFields('Query'))
          if (field.fieldName === 'checkText' && field.arguments?.text !== args.text)
            cache.invalidate('Query', 'checkText', field.arguments)
      },
    },
    Subscription: {
      events: (result: EventsSubscription, _args, cache) => applyEvent(cache, result.events),
    },
    Mutation: {
      sendMessage: (result: SendMessageMutation, _args, cache) => {
        if (result.sendMessage.__typename !== 'SendMessageSuccess') return
        const { sent } = result.sendMessage
        applyMessage(cache, sent.chat.id, sent)
      },
    },
  },
}

/** The normalised cache, fresh: one per session. */
export const createCacheExchange = () => cacheExchange(cacheOptions)
