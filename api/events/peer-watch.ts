/** How long what was published may take to come back. */
const heartbeatTimeoutMs = 1500
/** How long an instance that is no longer heard of is believed to be writing on, where the database can't say. */
const peerForgottenMs = 300_000

/** Keeps account of the other instances: who is heard, whose packets were lost, and who is gone. */
export interface PeerWatch {
  /** What this instance published came back: Redis works. */
  heardSelf(): void
  /** Every packet of a peer, by its number. */
  heard(peer: string, number: number): void
  /** A peer said goodbye, or is known to have died. */
  left(peer: string): void
  /** A peer is telling all of itself: what it says from here on follows on that. */
  knows(peer: string): void
  /** Peers that have fallen silent while Redis works: dead, frozen, or cut off from Redis. */
  silent(): string[]
  /** Peers that are heard but of which something was missed. */
  unknown(): string[]
  /** Whether hints of all instances arrive just now. */
  reliable(): boolean
  /** Grows with every hint that is known to have been lost. */
  lost(): number
}

interface Peer {
  number: number
  heardAtMs: number
  /** All that it told of itself has arrived. */
  known: boolean
}

/** @param onGone is told of each peer that goes  @param nowMs a steady clock */
export function createPeerWatch(
  onGone: (peer: string) => void,
  nowMs: () => number = () => performance.now(),
): PeerWatch {
  const peers = new Map<string, Peer>()
  let heardSelfAtMs = Number.NEGATIVE_INFINITY
  /** Since when Redis has worked without a break. */
  let worksSinceMs = Number.POSITIVE_INFINITY
  let lost = 0

  const works = () => nowMs() - heardSelfAtMs < heartbeatTimeoutMs
  const isSilent = ({ heardAtMs }: Peer) => nowMs() - heardAtMs > heartbeatTimeoutMs

  function left(id: string): void {
    if (!peers.delete(id)) return
    // What it committed last it may not have told.
    lost++
    onGone(id)
  }

  return {
    heardSelf() {
      if (!works()) worksSinceMs = nowMs()
      heardSelfAtMs = nowMs()
    },
    heard(id, number) {
      const peer = peers.get(id)
      // Who is heard for the first time may have said more before.
      const missed = number !== (peer?.number ?? 0) + 1
      if (missed) lost++
      peers.set(id, { number, heardAtMs: nowMs(), known: peer?.known === true && !missed })
    },
    left,
    knows(id) {
      const peer = peers.get(id)
      if (peer) peer.known = true
    },
    silent() {
      for (const [id, { heardAtMs }] of peers) if (nowMs() - heardAtMs > peerForgottenMs) left(id)
      // While Redis is away nobody is heard, and everybody is believed to be where they were.
      if (!works() || nowMs() - worksSinceMs <= heartbeatTimeoutMs) return []
      return [...peers].flatMap(([id, peer]) => (isSilent(peer) ? [id] : []))
    },
    unknown: () => [...peers].flatMap(([id, peer]) => (peer.known || isSilent(peer) ? [] : [id])),
    reliable: () => works() && ![...peers.values()].some(isSilent),
    lost: () => lost,
  }
}
