import { unavailable } from './errors.ts'
import { resolvable } from './resolvable.ts'
import { within } from './within.ts'

/** Runs work of one key after the other, and of different keys side by side. */
export interface KeyedQueue {
  /** @throws UNAVAILABLE when its turn doesn't come in time; the work is then never run */
  run<T>(key: string, work: () => Promise<T>): Promise<T>
}

export function createKeyedQueue(maxWaitMs: number): KeyedQueue {
  /** For each key with work: the end of the last in line. */
  const lines = new Map<string, Promise<void>>()

  return {
    async run(key, work) {
      const before = lines.get(key)
      const { promise: left, resolve: leave } = resolvable()
      const line = (before ?? Promise.resolve()).then(() => left)
      lines.set(key, line)
      try {
        if (before && !(await within(maxWaitMs, before))) throw unavailable()
        return await work()
      } finally {
        leave()
        if (lines.get(key) === line) lines.delete(key)
      }
    },
  }
}
