import type { Cache } from '@urql/exchange-graphcache'

/** Chats that events brought, by entity key; a field of Query that exists in the cache alone. */
export const LIVE_CHATS = 'liveChats'
/** Chats the viewer was removed from, and whose cached pages still name them. */
export const LEFT_CHATS = 'leftChats'
/** Messages of a chat that events or answers brought, ascending; a field of the chat. */
export const LIVE_MESSAGES = 'liveMessages'
/** Notifications that events brought, oldest first. */
export const LIVE_NOTIFICATIONS = 'liveNotifications'

/** The entity keys a live list holds. */
export function linkedKeys(cache: Cache, entity: string, field: string): string[] {
  const value = cache.resolve(entity, field)
  return Array.isArray(value) ? value.filter((key) => typeof key === 'string') : []
}

/** Adds an entity key to a live list; a key that is there already changes nothing. */
export function addLinked(cache: Cache, entity: string, field: string, key: string) {
  const keys = linkedKeys(cache, entity, field)
  if (!keys.includes(key)) cache.link(entity, field, [...keys, key])
}

/** Takes an entity key out of a live list. */
export function removeLinked(cache: Cache, entity: string, field: string, key: string) {
  const keys = linkedKeys(cache, entity, field)
  if (keys.includes(key))
    cache.link(
      entity,
      field,
      keys.filter((other) => other !== key),
    )
}
