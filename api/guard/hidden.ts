import type { Match, Reading } from './reading.ts'

/** Nine digits in a row that the base rule doesn't see: full-width, circled, with invisible characters between, partly letters. */
export function findHidden({ atoms }: Reading): Match[] {
  const matches: Match[] = []
  for (const { digits, words, letters, start, end } of atoms) {
    if (digits.length < 9 || words > 0 || letters > 3 || digits.length - letters < 7) continue
    matches.push({ kind: 'PHONE', rule: 'phone.hidden', from: start, to: end })
  }
  return matches
}
