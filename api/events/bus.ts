import type { StoredEvent, TransientEvent } from './event.ts'

/** What a user's streams in this process are told. */
export interface BusListener {
  /** After a commit; may be lost, doubled or late: the log is the truth. */
  stored(event: StoredEvent): void
  transient(event: TransientEvent): void
}

/** Carries hints from whoever commits to the streams of the users concerned. */
export interface Bus {
  publishStored(events: readonly StoredEvent[]): void
  publishTransient(userIds: readonly string[], event: TransientEvent): void
  /** Returns what ends the subscription. */
  subscribe(userId: string, listener: BusListener): () => void
  /** Whether hints from all instances arrive just now; where not, readers look into the log themselves every 2 s. */
  reliable(): boolean
  close(): Promise<void>
}

/** The bus of one process alone. */
export function createLocalBus(): Bus {
  const listeners = new Map<string, Set<BusListener>>()

  return {
    publishStored(events) {
      for (const event of events) for (const listener of listeners.get(event.userId) ?? []) listener.stored(event)
    },
    publishTransient(userIds, event) {
      for (const userId of userIds) for (const listener of listeners.get(userId) ?? []) listener.transient(event)
    },
    subscribe(userId, listener) {
      const own = listeners.get(userId) ?? new Set()
      listeners.set(userId, own.add(listener))
      return () => {
        own.delete(listener)
        if (own.size === 0 && listeners.get(userId) === own) listeners.delete(userId)
      }
    },
    reliable: () => true,
    close: () => Promise.resolve(),
  }
}
