import type { Children } from '../faults/children.ts'
import type { World } from './world.ts'

/** What a bench may use: it starts its programs with `children` and fills a world of its own. */
export interface Stage {
  children: Children
  rounds: number
  redisUrl: string
  newWorld(): Promise<World>
}

/** One figure of the table. */
export interface Row {
  /** What is measured. */
  what: string
  unit: string
  /** The product's figure of each round. */
  product: number[]
  /** What it is held against, in the same rounds; left out where the bar is absolute. */
  floor?: number[]
  /** How far `product` (or its ratio to `floor`) may go, or has to. */
  bar: { atMost: number } | { atLeast: number }
}

/** A bench by its name: `npm run bench -- --only name`. */
export interface Bench {
  name: string
  run(stage: Stage): Promise<Row[]>
}

/** Runs the two in turn, `rounds` times after one that warms both up and isn't counted. */
export async function alternate(
  rounds: number,
  product: () => Promise<number>,
  floor: () => Promise<number>,
): Promise<{ product: number[]; floor: number[] }> {
  const figures = { product: [] as number[], floor: [] as number[] }
  await floor()
  await product()
  for (let round = 0; round < rounds; round++) {
    figures.floor.push(await floor())
    figures.product.push(await product())
  }
  return figures
}
