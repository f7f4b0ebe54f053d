/** A value with listeners, in the shape of React's useSyncExternalStore. */
export type Store<T> = { get(): T; set(next: T): void; subscribe(listener: () => void): () => void }

/** A store that tells its listeners only of changes. */
export function createStore<T>(initial: T): Store<T> {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set: (next) => {
      if (Object.is(next, value)) return
      value = next
      for (const listener of [...listeners]) listener()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
