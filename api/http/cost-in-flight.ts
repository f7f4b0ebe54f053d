import { within } from '../within.ts'
import { maxCost } from './limits.ts'

/**
 * Bounds what is worked out at the same time, and with it memory: an operation may cost little to ask for and much to hold. Those of
 * one client have room for one of the greatest cost, until its answer has been taken; all clients together for a few, until their
 * answers are made. Who doesn't fit waits, the clients in rotation, so that one who asks for much waits for itself.
 */
export interface CostInFlight {
  /**
   * Waits until there is room for an operation of `client`.
   *
   * @param taken resolves when its answer has been taken, or never will be
   * @returns to be called when the answer is made; null where there was no room in time
   */
  enter(client: string, cost: number, taken: Promise<unknown>): Promise<(() => void) | null>
}

interface Waiting {
  client: string
  cost: number
  enter(): void
}

/** What costs no more is what nearly all operations are: it never waits. */
export const freeCost = 1000
/** All clients together. */
const maxTogether = 4 * maxCost

/** @param maxWaitMs how long an operation may wait for room */
export function createCostInFlight(maxWaitMs: number): CostInFlight {
  const held = new Map<string, number>()
  let together = 0
  /** In the order of coming; whoever doesn't fit is passed by those of other clients who do. */
  const waiting = new Set<Waiting>()
  const hasRoom = ({ client, cost }: Waiting) =>
    together + cost <= maxTogether && (held.get(client) ?? 0) + cost <= maxCost

  function hold(client: string, by: number): void {
    const now = (held.get(client) ?? 0) + by
    if (now > 0) held.set(client, now)
    else held.delete(client)
  }

  function serve(): void {
    const passed = new Set<string>()
    for (const one of waiting) {
      // What one client asked for begins in the order of asking.
      if (passed.has(one.client) || !hasRoom(one)) passed.add(one.client)
      else {
        waiting.delete(one)
        one.enter()
      }
    }
  }

  return {
    async enter(client, cost, taken) {
      if (cost <= freeCost) return () => undefined
      const isFirst = ![...waiting].some((one) => one.client === client)
      const begin = () => {
        together += cost
        hold(client, cost)
      }
      if (isFirst && hasRoom({ client, cost, enter: begin })) begin()
      else {
        let one: Waiting | undefined
        const entered = new Promise<void>((resolve) => {
          one = {
            client,
            cost,
            enter() {
              begin()
              resolve()
            },
          }
          waiting.add(one)
        })
        if (!(await within(maxWaitMs, entered)) && one && waiting.delete(one)) return null
      }
      let isMade = false
      const made = () => {
        if (isMade) return
        isMade = true
        together -= cost
        serve()
      }
      void taken.then(() => {
        made()
        hold(client, -cost)
        serve()
      })
      return made
    },
  }
}
