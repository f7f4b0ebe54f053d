import type { Candidate, Surroundings } from './phone-candidate.ts'
import { uniform } from './phone-candidate.ts'
import type { Reading } from './reading.ts'
import { Is } from './word-classes.ts'

/** Everything that is known of a candidate. */
export interface Facts extends Candidate {
  reading: Reading
  said: Surroundings
  n: number
  /** The row goes on in the same manner: a part of a list. */
  embedded: boolean
  /** Its numbers are points of a numbered list. */
  listed: boolean
  /** Numbers of something else: data, an order, a page. */
  other: boolean
  /** Hyphens, points or brackets between the groups. */
  grouped: boolean
  fractions: number
  commas: number
  alternating: boolean
}

/** The groupings that everybody writes. */
export const exactShapes = /^(?:1-3-3-2-2|1-3-3-4|4-3-2-2|4-3-4|1-3-7|4-7)$/
/** Digit by digit, or in pairs. */
export const evenShapes = /^(?:1(?:-1){10}|1(?:-2){5}|(?:2-){5}1)$/

/** "12-15, 18-20": ranges in a list; "8/9 1/6": fractions. */
export function alternates({ gaps, atoms }: Candidate): boolean {
  if (gaps.length < 3 || atoms.length % 2 === 1 || gaps.every(({ kind }) => kind === 'space')) return false
  const [a, b] = [gaps[0]?.sign, gaps[1]?.sign]
  return a !== b && gaps.every((gap, i) => gap.sign === (i % 2 === 0 ? a : b))
}

/** "841d-514d2167": Latin letters before, between or after. */
export function touchesLetters({ reading, atoms, gaps, words }: Facts): boolean {
  if (words > 0) return false
  const { text } = reading.folded
  const [before, after] = [text.charAt((atoms[0]?.start ?? 0) - 1), text.charAt(atoms.at(-1)?.end ?? 0)]
  return (
    /[a-z_/]/.test(before) ||
    /[a-z_]/.test(after) ||
    gaps.some((gap) => gap.kind !== 'filler' && /[a-z]/.test(gap.text))
  )
}

/** "7929ba35-854d-…": hexadecimal digits, unless every gap is the same letter or every digit stands alone. */
export function isCutOutOfCode(facts: Facts): boolean {
  const { reading, atoms, gaps, letters, shape } = facts
  const { text } = reading.folded
  const edges = [text.charAt((atoms[0]?.start ?? 0) - 1), text.charAt(atoms.at(-1)?.end ?? 0)]
  if (letters > 0 && edges.some((edge) => /[a-z]/.test(edge))) return true
  const latin = gaps.some(({ kind, text: gap }) => kind !== 'far' && /[a-f]/.test(gap) && !/[g-zа-я]/.test(gap))
  return latin && !uniform(facts) && !evenShapes.test(shape)
}

/** "22б 21а 37в": answers of a test, numbered; and other short words between numbers that aren't the same all along. */
export function isAnswerKey({ atoms, gaps, reading }: Facts): boolean {
  const { text } = reading.folded
  const keyed = atoms.filter(
    (atom) => atom.letters === 1 && /[а-яa-z]/.test(text.charAt(atom.end - 1)) && /[\s,;]/.test(text.charAt(atom.end)),
  ).length
  if (keyed > 1) return true
  const short = gaps.filter(({ kind, text: gap }) => kind === 'filler' && /^\s?\p{L}{1,2}\s/u.test(gap))
  if (short.length === 0) return false
  const words = reading.tokens.slice(atoms[0]?.from ?? 0, atoms.at(-1)?.to)
  const plain = words.some(
    ({ type, classes, start, end }) => type === 'word' && end - start < 3 && !(classes & (Is.filler | Is.numberWord)),
  )
  return plain && new Set(gaps.map(({ sign }) => sign)).size > 1
}

/** "894 + 85 - 2681 / 36": different signs of arithmetic with spaces around. */
export const isSum = ({ gaps }: Pick<Candidate, 'gaps'>): boolean =>
  new Set(gaps.map(({ text }) => text).filter((text) => /^ [+*/х×x-] $/.test(text))).size > 1

/** "915x6616x115". */
export const isSize = ({ gaps }: Pick<Candidate, 'gaps'>): boolean =>
  gaps.length === 2 && gaps.every(({ text }) => /^ ?[xх×*] ?$/.test(text))

/** Whether it goes on over lines that hold other numbers too, or is made of the rows of a matrix. */
export function cutsRows({ atoms, reading, shape, gaps, words }: Facts): boolean {
  const { text } = reading.folded
  const [start, end] = [atoms[0]?.start ?? 0, atoms.at(-1)?.end ?? 0]
  if (!text.slice(start, end).includes('\n')) return false
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const lineEnd = text.indexOf('\n', end)
  const before = text.slice(Math.max(lineStart, start - maxRow), start)
  const after = text.slice(end, lineEnd < 0 ? end + maxRow : lineEnd)
  if (/\d|-$/.test(before.slice(-8)) || /^\W{0,4}\d/.test(after)) return true
  const lines = gaps.filter(({ text: gap }) => gap.includes('\n')).length
  // Eleven digits never fill the rows of a matrix: more stand above or below.
  const goesOn =
    /\d\s{1,4}-?$/.test(text.slice(Math.max(0, start - 6), start)) || /^\s{1,4}-?\d/.test(text.slice(end, end + 6))
  const negative = gaps.some(({ text: gap }) => /\s-$/.test(gap)) && new Set(gaps.map(({ sign }) => sign)).size > 1
  if (negative && words === 0) return true
  return /(?:^|-)1-1-1-1-1/.test(shape) && words === 0 && lines > 0 && lines < gaps.length && goesOn
}

const rowOfNumbers = /^[\d\s.,;|+-]*\d[\s.,;|]+[\d\s.,;|+-]*\d[\d\s.,;|]*$/
const maxRow = 120

/** Whether rows of numbers stand above and below, two or more besides its own: a table, out of which this was cut. */
export function isTabular({ atoms, reading }: Facts): boolean {
  const { text } = reading.folded
  const [start, end] = [atoms[0]?.start ?? 0, atoms.at(-1)?.end ?? 0]
  const own = [text.lastIndexOf('\n', start) + 1, text.indexOf('\n', end)] as const
  let rows = 0
  let from = own[0]
  for (let i = 0; i < 3 && from > 0; i++) {
    const before = text.lastIndexOf('\n', from - 2) + 1
    if (!isRow(text.slice(Math.max(before, from - maxRow), from - 1))) break
    rows++
    from = before
  }
  let to = own[1]
  for (let i = 0; i < 3 && to >= 0; i++) {
    const next = text.indexOf('\n', to + 1)
    if (!isRow(text.slice(to + 1, Math.min(next < 0 ? text.length : next, to + maxRow)))) break
    rows++
    to = next
  }
  const mixed = /\n/.test(text.slice(start, end)) && /\d[ ]\d/.test(text.slice(start, end))
  return rows >= 2 || (rows === 1 && mixed)
}

const isRow = (line: string): boolean => rowOfNumbers.test(line)
