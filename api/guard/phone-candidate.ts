import type { Atom } from './atoms.ts'
import type { Gap } from './gaps.ts'
import type { Reading } from './reading.ts'
import { around, has } from './reading.ts'
import type { Token } from './tokens.ts'
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

/** Whether a number and the next are both written in digits or both in words: "my home one 0044 7911 …" is no row. */
const isLikewise = (atoms: readonly Atom[], i: number): boolean => {
  const [a, b] = [atoms[i], atoms[i + 1]]
  return a !== undefined && b !== undefined && (a.words !== 1 || b.words > 0) && (b.words !== 1 || a.words > 0)
}

/** Whether the row of numbers goes on before or after in the same manner: a list of data, out of which this was cut. */
export function isEmbedded(
  { atoms }: Pick<Reading, 'atoms'>,
  gaps: readonly Gap[],
  first: number,
  last: number,
): boolean {
  const before = isLikewise(atoms, first - 1) ? gaps[first - 1] : undefined
  const after = isLikewise(atoms, last) ? gaps[last] : undefined
  for (let i = first; i < last; i++) {
    const sign = gaps[i]?.sign
    if (before && isNear(before) && before.sign === sign) return true
    if (after && isNear(after) && after.sign === sign) return true
  }
  return false
}

/** Whether the gap before atom `first` says the same as the one after it. */
export function goesOnBefore({ atoms }: Pick<Reading, 'atoms'>, gaps: readonly Gap[], first: number): boolean {
  const before = gaps[first - 1]
  return before !== undefined && isLikewise(atoms, first - 1) && isNear(before) && before.sign === gaps[first]?.sign
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

const cues = Is.phoneCue | Is.messenger
const maxCall = 6

/** Whether a phone, a call or a messenger is spoken of in the same sentence, or in a short one next to it that says little else. */
function isCued(tokens: readonly Token[], from: number, to: number): boolean {
  const own = around(tokens, from, 'sentence')
  const end = around(tokens, to - 1, 'sentence').to
  if (has(tokens, Math.max(own.from, from - 6), from, cues) || has(tokens, to, Math.min(end, to + 5), cues)) return true
  // "каспи по номеру 707 …": where money goes to.
  const paid = has(tokens, Math.max(own.from, from - 8), from, Is.bank)
  if (paid && has(tokens, Math.max(own.from, from - 4), from, Is.numberNoun)) return true
  // "Тел. для родителей: …": the full stop of an abbreviation.
  const abbreviated = tokens[own.from - 1]?.text === '.' && from - own.from < maxCall
  if (abbreviated && has(tokens, own.from - 2, own.from, Is.phoneCue | Is.numberNoun)) return true
  if (from === own.from && from > 0) {
    const before = around(tokens, from - (tokens[from - 1]?.type === 'symbol' ? 2 : 1), 'sentence')
    if (before.to - before.from <= maxCall && calls(tokens, before.from, before.to)) return true
  }
  const next = tokens[end]?.type === 'symbol' ? end + 1 : end
  if (next >= tokens.length) return false
  const after = around(tokens, next, 'sentence')
  return after.to - after.from <= maxCall && calls(tokens, after.from, after.to)
}

const calls = (tokens: readonly Token[], from: number, to: number): boolean =>
  has(tokens, from, to, cues) && !has(tokens, from, to, Is.topic | Is.code | Is.negation | Is.numbered)

/** "мои координаты для записи", "контактные данные": of a person, not of a point or a table. */
const isContactData = ({ tokens }: Reading, from: number): boolean =>
  has(tokens, from - 8, from, Is.me) &&
  tokens.slice(Math.max(0, from - 8), from).some(({ text }) => /^(?:координат|данн|контактн)/.test(text)) &&
  tokens.slice(Math.max(0, from - 8), from).some(({ text }) => /^(?:для|контактн|связи|записи)/.test(text))

/** "код 916, номер …", "area code 312": of an operator or a city, where a number is spoken of. */
function isDiallingCode({ tokens, classes }: Reading, from: number): boolean {
  const at = /^(?:города|оператора|страны|региона|межгорода)$/.test(tokens[from - 1]?.text ?? '') ? from - 2 : from - 1
  if (!/^(?:код|кодом|code)$/.test(tokens[at]?.text ?? '')) return false
  const before = tokens[at - 1]?.text ?? ''
  const goesOn = tokens.slice(from + 1, from + 4).some(({ text }) => /^(?:дальше|далее|потом|затем)$/.test(text))
  return /^(?:area|\(|мой)$/.test(before) || goesOn || (classes & (Is.numberNoun | Is.phoneCue | Is.messenger)) !== 0
}

/** "Ответ: 89161234": whatever else is spoken of, this is what came out. */
function isAnswer(tokens: readonly Token[], from: number): boolean {
  const led = /^[:=—-]$/.test(tokens[from - 1]?.text ?? '')
  return (
    led &&
    /^(?:ответ|итог|итого|результат|сумма|получилось|answer|result|total|sum)$/.test(tokens[from - 2]?.text ?? '')
  )
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
  const dialled = isDiallingCode(reading, from)
  return {
    cue: ownNumber || dialled || (isCued(tokens, from, to) && !isAnswer(tokens, from)),
    data:
      (has(tokens, from - 8, from, Is.data) && !dialled && !isContactData(reading, from)) ||
      /^[[{]$/.test(previous?.text ?? ''),
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
