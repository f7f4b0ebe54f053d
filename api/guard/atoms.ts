import { repeated, saidAgain, times } from './atoms-repeated.ts'
import type { Folded } from './fold.ts'
import { hintFor } from './hints.ts'
import { laterLetterDigits, letterDigits } from './look-alikes.ts'
import { type NumberWord, numberWords, ordinals } from './number-words.ts'
import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'

/** A number as written: digits, digits with letters for some of them, or words that make one number. */
export interface Atom {
  digits: string
  start: number
  end: number
  /** Its tokens are [from, to). */
  from: number
  to: number
  /** How many number words it is made of. */
  words: number
  /** How many letters stand for digits in it. */
  letters: number
}

const drawnLikeDigits = hintFor((word) => [...word].every((char) => letterDigits.has(char)))
const saysAgain = hintFor(times)

/** All numbers of a text, in order. */
export function atomsOf(folded: Folded, tokens: readonly Token[]): Atom[] {
  const atoms: Atom[] = []
  let i = 0
  while (i < tokens.length) {
    const token = tokens[i]
    let atom: Atom | null = null
    if (token && token.hints & saysAgain && atoms.at(-1)?.to === i) {
      const next = saidAgain(tokens, i, atoms)
      if (next > i) {
        i = next
        continue
      }
    }
    if (token?.type === 'number' || (token && canBeDigits(folded, token))) atom = writtenAt(folded, tokens, i, atoms)
    if (!atom && token && token.classes & Is.numberWord && !isPronoun(tokens, i)) atom = spokenAt(tokens, i, atoms)
    if (atom) {
      atoms.push(atom)
      i = atom.to
    } else i++
  }
  return atoms
}

/** The digits that a token's letters stand for; null when one of them stands for none. */
function digitsOf(folded: Folded, token: Token, later: boolean): string | null {
  if (token.type === 'number') return token.text
  if (token.end - token.start > 3) return null
  let digits = ''
  for (const char of folded.text.slice(token.start, token.end)) {
    const digit = letterDigits.get(char) ?? (later ? laterLetterDigits.get(char) : undefined)
    if (digit === undefined) return null
    digits += digit
  }
  return digits
}

const canBeDigits = (folded: Folded, token: Token): boolean =>
  (token.hints & drawnLikeDigits) !== 0 &&
  (token.type === 'word' || token.text === '|') &&
  digitsOf(folded, token, false) !== null

/** Whether a token without digits may be one beside them: a letter drawn like one, a Roman numeral, or what says one again. */
export const canBeDigit = (folded: Folded, token: Token): boolean =>
  canBeDigits(folded, token) || /^[ivx]+$/.test(token.text) || times.test(token.text)

/** Touching tokens of digits and letters drawn like digits; letters alone count only between numbers ("8-9OO-OOO-12"). */
function writtenAt(folded: Folded, tokens: readonly Token[], i: number, before: readonly Atom[]): Atom | null {
  let digits = ''
  let letters = 0
  let real = 0
  let to = i
  while (to < tokens.length) {
    const token = tokens[to]
    if (!token || (to > i && token.spaceBefore)) break
    const part = digitsOf(folded, token, to > i)
    if (part === null) break
    digits += part
    if (token.type === 'number') real += part.length
    else letters += part.length
    to++
  }
  const first = tokens[i]
  const last = tokens[to - 1]
  const next = tokens[to]
  if (!first || !last) return null
  // A stroke after a number parts it from the next.
  if (first.text === '|' && !first.spaceBefore && tokens[i - 1]?.type === 'number') return null
  // "15sin x", "5бит": the letters go on, so they are letters.
  if (letters > 0 && next?.type === 'word' && !next.spaceBefore) to = i
  if (real === 0) {
    const previous = before.at(-1)
    const gap = previous ? folded.text.slice(previous.end, first.start) : ''
    const between = /^[ ()./-]{0,2}$/.test(gap) && previous !== undefined && previous.words === 0
    const after = next?.type === 'number' || (next?.type === 'symbol' && tokens[to + 1]?.type === 'number')
    if (!between || !after || to === i) return null
  }
  // "8|916|123": a stroke between groups parts them; one that stands for 1 makes eleven digits.
  const strokes = tokens.slice(i, to).filter(({ text }) => text === '|').length
  const parting =
    (digits.length !== 11 && digits.length !== 10) ||
    strokes * 2 + 1 >= digits.length ||
    (tokens[i - 1]?.text === '|' && !first.spaceBefore)
  if (to > i && strokes > 0 && parting) to = i
  if (to === i) {
    if (first.type !== 'number') return null
    return { digits: first.text, start: first.start, end: first.end, from: i, to: i + 1, words: 0, letters: 0 }
  }
  return { digits, start: first.start, end: last.end, from: i, to, words: 0, letters }
}

