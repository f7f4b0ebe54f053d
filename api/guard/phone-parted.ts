import { mobile } from './phone-disguised.ts'
import type { Match, Reading } from './reading.ts'
import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'

const withoutFirst = /^9\d{9}$/
/** "плюс восьмёрка в начале", "the 8 in front". */
const firstTold =
  /(?:восьмерк|семерк|(?<!\d)8|\+ ?7|(?<![а-я])плюс (?:7|семь)|(?<!\d)7|eight|seven)[^.!?\n\d]{0,20}(?:начал|впереди|спереди|перед|in front|first|beginning|at the start)|(?:начал|впереди|спереди|перед|добав|подстав|in front|first|с )[^.!?\n\d]{0,14}(?:восьмерк|семерк|(?<!\d)8(?!\d)|\+ ?7(?!\d)|eight|seven)/
const shortest = 10
const fewest = 4
/** More numbers than these are data. */
const most = 40

/**
 * Digits of a mobile number that only their order holds together: with one and the same word between ("977 ага 537 ага …"), each group
 * in a line of its own, or in any groups where its first digit is told apart.
 */
export function findParted(reading: Reading): Match[] {
  const { atoms, atomDigits, classes, folded } = reading
  if (atoms.length < fewest || atoms.length > most || atomDigits < shortest) return []
  const led = firstTold.test(folded.text)
  for (let first = 0; first + fewest <= atoms.length; first++) {
    if (!/^[789]/.test(atoms[first]?.digits ?? '')) continue
    const row = rowFrom(reading, first)
    const digits = row.digits
    const whole = mobile.test(digits) || (withoutFirst.test(digits) && (row.filler || led || isDialled(classes)))
    if (!whole || row.last - first + 1 < fewest) continue
    if (!row.filler && !row.column && !led) continue
    if (!row.filler && classes & Is.data && !led) continue
    return [{ kind: 'PHONE', rule: 'phone.spread', from: atoms[first]?.start ?? 0, to: atoms[row.last]?.end ?? 0 }]
  }
  return []
}

const isDialled = (classes: number): boolean => (classes & (Is.phoneCue | Is.numberNoun)) !== 0

interface Row {
  digits: string
  last: number
  /** One and the same word stands between all its numbers. */
  filler: boolean
  /** Each stands in a line of its own, and nothing else does. */
  column: boolean
}

/** The numbers from atom `first` on that are parted alike, up to eleven digits. */
function rowFrom({ atoms, tokens, parts }: Reading, first: number): Row {
  const between = betweenAfter(tokens, atoms[first], atoms[first + 1])
  const column = between === '\n' && (tokens[atoms[first]?.from ?? 0]?.lineBefore ?? false)
  let digits = ''
  let last = first
  for (let at = first; at < atoms.length && digits.length < 11; at++) {
    const atom = atoms[at]
    if (!atom || atom.words > 0 || parts.has(at)) break
    if (at > first && between !== betweenAfter(tokens, atoms[at - 1], atom)) break
    digits += atom.digits
    last = at
  }
  // The rest of a longer column is data.
  const goesOn = between !== null && betweenAfter(tokens, atoms[last], atoms[last + 1]) === between
  if (goesOn || between === null) return { digits: '', last, filler: false, column: false }
  return { digits, last, filler: between !== '\n' && between !== ' ', column }
}

type Numbered = Reading['atoms'][number] | undefined

const reckons = /^(?:умнож|плюс|минус|раздел|дел|прибав|отн|выч|слож|times|plus|minus|over|divided)/

/** What parts two numbers: the word, a line's end, a space; null for anything else. */
function betweenAfter(tokens: readonly Token[], a: Numbered, b: Numbered): string | null {
  if (!a || !b) return null
  const words = tokens.slice(a.to, b.from).filter(({ type }) => type === 'word')
  const signs = b.from - a.to - words.length
  const next = tokens[b.from]
  if (words.length === 0) return signs > 0 ? null : next?.lineBefore ? '\n' : ' '
  const word = words[0]
  if (
    words.length > 1 ||
    signs > 2 ||
    !word ||
    word.end - word.start < 3 ||
    reckons.test(word.text) ||
    next?.lineBefore
  )
    return null
  return word.classes & (Is.unit | Is.preposition | Is.numbered | Is.data) ? null : word.text
}
