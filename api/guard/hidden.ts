import type { Match, Reading } from './reading.ts'

const phoneLike = /^(?:[78]9\d{9}|9\d{9}|[78][348]\d{9}|0[3-9]\d{8,9})$/

/** Nine digits in a row that the base rule doesn't see: full-width, circled, with invisible characters between, partly letters. */
export function findHidden({ atoms, folded }: Reading): Match[] {
  const matches: Match[] = []
  for (const { digits, words, letters, start, end } of atoms) {
    if (digits.length < 9 || words > 0 || digits.length - letters < 5) continue
    const { start: from, end: to } = folded.span(start, end)
    if (letters === 0 && /\d{9}/.test(folded.source.slice(from, to))) continue
    // "47b88567b" is a code; letters stand for digits only where a phone comes out.
    if (letters > 0 && !phoneLike.test(digits)) continue
    matches.push({ kind: 'PHONE', rule: 'phone.hidden', from: start, to: end })
  }
  return matches
}
