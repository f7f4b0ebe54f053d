import type { StoredEvent, TransientEvent } from './event.ts'

/** What a user's streams in this process are told. */
export interface BusListener {
  /** After a commit; may be lost, doubled or late: the log is the truth. */
  stored(event: StoredEvent): void
  transient(event: TransientEvent): void
  /** The log is known to have got that far; what is behind that and didn't arrive is to be read from it. */
  reached(seq: number): void
}

/** How many connections users have at one instance; null: the user is not there any more. */
export type ConnectionCounts = readonly (readonly [userId: string, count: number | null])[]

/** What presence is told of the other instances, and what it tells them. */
export interface PeerListener {
  /** What has changed there. */
  changed(peer: string, counts: ConnectionCounts): void
  /** All that is there now begins with this; what was known of it before is void. */
  replaced(peer: string, counts: ConnectionCounts): void
  /** The instance has stopped, or died. */
  gone(peer: string): void
  /** All that is here. */
  all(): ConnectionCounts
}

/** Carries hints from whoever commits to the streams of the users concerned, and what instances tell each other. */
export interface Bus {
  publishStored(events: readonly StoredEvent[]): void
  publishTransient(userIds: readonly string[], event: TransientEvent): void
  /** Tells the streams in this process only. */
  tellHere(userIds: readonly string[], event: TransientEvent): void
  /** Tells the other instances what has changed here; one that misses it asks for all. */
  tellPeers(counts: ConnectionCounts): void
  /** Sets who is told what the others have; there is one such listener. */
  listenToPeers(listener: PeerListener): void
  subscribe(userId: string, listener: BusListener): void
  /** Ends a subscription, if there is one. */
  unsubscribe(userId: string, listener: BusListener): void
  /** Whose streams are here. */
  subscribedUsers(): string[]
  /** Tells a user's streams how far the log has got. */
  reached(userId: string, seq: number): void
  /** Whether hints from all instances arrive just now; where not, the log is looked at all the time. */
  reliable(): boolean
  /** Grows whenever hints are known to have been lost; the log is then looked at once more. */
  lost(): number
  close(): Promise<void>
}

/** The bus of one process alone. */
export function createLocalBus(): Bus {
  /** Most users have one stream: it stands for itself, without a set around it. */
  const listeners = new Map<string, BusListener | Set<BusListener>>()
  const each = (userId: string, tell: (listener: BusListener) => void) => {
    const own = listeners.get(userId)
    if (own instanceof Set) for (const listener of own) tell(listener)
    else if (own) tell(own)
  }

  const tellHere: Bus['tellHere'] = (userIds, event) => {
    for (const userId of userIds) each(userId, (listener) => listener.transient(event))
  }

  return {
    publishStored(events) {
      for (const event of events) each(event.userId, (listener) => listener.stored(event))
    },
    publishTransient: tellHere,
    tellHere,
    tellPeers: () => undefined,
    listenToPeers: () => undefined,
    subscribe(userId, listener) {
      const own = listeners.get(userId)
      if (!own) listeners.set(userId, listener)
      else if (own instanceof Set) own.add(listener)
      else if (own !== listener) listeners.set(userId, new Set([own, listener]))
    },
    unsubscribe(userId, listener) {
      const own = listeners.get(userId)
      if (own instanceof Set) own.delete(listener)
      if (own === listener || (own instanceof Set && own.size === 0)) listeners.delete(userId)
    },
    subscribedUsers: () => [...listeners.keys()],
    reached: (userId, seq) => each(userId, (listener) => listener.reached(seq)),
    reliable: () => true,
    lost: () => 0,
    close: () => Promise.resolve(),
  }
}
