import type { Cache, FieldArgs } from '@urql/exchange-graphcache'

/** Chats that events brought, by entity key; a field of Query that exists in the cache alone. */
export const LIVE_CHATS = 'liveChats'
/** Chats the viewer was removed from, and whose cached pages still name them. */
export const LEFT_CHATS = 'leftChats'
/** Messages that events or answers brought, by chat and block (message-blocks.ts), ascending; a field of Query. */
export const LIVE_MESSAGES = 'liveMessages'
/** Notifications that events brought, oldest first. */
export const LIVE_NOTIFICATIONS = 'liveNotifications'

/** The entity keys a live list of Query holds. */
export function linkedKeys(cache: Cache, field: string, args?: FieldArgs): string[] {
  const value = cache.resolve('Query', field, args)
  return Array.isArray(value) ? value.filter((key) => typeof key === 'string') : []
}

/** Adds an entity key to a live list; a key that is there already changes nothing. */
export function addLinked(cache: Cache, field: string, key: string, args?: FieldArgs) {
  const keys = linkedKeys(cache, field, args)
  if (!keys.includes(key)) cache.link('Query', field, args ?? null, [...keys, key])
}

/** Takes an entity key out of a live list. */
export function removeLinked(cache: Cache, field: string, key: string) {
  const keys = linkedKeys(cache, field)
  if (keys.includes(key))
    cache.link(
      'Query',
      field,
      keys.filter((other) => other !== key),
    )
}
