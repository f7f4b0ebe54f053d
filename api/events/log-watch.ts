import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from '../logger.ts'
import type { Bus } from './bus.ts'
import type { EventLog } from './event-log.ts'

/** While the bus misses hints, or has lost some: an event is at most so late, and what one look takes. */
const unreliableIntervalMs = 1000
/** While it doesn't, as a precaution. */
const reliableIntervalMs = 20_000
const tickMs = 250
const usersPerLook = 1000

/**
 * Looks into the logs of all users whose streams are here, and tells the streams how far the logs have got: what makes lost
 * hints harmless. One look for all, so that ten thousand streams cost ten statements and no timers of their own.
 */
export function startLogWatch(log: EventLog, bus: Bus, logger: Logger): () => Promise<void> {
  const stopped = new AbortController()

  async function look(): Promise<void> {
    const users = bus.subscribedUsers()
    for (let start = 0; start < users.length && !stopped.signal.aborted; start += usersPerLook) {
      const positions = await log.positions(users.slice(start, start + usersPerLook))
      for (const { userId, seq } of positions) bus.reached(userId, seq)
    }
  }

  async function run(): Promise<void> {
    let lookedAt = performance.now()
    let lostBefore = bus.lost()
    while (!stopped.signal.aborted) {
      await wait(tickMs, undefined, { signal: stopped.signal, ref: false }).catch(() => undefined)
      const lost = bus.lost()
      const intervalMs = bus.reliable() && lost === lostBefore ? reliableIntervalMs : unreliableIntervalMs
      if (stopped.signal.aborted || performance.now() - lookedAt < intervalMs) continue
      lookedAt = performance.now()
      try {
        await look()
        lostBefore = lost
      } catch (error) {
        logger.warn({ err: error }, 'looking into the log')
      }
    }
  }

  const running = run()
  return () => {
    stopped.abort()
    return running
  }
}
