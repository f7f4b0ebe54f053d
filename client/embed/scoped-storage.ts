import type { SafeStorage } from '../session/storage.ts'

/**
 * A part of a storage that no other scope sees. On a host's page two dashboards may talk to two servers that know different
 * people by the same id: what one has left unsent must not go to the other.
 */
export const scopedStorage = (storage: SafeStorage, scope: string): SafeStorage => ({
  read: (key) => storage.read(`${scope} ${key}`),
  write: (key, value) => storage.write(`${scope} ${key}`, value),
})
