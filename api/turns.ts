/**
 * Shares the event loop out: whoever has work that holds it asks for a turn before each piece. There is one turn in each round
 * of the loop, so everything else (other sockets, timers) is seen to between two pieces; and those who wait are served in
 * rotation, so that a client who asks for much waits behind itself and not before others.
 */
export interface Turns {
  /** Resolves when it is the turn of `key` (a user, an address); what one key asked for comes in the order of asking. */
  take(key: string): Promise<void>
}

export function createTurns(): Turns {
  /** Who waits, in the order in which they are served. */
  const waiting = new Map<string, (() => void)[]>()
  /** Whether this round's turn has been given. */
  let given = false

  function give(): void {
    given = true
    setImmediate(beginRound)
  }

  function beginRound(): void {
    given = false
    const [next] = waiting
    if (!next) return
    const [key, queue] = next
    waiting.delete(key)
    const serve = queue.shift()
    // Behind everybody else who waits.
    if (queue.length > 0) waiting.set(key, queue)
    give()
    serve?.()
  }

  return {
    async take(key) {
      if (!given) return give()
      const queue = waiting.get(key) ?? []
      waiting.set(key, queue)
      await new Promise<void>((resolve) => queue.push(resolve))
    },
  }
}
