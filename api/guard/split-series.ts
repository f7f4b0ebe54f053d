import { fold } from './fold.ts'
import { type Match, read } from './reading.ts'
import { Is } from './word-classes.ts'

const maxLength = 60
const maxCounted = 3

/**
 * Whether a message repeats the words of one right before with other small numbers: "m one 0" and "m one 1", "вопрос 8" and
 * "вопрос 9". Series count; numbers of people don't.
 *
 * @param nearestFirst what was said right before
 */
export function isCounted(text: string, nearestFirst: readonly string[]): boolean {
  const words = countedWords(text)
  return words !== null && nearestFirst.slice(0, maxCounted).some((recent) => countedWords(recent) === words)
}

/** What a short message says besides numbers of up to three digits; null where that is nothing, or where there are longer ones. */
function countedWords(text: string): string | null {
  if (text.length > maxLength) return null
  const { tokens, atoms } = read(text)
  if (atoms.length === 0 || atoms.some(({ digits }) => digits.length > 3)) return null
  const words = tokens.filter(({ type, classes }) => type === 'word' && !(classes & Is.numberWord))
  return words.some(({ classes }) => !(classes & Is.filler)) ? words.map((word) => word.text).join(' ') : null
}

const bare = /^[\d\s().-]{1,20}$/

/**
 * "8 9 6", "7 3 1 0", "4 5", "88": messages of nothing but digits, when all that follow each other make one mobile number.
 *
 * @param nearestFirst what was said right before
 */
export function findBareRow(text: string, nearestFirst: readonly string[]): Match[] {
  const own = fold(text).text
  if (!bare.test(own)) return []
  const row = [own]
  for (const line of nearestFirst) {
    const earlier = fold(line).text
    if (!bare.test(earlier)) break
    row.unshift(earlier)
  }
  const digits = row.map((line) => line.replace(/\D/g, ''))
  const rising = digits.every((part, i) => i === 0 || Number(part) > Number(digits[i - 1]))
  // Where a number was announced, one with a digit more or less is still one.
  const phone = announces(nearestFirst[row.length - 1]) ? /^[78]9\d{8,10}$/ : /^[78]9\d{9}$/
  if (row.length < 3 || rising || !phone.test(digits.join(''))) return []
  return [{ kind: 'PHONE', rule: 'split', from: 0, to: text.length }]
}

/** "вот номер". */
const announces = (text: string | undefined): boolean =>
  text !== undefined &&
  text.length < maxLength &&
  (read(text).classes & (Is.numberNoun | Is.phoneCue | Is.messenger)) !== 0