const determiner =
  /^(?:the|this|that|which|last|first|next|no|any|each|every|other|another|second|third|same|only|new|old|right|wrong|either|home)$/

/** "the last one": no number. */
function isPronoun(tokens: readonly Token[], i: number): boolean {
  const [before, word, next] = [tokens[i - 1], tokens[i], tokens[i + 1]]
  if (!/^ones?$/.test(word?.text ?? '') || !determiner.test(before?.text ?? '')) return false
  return next?.type !== 'number' && !((next?.classes ?? 0) & Is.numberWord)
}

const rankOrder: Record<NumberWord['rank'], number> = { hundred: 3, ten: 2, teen: 1, unit: 1, repeat: 0, many: 0 }

/** "девятьсот двенадцать" is one number, "девять один" are two; "double five" is 55, "три нуля" 000. */
function spokenAt(tokens: readonly Token[], i: number, before: Atom[]): Atom | null {
  const first = tokens[i]
  const word = numberWords.get(first?.text ?? '')
  if (!first || !word) return null
  if (word.rank === 'many') return repeated(before, i, first, word.value)
  if (word.rank === 'repeat') {
    const hyphen = tokens[i + 1]?.text === '-' ? 1 : 0
    const next = tokens[i + 1 + hyphen]
    const digit =
      next?.type === 'number' && next.text.length <= 2 ? Number(next.text) : numberWords.get(next?.text ?? '')?.value
    if (!next || digit === undefined || digit > 99) return null
    return {
      digits: (next.type === 'number' ? next.text : String(digit)).repeat(word.value),
      start: first.start,
      end: next.end,
      from: i,
      to: i + 2 + hyphen,
      words: 2,
      letters: 0,
    }
  }
  if (tokens[i + 1]?.text === 'hundred' && word.value < 20) {
    const end = tokens[i + 1]?.end ?? first.end
    return { digits: String(word.value * 100), start: first.start, end, from: i, to: i + 2, words: 2, letters: 0 }
  }
  let value = word.value
  let rank = rankOrder[word.rank]
  let to = i + 1
  let end = first.end
  while (rank > 1 && to < tokens.length) {
    const token = tokens[to]
    const hyphen = token?.text === '-' && !token.spaceBefore ? 1 : 0
    const part = tokens[to + hyphen]
    if (part?.type === 'number' && part.text.length < rank && part.text[0] !== '0') {
      // "девятьсот 12"
      value += Number(part.text)
      to += hyphen + 1
      end = part.end
      break
    }
    const place = part && ordinals.get(part.text)
    if (part && place !== undefined && place < 10 ** (rank - 1)) {
      // "девятьсот шестнадцатый"
      value += place
      to += hyphen + 1
      end = part.end
      break
    }
    const next = part && numberWords.get(part.text)
    if (!next || rankOrder[next.rank] >= rank || next.value === 0 || rankOrder[next.rank] === 0) break
    if (next.rank === 'teen' && rank === 2) break
    value += next.value
    rank = rankOrder[next.rank]
    to += hyphen + 1
    end = part.end
  }
  return { digits: String(value), start: first.start, end, from: i, to, words: to - i, letters: 0 }
}
