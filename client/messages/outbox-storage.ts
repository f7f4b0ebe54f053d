import type { SafeStorage } from '../session/storage.ts'
import type { OutboxItem, OutboxStorage } from './outbox.ts'

/**
 * The outbox of one person in localStorage. Several tabs may load and send the same items: the server stores each
 * clientMessageId once.
 */
export function createOutboxStorage(storage: SafeStorage, identity: string): OutboxStorage {
  const key = `oko.outbox.${identity}`
  return {
    load: () => {
      try {
        const items: unknown = JSON.parse(storage.read(key) ?? '[]')
        return Array.isArray(items) ? items.filter(isItem) : []
      } catch {
        return []
      }
    },
    save: (items) => storage.write(key, items.length === 0 ? null : JSON.stringify(items)),
  }
}

const isItem = (value: unknown): value is OutboxItem =>
  typeof value === 'object' &&
  value !== null &&
  ['clientMessageId', 'chatId', 'text', 'createdAt'].every((field) => field in value)
