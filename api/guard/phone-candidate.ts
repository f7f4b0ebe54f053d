import type { Atom } from './atoms.ts'
import type { Reading } from './reading.ts'
import { has } from './reading.ts'
import { Is } from './word-classes.ts'

/** What stands between two numbers. */
export interface Gap {
  text: string
  /** space: nothing but white space; tight: punctuation; op: of formulas; filler: "потом"; far: words; broken: never one number. */
  kind: 'space' | 'tight' | 'op' | 'filler' | 'far' | 'broken'
}

const operators = /[=<>≤≥≈≠^√∫∑∈×÷%$€₽£°∞±]/
const maxGap = 25

/** Reads the gap after atom `i`. */
export function gapAfter(reading: Reading, i: number): Gap {
  const a = reading.atoms[i]
  const b = reading.atoms[i + 1]
  if (!a || !b) return { text: '', kind: 'broken' }
  const { text: source } = reading.folded
  if (b.start - a.end > maxGap) return { text: '', kind: 'broken' }
  const text = source.slice(a.end, b.start)
  if (text.trim() === '') return { text, kind: 'space' }
  let letters = 0
  let fillers = 0
  let words = 0
  for (let t = a.to; t < b.from; t++) {
    const token = reading.tokens[t]
    if (token?.type !== 'word') continue
    words++
    letters += token.end - token.start
    if (token.classes & Is.filler) fillers++
    if (token.classes & Is.unit && token.end - token.start > 1) return { text, kind: 'broken' }
  }
  if (operators.test(text)) return { text, kind: 'op' }
  if (words === 0) return { text, kind: text.length <= 6 ? 'tight' : 'far' }
  if (words === fillers || (words === 1 && letters <= 2 && text.length <= 4)) return { text, kind: 'filler' }
  return { text, kind: 'far' }
}

/** Some numbers in a row, as one possible phone or card number. */
export interface Candidate {
  digits: string
  /** Digits of each number, such as "1-3-3-2-2". */
  shape: string
  atoms: readonly Atom[]
  gaps: readonly Gap[]
  first: number
  last: number
  words: number
  letters: number
  far: boolean
  op: boolean
}

/** Whether "12.5" is meant: a point or comma that stands alone between two numbers. */
export function decimals({ gaps }: Candidate): number {
  let count = 0
  for (let i = 0; i < gaps.length; i++) {
    const text = gaps[i]?.text
    if (text !== '.' && text !== ',') continue
    if (gaps[i - 1]?.text !== text && gaps[i + 1]?.text !== text) count++
  }
  return count
}

/** "1 234 567": how large numbers are grouped. */
export const isThousands = (shape: string): boolean => /^[1-3](?:-3)+$/.test(shape)

/** Whether all gaps say the same: only spaces, or one and the same sign. */
export function uniform({ gaps }: Candidate): boolean {
  const first = gaps[0]
  return gaps.every(
    (gap) => (gap.kind === 'space' && first?.kind === 'space') || gap.text.trim() === first?.text.trim(),
  )
}

/** Whether the row of numbers goes on before or after in the same manner: a list of data, out of which this was cut. */
export function isEmbedded(candidate: Candidate, before: Gap | null, after: Gap | null): boolean {
  const inside = new Set(
    candidate.gaps.map((gap) => (gap.kind === 'space' ? gap.text.replace(/ +/g, ' ') : gap.text.trim())),
  )
  const same = (gap: Gap | null): boolean =>
    gap !== null &&
    gap.kind !== 'far' &&
    gap.kind !== 'broken' &&
    inside.has(gap.kind === 'space' ? gap.text.replace(/ +/g, ' ') : gap.text.trim())
  return same(before) || same(after)
}

/** Whether numbers in rising or falling order: "1 2 3 4", "10, 20, 30". */
export function isMonotone({ atoms }: Candidate): boolean {
  if (atoms.length < 4) return false
  const values = atoms.map(({ digits }) => Number(digits))
  const rising = values.every((value, i) => i === 0 || value > (values[i - 1] ?? -1))
  const falling = values.every((value, i) => i === 0 || value < (values[i - 1] ?? 0))
  // Operators' codes are larger than what follows: falling numbers are a list only where all are of one length.
  return rising || (falling && atoms.every(({ digits }) => digits.length === atoms[0]?.digits.length))
}

/** What is said around a candidate. */
export interface Surroundings {
  /** A phone, a call or a messenger is spoken of. */
  cue: boolean
  data: boolean
  /** An order, a page, a law: things that have numbers too. */
  numbered: boolean
  /** "руб", "кг", "%" after it. */
  unit: boolean
  plus: boolean
}

/** Looks around a candidate, at a bounded number of tokens. */
export function surroundingsOf(reading: Reading, { atoms }: Candidate): Surroundings {
  const { tokens } = reading
  const from = atoms[0]?.from ?? 0
  const to = atoms.at(-1)?.to ?? 0
  const previous = tokens[from - 1]
  const next = tokens[to]
  const numbered =
    has(tokens, from - 3, from, Is.numbered) ||
    /^[#№]$/.test(previous?.text ?? '') ||
    has(tokens, to, to + 1, Is.numbered)
  const ownNumber = has(tokens, from - 4, from, Is.numberNoun) && has(tokens, from - 5, from, Is.me)
  return {
    cue:
      ownNumber ||
      has(tokens, from - 6, from, Is.phoneCue | Is.messenger) ||
      has(tokens, to, to + 5, Is.phoneCue | Is.messenger),
    data: has(tokens, from - 8, from, Is.data) || /^[[{]$/.test(previous?.text ?? ''),
    numbered: numbered && !has(tokens, from - 2, from, Is.phoneCue),
    unit:
      ((next?.classes ?? 0) & Is.unit) !== 0 ||
      /^[%$€₽£°]$/.test(next?.text ?? '') ||
      /^[$€₽£]$/.test(previous?.text ?? ''),
    plus:
      (previous?.text === '+' && !(tokens[from]?.spaceBefore && previous.spaceBefore && from > 1)) ||
      /^(?:плюс|plus|plyus)$/.test(previous?.text ?? ''),
  }
}
