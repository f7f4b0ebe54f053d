import type { Atom } from './atoms.ts'
import type { Gap } from './gaps.ts'
import type { Reading } from './reading.ts'
import { has } from './reading.ts'
import { Is } from './word-classes.ts'

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
export function isEmbedded(gaps: readonly Gap[], first: number, last: number): boolean {
  const [before, after] = [gaps[first - 1], gaps[last]]
  for (let i = first; i < last; i++) {
    const sign = gaps[i]?.sign
    if (before && isNear(before) && before.sign === sign) return true
    if (after && isNear(after) && after.sign === sign) return true
  }
  return false
}

/** Whether the gap before atom `first` says the same as the one after it. */
export function goesOnBefore(gaps: readonly Gap[], first: number): boolean {
  const before = gaps[first - 1]
  return before !== undefined && isNear(before) && before.sign === gaps[first]?.sign
}

/** Whether a row of numbers can go on over a gap. */
export const isNear = ({ kind }: Gap): boolean => kind !== 'far' && kind !== 'broken'

/** Whether numbers in rising or falling order: "1 2 3 4", "10, 20, 30". */
export function isMonotone({ atoms }: Pick<Candidate, 'atoms'>): boolean {
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
  /** It stands right before the digits, and nothing before it: no sum. */
  plusTouches: boolean
  /** "=" after it: the end of a sum. */
  equation: boolean
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
    equation: next?.text === '=',
    plusTouches: previous?.text === '+' && !tokens[from]?.spaceBefore && previous.spaceBefore,
    plus:
      (previous?.text === '+' && !(tokens[from]?.spaceBefore && previous.spaceBefore && from > 1)) ||
      /^(?:плюс|plus|plyus)$/.test(previous?.text ?? ''),
  }
}
