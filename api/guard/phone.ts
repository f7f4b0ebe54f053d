import { formulaParts } from './formula.ts'
import { brokenGap, type Gap, gapsOf } from './gaps.ts'
import {
  type Candidate,
  decimals,
  isEmbedded,
  isMonotone,
  isThousands,
  surroundingsOf,
  uniform,
} from './phone-candidate.ts'
import { type Match, maxMatches, type Reading } from './reading.ts'
import { Is } from './word-classes.ts'

/** How Russian numbers are grouped when the operator's or town's code is told apart. */
const russianShapes =
  /^(?:1-3-3-2-2|1-3-3-4|4-3-2-2|4-3-4|1-3-7|4-7|1-3-2-2-3|1-3-2-3-2|1-3-4-3|4-2-2-3|4-2-3-2|1-10|4-4-3|1-3-3-3-1|4-3-3-1|1-3-5-2|1-3-2-5|1-3-2-2-2-1|4-2-2-2-1|4(?:-1){7}|1-3(?:-1){7})$/
const landlineShapes =
  /^(?:1-3-3-2-2|1-3-3-4|1-4-2-2-2|1-4-3-3|1-4-6|1-5-1-2-2|1-5-5|4-3-2-2|4-3-4|1-3-7|1-3-2-2-3|1-3-2-3-2|1-3-4-3)$/
const bareShapes = /^(?:3-3-2-2|3-3-4|3-7|3-2-2-3|3-2-3-2|3-4-3|6-2-2|6-4|3-3-3-1|3-5-2|3-2-5)$/
const britishShapes = /^(?:5-6|5-3-3|4-3-4|3-4-4|4-7|5-2-4|3-8|5-2-2-2)$/

/** Codes of the countries next door, that people write without "+". */
const neighbours =
  /^(?:375(?:2[459]|33|44|17)\d{7}|380[3-9]\d{8}|998\d{9}|996\d{9}|992\d{9}|994\d{9}|995\d{9}|374\d{8}|373\d{8})$/

/** Phone numbers, whatever they are written in. */
export function findPhones(whole: Reading): Match[] {
  if (whole.atoms.length === 0 || digitsIn(whole) < 5) return []
  const reading = withoutListNumbers(whole)
  const { atoms, parts } = reading
  const gaps = reading.gaps.map((gap, i) => (parts.has(i) || parts.has(i + 1) ? brokenGap : gap))
  const matches: Match[] = []
  let i = 0
  while (i < atoms.length && matches.length < maxMatches) {
    const found = parts.has(i) ? null : longestFrom(reading, gaps, i)
    if (!found) {
      i++
      continue
    }
    const plus = reading.tokens[(found.candidate.atoms[0]?.from ?? 0) - 1]
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
  const rest = atoms.filter(({ digits, start, end }) => {
    const isPoint = folded.text.charAt(end) === ')' || folded.text.startsWith('. ', end)
    if (digits !== String(expected) || !isPoint || folded.text.charAt(start - 1) === '(') return true
    expected++
    return false
  })
  if (expected <= 3) return reading
  return { ...reading, atoms: rest, gaps: gapsOf(folded.text, tokens, rest), parts: formulaParts(folded.text, rest) }
}

function digitsIn({ atoms }: Reading): number {
  let count = 0
  for (const { digits } of atoms) count += digits.length
  return count
}

/** The longest row of numbers from atom `first` on that is a phone number. */
function longestFrom(
  reading: Reading,
  gaps: readonly Gap[],
  first: number,
): { candidate: Candidate; rule: string } | null {
  const { atoms } = reading
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
      far ||= gap.kind === 'far'
      op ||= gap.kind === 'op'
    }
    digits += atom.digits
    shape += `${shape && '-'}${atom.digits.length}`
    words += atom.words
    letters += atom.letters
    if (digits.length > 16) break
    if (digits.length < 5) continue
    if (digits.length < 10 && !cued) continue
    const embedded = isEmbedded(gaps, first, last)
    // Cut out of a longer row: only the most telling grouping is then still a number.
    if (embedded && !(isMobile(digits) && russianShapes.test(shape))) continue
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
    const rule = judge(reading, candidate, embedded)
    if (rule) best = { candidate, rule }
  }
  return best
}

