import type { Atom } from './atoms.ts'
import { numberWords } from './number-words.ts'
import type { Token } from './tokens.ts'

/** Says that a digit is said several times. */
export const times = /^(?:раза?|times|дважды|трижды|twice)$/

/** "четыре раза по 6", "семь три раза", "5 дважды": a digit said several times, as one atom; the token after it, `i` where it is none. */
export function saidAgain(tokens: readonly Token[], i: number, before: Atom[]): number {
  const word = tokens[i]
  const count = /^(?:дважды|twice)$/.test(word?.text ?? '') ? 2 : word?.text === 'трижды' ? 3 : 0
  const last = before.at(-1)
  if (!word || !last || last.to !== i) return i
  const following = tokens[i + 1]
  // "дважды пять" goes on.
  if (count > 0 && (following?.type === 'number' || numberWords.has(following?.text ?? ''))) return i
  if (count === 0) {
    const led = /^(?:по|цифра|the)$/.test(tokens[i + 1]?.text ?? '') ? 1 : 0
    const next = tokens[i + 1 + led]
    const digit = next?.type === 'number' ? next.text : (numberWords.get(next?.text ?? '')?.value ?? '').toString()
    const short = digit.length === 1 || (digit.length === 2 && last.digits === '2')
    if (next && led > 0 && isFew(last) && short) {
      before[before.length - 1] = again(last, digit, Number(last.digits), last.start, next.end, i + 2 + led)
      return i + 2 + led
    }
  }
  const digit = count > 0 ? last : before.at(-2)
  if (!digit || digit.digits.length > 2 || (count === 0 && !(isFew(last) && last.from - digit.to < 2))) return i
  before.splice(count > 0 ? -1 : -2)
  before.push(again(digit, digit.digits, count || Number(last.digits), digit.start, word.end, i + 1))
  return i + 1
}

const isFew = ({ digits, words }: Atom): boolean => words > 0 && /^[2-5]$/.test(digits)
const again = (atom: Atom, digits: string, count: number, start: number, end: number, to: number): Atom => ({
  ...atom,
  digits: digits.repeat(count),
  start,
  end,
  to,
  words: atom.words + 1,
})

/** Takes back the "три" of "три нуля" and says it three times. */
export function repeated(before: Atom[], i: number, token: Token, value: number): Atom | null {
  const count = before.at(-1)
  if (!count || count.to !== i || !/^[2-6]$/.test(count.digits)) return null
  before.pop()
  const digits = String(value).repeat(Number(count.digits))
  return { digits, start: count.start, end: token.end, from: count.from, to: i + 1, words: count.words + 1, letters: 0 }
}
