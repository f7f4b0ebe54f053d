/** localStorage that never throws: in private modes and full disks things are kept for as long as the page lives. */
export type SafeStorage = {
  read(key: string): string | null
  /** null removes. */
  write(key: string, value: string | null): void
}

/** Over the given storage, or memory alone. */
export function createSafeStorage(storage: Storage | null): SafeStorage {
  const memory = new Map<string, string>()
  return {
    read: (key) => {
      try {
        return storage?.getItem(key) ?? memory.get(key) ?? null
      } catch {
        return memory.get(key) ?? null
      }
    },
    write: (key, value) => {
      if (value === null) memory.delete(key)
      else memory.set(key, value)
      try {
        if (value === null) storage?.removeItem(key)
        else storage?.setItem(key, value)
      } catch {
        // Kept in memory above.
      }
    },
  }
}

/** The browser's localStorage; reading the property itself throws where storage is forbidden. */
export function browserStorage(): SafeStorage {
  try {
    return createSafeStorage(window.localStorage)
  } catch {
    return createSafeStorage(null)
  }
}
