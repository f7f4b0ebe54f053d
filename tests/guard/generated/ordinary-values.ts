import { choose, type Random } from './random.ts'

/** An integer of [least, most]. */
export const between = (random: Random, least: number, most: number): number => least + random.below(most - least + 1)
/** Between `least` and `most` items. */
export const many = (
  random: Random,
  least: number,
  most: number,
  item: () => string | number,
  separator: string,
): string => Array.from({ length: between(random, least, most) }, item).join(separator)
export const two = (value: number): string => String(value).padStart(2, '0')
/** A frame's choices made, with `what` for its "#". */
export const framed = (random: Random, frames: string, what: string): string =>
  choose(random, frames).replace('#', () => what)
export const thousands = (random: Random, sign: string): string =>
  `${between(random, 1, 999)}${sign}${random.digits(3)}${random.chance(0.3) ? `${sign}${random.digits(3)}` : ''}`
export const decimal = (random: Random): string =>
  `${between(random, 0, 999)}${random.of([',', '.'])}${random.below(1000)}`
