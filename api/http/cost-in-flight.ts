import { resolvable } from '../resolvable.ts'
import { within } from '../within.ts'
import { maxAnswerCharacters, maxCost } from './limits.ts'

/**
 * Bounds what is worked out at the same time, and with it memory: an operation may cost little to ask for and much to hold. Those of
 * one client have room for one of the greatest cost, until its answer has been taken; all clients together for a few, until their
 * answers are made. Who doesn't fit waits, the clients in rotation, so that one who asks for much waits for itself. An answer
 * that is longer than its cost would have it counts as that which costs so much, until it has been taken.
 */
export interface CostInFlight {
  /**
   * Waits until there is room for an operation of `client`.
   *
   * @param taken resolves when its answer has been taken, or never will be
   * @returns null where there was no room in time
   */
  enter(client: string, cost: number, taken: Promise<unknown>): Promise<Made | null>
  /** The same, however long it takes. */
  enterAtLast(client: string, cost: number, taken: Promise<unknown>): Promise<Made>
}

/** To be called when the answer is made, with how many characters it has. */
export type Made = (characters?: number) => void

interface Waiting {
  client: string
  cost: number
  enter(): void
}

/** What costs no more is what nearly all operations are: it never waits. */
export const freeCost = 1000
/** An answer of the greatest length counts as one of the greatest cost. */
const charactersPerCost = maxAnswerCharacters / maxCost
/** All clients together. */
const maxTogether = 4 * maxCost

/** @param maxWaitMs how long an operation may wait for room */
export function createCostInFlight(maxWaitMs: number): CostInFlight {
  const held = new Map<string, number>()
  let together = 0
  /** In the order of coming; whoever doesn't fit is passed by those of other clients who do. */
  const waiting = new Set<Waiting>()
  const hasRoom = ({ client, cost }: Omit<Waiting, 'enter'>) =>
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

  /** Resolves when there is room; null where that is now. */
  function room(one: Omit<Waiting, 'enter'>): { waits: Waiting; entered: Promise<void> } | null {
    const begin = () => {
      together += one.cost
      hold(one.client, one.cost)
    }
    if (![...waiting].some(({ client }) => client === one.client) && hasRoom(one)) {
      begin()
      return null
    }
    const { promise: entered, resolve } = resolvable()
    const waits: Waiting = {
      ...one,
      enter() {
        begin()
        resolve()
      },
    }
    waiting.add(waits)
    return { waits, entered }
  }

  /** What is to be called when the answer is made; what is held for it is let go when it has been taken. */
  function madeOf(client: string, cost: number, taken: Promise<unknown>): Made {
    let isMade = false
    let heldForIt = cost
    let isTaken = false
    const made = (characters = 0) => {
      if (isMade) return
      isMade = true
      together -= cost
      const length = Math.ceil(characters / charactersPerCost)
      if (!isTaken && length > Math.max(cost, freeCost)) {
        hold(client, length - heldForIt)
        heldForIt = length
        if (cost === 0) letGoWhenTaken()
      }
      serve()
    }
    const letGoWhenTaken = () =>
      void taken.then(() => {
        isTaken = true
        made()
        hold(client, -heldForIt)
        serve()
      })
    if (cost > 0) letGoWhenTaken()
    return made
  }

  /** What costs little is counted only where its client has too much that was not taken. */
  const counted = (client: string, cost: number) =>
    cost > freeCost || (held.get(client) ?? 0) >= maxCost ? Math.min(cost, maxCost) : 0

  return {
    async enter(client, asked, taken) {
      const cost = counted(client, asked)
      const full = cost > 0 ? room({ client, cost }) : null
      if (full && !(await within(maxWaitMs, full.entered)) && waiting.delete(full.waits)) return null
      return madeOf(client, cost, taken)
    },
    async enterAtLast(client, asked, taken) {
      const cost = counted(client, asked)
      await (cost > 0 ? room({ client, cost }) : null)?.entered
      return madeOf(client, cost, taken)
    },
  }
}
