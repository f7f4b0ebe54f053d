import type { Learnt } from './learn.ts'

/** How much evidence is enough, in steps. */
export const enough = 40

/** The text of api/guard/trained-weights.ts. */
export function shippedAs({ bias, weights }: Learnt): string {
  const bytes = [...weights].flatMap(([key, weight]) => [key >> 16, (key >> 8) & 255, key & 255, weight & 255])
  return `/**
 * What \`npm run guard:train\` learnt from the corpus; not to be edited. Four bytes for each feature: its key
 * (sentence-features.ts), high byte first, and its weight, signed.
 */
export const trained = {
  /** Where a sentence begins, before anything is said. */
  bias: ${bias},
  /** The sum at which it is an invitation. */
  enough: ${enough},
  weights:
    '${Buffer.from(bytes).toString('base64')}',
} as const
`
}
