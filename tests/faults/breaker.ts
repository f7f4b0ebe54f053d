import { type Fault, faults, type Victims } from './faults.ts'
import type { FaultArea } from './history.ts'
import type { Random } from './random.ts'
import { wait } from './waiting.ts'

/** How many things are broken at once, at most. */
const maxAtOnce = 3
/** Runs shorter than this leave out what takes a minute itself. */
const minMsForLong = 240_000

/**
 * Breaks things for a while, in an order that the seed repeats; returns when all is mended. Of each area one thing at
 * a time is broken, so that one instance of several is always left.
 */
export async function breakThings(
  victims: Victims,
  random: Random,
  durationMs: number,
  tell: (line: string) => void,
): Promise<void> {
  const signal = AbortSignal.timeout(durationMs)
  const possible = faults.filter(({ long }) => !long || durationMs >= minMsForLong)
  const weighted = possible.flatMap((fault) => Array.from({ length: fault.weight }, () => fault))
  const broken = new Map<FaultArea, Promise<void>>()
  const failures: unknown[] = []

  async function run(fault: Fault): Promise<void> {
    const target = random.pick(victims.instances)
    const record = {
      name: fault.name,
      area: fault.area,
      target: fault.area === 'instance' ? target.name : null,
      outage: fault.outage === true,
      from: Date.now(),
      to: Number.POSITIVE_INFINITY,
    }
    victims.history.faults.push(record)
    tell(record.target ? `${fault.name}: ${record.target}` : fault.name)
    try {
      await fault.run(victims, random.fork(), target)
    } catch (error) {
      // A statement or command of ours that another fault cut short: what it was to break is simply not broken.
      if (!fault.outage && fault.area !== 'instance') return
      failures.push(error)
      tell(`${fault.name}: ${error}`)
    } finally {
      record.to = Date.now()
      broken.delete(fault.area)
    }
  }

  // Every kind once in a random order, then by weight: a short run too meets as many kinds as it has time for.
  const first = shuffled(possible, random)
  while (!signal.aborted && failures.length === 0) {
    // Often the next thing breaks while the last one is still broken, and sometimes all has been well for a while.
    await wait(random.chance(0.3) ? random.between(4000, 9000) : random.between(300, 2500))
    const free = (fault: Fault) => !broken.has(fault.area)
    const next = first.findIndex(free)
    const fault = next >= 0 ? first.splice(next, 1)[0] : random.pick(weighted.filter(free).concat(weighted))
    if (!fault || broken.size >= maxAtOnce || !free(fault) || signal.aborted) continue
    broken.set(fault.area, run(fault))
  }
  await Promise.all(broken.values())
  if (failures.length > 0) throw failures[0]
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const rest = [...items]
  const result: T[] = []
  while (rest.length > 0) result.push(...rest.splice(random.between(0, rest.length - 1), 1))
  return result
}
