import { formulaParts } from './formula.ts'
import { brokenGap, type Gap, gapsOf } from './gaps.ts'
import { type Candidate, goesOnBefore, isEmbedded, isNear } from './phone-candidate.ts'
import { longestCutOut, mayBeCutOut, mayBeginCutOut, mayBeNumber, ruleOf } from './phone-rules.ts'
import { type Match, maxMatches, type Reading } from './reading.ts'
import { Is } from './word-classes.ts'

/** Phone numbers, whatever they are written in. */
export function findPhones(whole: Reading): Match[] {
  if (whole.atoms.length === 0 || whole.atomDigits < 5) return []
  const reading = withoutListNumbers(whole)
  const { atoms, parts } = reading
  const gaps = reading.gaps.map((gap, i) => (parts.has(i) || parts.has(i + 1) ? brokenGap : gap))
  const matches: Match[] = []
  let i = 0
  while (i < atoms.length && matches.length < maxMatches) {
    const found = parts.has(i) ? null : longestFrom(reading, gaps, i, reading !== whole)
    if (!found) {
      i++
      continue
    }
    const before = reading.tokens[(found.candidate.atoms[0]?.from ?? 0) - 1]
    const plus = /^(?:\+|плюс|plus|plyus)$/.test(before?.text ?? '') ? before : undefined
    matches.push({
      kind: 'PHONE',
      rule: found.rule,
      from: found.rule === 'phone.international' && plus ? plus.start : (atoms[found.candidate.first]?.start ?? 0),
      to: atoms[found.candidate.last]?.end ?? 0,
    })
    i = found.candidate.last + 1
  }
  return matches
}

/** The atoms without the "1)", "2)" of a list: a number may be dealt out over its points. */
function withoutListNumbers(reading: Reading): Reading {
  const { atoms, folded, tokens } = reading
  let expected = 1
  const rest = atoms.filter(({ digits, start, end, words }) => {
    const isPoint = folded.text.charAt(end) === ')' || folded.text.startsWith('. ', end)
    if (words > 0 || digits !== String(expected) || !isPoint || folded.text.charAt(start - 1) === '(') return true
    expected++
    return false
  })
  if (expected <= 3) return reading
  return { ...reading, atoms: rest, gaps: gapsOf(folded.text, tokens, rest), parts: formulaParts(folded.text, rest) }
}

/** The longest row of numbers from atom `first` on that is a phone number. */
function longestFrom(
  reading: Reading,
  gaps: readonly Gap[],
  first: number,
  listed: boolean,
): { candidate: Candidate; rule: string } | null {
  const { atoms } = reading
  const before = gaps[first - 1]
  // The row goes on before it in the same manner: only what begins like a mobile number can be cut out.
  if (goesOnBefore(reading, gaps, first) && !mayBeginCutOut(atoms[first]?.digits ?? '', atoms[first + 1]?.digits ?? ''))
    return null
  const cued = (reading.classes & (Is.phoneCue | Is.messenger | Is.numberNoun)) !== 0
  let digits = ''
  let shape = ''
  let words = 0
  let letters = 0
  let far = false
  let op = false
  let best: { candidate: Candidate; rule: string } | null = null
  for (let last = first; last < atoms.length && last - first < 16; last++) {
    const atom = atoms[last]
    if (!atom) break
    if (last > first) {
      const gap = gaps[last - 1]
      if (!gap || gap.kind === 'broken') break
      if (before && last - first >= longestCutOut && isNear(before) && before.sign === gap.sign) break
      far ||= gap.kind === 'far'
      op ||= gap.kind === 'op'
    }
    digits += atom.digits
    shape += `${shape && '-'}${atom.digits.length}`
    words += atom.words
    letters += atom.letters
    if (digits.length > 16) break
    if (digits.length < 5) continue
    if (digits.length < 10 && !cued && words < 6) continue
    if (!mayBeNumber(digits, shape, far || op)) continue
    const embedded = isEmbedded(reading, gaps, first, last)
    if (embedded && !mayBeCutOut(digits, shape)) continue
    const candidate: Candidate = {
      digits,
      shape,
      atoms: atoms.slice(first, last + 1),
      gaps: gaps.slice(first, last),
      first,
      last,
      words,
      letters,
      far,
      op,
    }
    const rule = ruleOf(reading, candidate, embedded, listed)
    if (rule) best = { candidate, rule }
  }
  return best
}