function judge(reading: Reading, candidate: Candidate, embedded: boolean): string | null {
  const { digits, shape, gaps, letters, words, far, op } = candidate
  const n = digits.length
  if (n - letters < 4) return null
  const said = surroundingsOf(reading, candidate)
  const commas = gaps.filter((gap) => /[,;]/.test(gap.text)).length
  const fractions = decimals(candidate)
  if (said.plus && n >= 10 && n <= 15 && !isThousands(shape) && !far && !embedded) return 'phone.international'
  if (
    digits.startsWith('00') &&
    n >= 12 &&
    letters === 0 &&
    fractions === 0 &&
    gaps.every(({ kind }) => kind === 'tight' || kind === 'space') &&
    !op &&
    !far &&
    !embedded &&
    !said.data
  )
    return 'phone.international'

  if (isMonotone(candidate) && !russianShapes.test(shape)) return null
  if (isMobile(digits)) {
    if (words >= 5 && !embedded && !op) return 'phone.words'
    const canonical = russianShapes.test(shape)
    if (far || op)
      return canonical && fractions === 0 && gaps.length >= 3 && (uniform(candidate) || !op) && !said.unit
        ? name(candidate, 'phone.spread')
        : null
    if (fractions > 1 || said.unit || (said.numbered && !canonical)) return null
    if (isThousands(shape) || alternates(candidate)) return said.cue && !said.data ? 'phone.cued' : null
    if (embedded && !(canonical && !said.data && !said.numbered)) return null
    if (
      commas > 1 &&
      commas === gaps.length &&
      !canonical &&
      !said.cue &&
      (said.data || candidate.atoms.length < 11 || hasWords(reading))
    )
      return null
    if (said.data && !canonical && !said.cue) return null
    return name(candidate, 'phone.russian')
  }
  if (far || op || embedded || said.unit || fractions > 1) return null
  if (words >= 5 && n >= 10 && n <= 12 && !isCounting(digits)) return 'phone.words'
  if (touchesLetters(reading, candidate)) return null
  const grouped = gaps.some((gap) => /[-()./]/.test(gap.text))
  if (n === 11 && /^[78]/.test(digits) && landlineShapes.test(shape) && !said.data && !said.numbered && commas === 0) {
    return name(candidate, 'phone.russian')
  }
  if (n === 10 && /^9/.test(digits) && bareShapes.test(shape) && !said.data && !said.numbered && commas < 2)
    return name(candidate, 'phone.bare')
  if (
    n === 10 &&
    /^[3489]/.test(digits) &&
    /^(?:3-3-2-2|4-2-2-2|3-7)$/.test(shape) &&
    grouped &&
    !said.data &&
    !said.numbered
  ) {
    return name(candidate, 'phone.bare')
  }
  if ((n === 12 || n === 11) && neighbours.test(digits) && !isThousands(shape) && !said.data && !said.numbered)
    return name(candidate, 'phone.international')
  if (n === 10 && /^0[3-9]/.test(digits) && /^(?:3-3-2-2|3-3-4|3-7)$/.test(shape) && !said.data)
    return name(candidate, 'phone.bare')
  if (n === 11 && /^0[1-9]/.test(digits) && britishShapes.test(shape) && !said.data) return 'phone.english'
  if (
    ((n === 10 && /^[2-9]/.test(digits) && shape === '3-3-4') ||
      (n === 11 && /^1[2-9]/.test(digits) && /^1-3-3-4$/.test(shape))) &&
    !said.data &&
    !said.numbered
  ) {
    if (grouped || said.cue || isEnglish(reading)) return 'phone.english'
  }
  if (n === 10 && shape === '3-3-4' && grouped && !said.data && !said.numbered) return 'phone.english'
  return said.cue && !said.numbered && !said.data && isCued(candidate, grouped) ? 'phone.cued' : null
}

/** "841d-514d2167", "v13.8": cut out of a word or a code. */
function touchesLetters({ folded }: Reading, { atoms, gaps, words }: Candidate): boolean {
  if (words > 0) return false
  const before = folded.text.charAt((atoms[0]?.start ?? 0) - 1)
  const after = folded.text.charAt(atoms.at(-1)?.end ?? 0)
  return /[a-z_/]/.test(before) || /[a-z_]/.test(after) || gaps.some(({ text }) => /[a-z]/.test(text))
}

/** With "тел" or "call me" beside it less is enough, but years, prices and ranges are still none. */
function isCued({ digits, shape, atoms, words, gaps }: Candidate, grouped: boolean): boolean {
  const n = digits.length
  if (n > 13 || isThousands(shape) || /^(\d)-\1$/.test(shape)) return false
  if (words > 0) return n >= 7
  // Versions and sections: "13.8.2.1324".
  if (gaps.length > 0 && gaps.every(({ text }) => text === '.') && !/^(?:3-2-2|3-4|3-3-2-2)$/.test(shape)) return false
  if (n >= 7) return atoms.length === 1 || grouped || n >= 9 || /^(?:3-2-2|3-4|1-3-3)$/.test(shape)
  return grouped && /^(?:2-2-2|1-2-2|3-3)$/.test(shape)
}

/** Spelled or spread numbers carry the name of the trick, so that the owner can tell them apart. */
function name({ words, letters, gaps }: Candidate, rule: string): string {
  if (words > 2) return 'phone.words'
  if (letters > 0) return 'phone.letters'
  if (gaps.some((gap) => gap.kind === 'filler' || gap.kind === 'far' || gap.kind === 'op')) return 'phone.spread'
  return rule
}

/** "12-15, 18-20": ranges in a list; "8/9 1/6": fractions. */
function alternates({ gaps, atoms }: Candidate): boolean {
  if (gaps.length < 3 || atoms.length % 2 === 1) return false
  const [a, b] = [gaps[0]?.text.trim(), gaps[1]?.text.trim()]
  return a !== b && gaps.every((gap, i) => gap.text.trim() === (i % 2 === 0 ? a : b))
}

const isMobile = (digits: string): boolean => digits.length === 11 && /^[78](?:9|70|74|77)/.test(digits)

/** One to ten, counted aloud or written: no number anybody has. */
const isCounting = (digits: string): boolean => /^(?:0?1234567|9?876543|10987)/.test(digits)

/** Whether anything is said besides numbers. */
const hasWords = ({ tokens }: Reading): boolean => tokens.some(({ type }) => type === 'word')

/** Whether the text has no Russian words. */
const isEnglish = ({ tokens }: Reading): boolean =>
  !tokens.some(({ type, text }) => type === 'word' && /[а-я]/.test(text))
