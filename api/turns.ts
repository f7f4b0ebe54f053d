/**
 * Shares the event loop out: whoever has work that holds it asks for a turn before each piece. In each round of the loop turns are
 * given for a few milliseconds, so everything else (other sockets, timers) is seen to soon, whatever there is to do; and those who
 * wait are served in rotation, so that a client who asks for much waits behind itself and not before others.
 */
export interface Turns {
  /** Resolves when it is the turn of `key` (a user, an address); what one key asked for comes in the order of asking. */
  take(key: string): Promise<void>
}

/** After so long no further piece is begun in a round. */
const roundMs = 3

export function createTurns(): Turns {
  /** Who waits, in the order in which they are served. */
  const waiting = new Map<string, (() => void)[]>()
  /** Whether somebody has the turn. */
  let given = false
  /** Until when turns are given in this round; null before the first of them. */
  let endsAtMs: number | null = null

  function give(): void {
    given = true
    if (endsAtMs === null) {
      endsAtMs = performance.now() + roundMs
      setImmediate(beginRound)
    }
    // After all that the one who has it now does without waiting for anything: ticks come when there are no microtasks left, but
    // in a tick, the next one comes before them.
    queueMicrotask(inATick)
  }

  function inATick(): void {
    process.nextTick(passOn)
  }

  function passOn(): void {
    given = false
    if (endsAtMs === null || performance.now() < endsAtMs) serve()
  }

  function beginRound(): void {
    endsAtMs = null
    serve()
  }

  function serve(): void {
    const [next] = waiting
    if (!next) return
    const [key, queue] = next
    waiting.delete(key)
    const resolve = queue.shift()
    // Behind everybody else who waits.
    if (queue.length > 0) waiting.set(key, queue)
    give()
    resolve?.()
  }

  return {
    async take(key) {
      if (!given && waiting.size === 0 && (endsAtMs === null || performance.now() < endsAtMs)) return give()
      const queue = waiting.get(key) ?? []
      waiting.set(key, queue)
      await new Promise<void>((resolve) => queue.push(resolve))
    },
  }
}
