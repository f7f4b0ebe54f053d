/** Choices that are the same on every run: a test that fails can be run again. */
export interface Random {
  /** An integer of [0, below). */
  below(below: number): number
  /** Whether something of this probability happens. */
  chance(probability: number): boolean
  of<T>(items: readonly T[]): T
  /** So many decimal digits, the first one not 0. */
  digits(length: number): string
}

/** The generator "mulberry32": small, fast, even enough for texts. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    below,
    chance: (probability) => next() < probability,
    of: (items) => {
      const item = items[below(items.length)]
      if (item === undefined) throw new RangeError('nothing to choose from')
      return item
    },
    digits: (length) => Array.from({ length }, (_, i) => (i === 0 ? 1 + below(9) : below(10))).join(''),
  }
}

/** One kind of text, written anew at every call. */
export type Family = (random: Random) => string

/** Chooses for every "a|b" in braces; braces don't nest. */
export const choose = (random: Random, template: string): string =>
  template.replace(/\{([^{}]*)\}/g, (_, choices: string) => random.of(choices.split('|')))
