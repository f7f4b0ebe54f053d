import { markDescribed } from './described.ts'
import type { Folded } from './fold.ts'
import { joinSpelled, minSpelled } from './spelled-words.ts'
import { joinLeet, joinParted, joinSyllables, withoutNames } from './token-joining.ts'
import { readTransliterated } from './transliterated.ts'
import { Is } from './word-classes.ts'
import { factsOf, factsOfSign, type WordFacts, writtenWord } from './word-facts.ts'

/** A word, a run of digits or a single other character; white space lies between tokens. */
export interface Token extends WordFacts {
  type: 'word' | 'number' | 'symbol'
  /** Units of the folded text. */
  start: number
  end: number
  spaceBefore: boolean
  lineBefore: boolean
}

/** The tokens of a text, and what all of it lets the rules expect. */
export interface Tokenised {
  tokens: Token[]
  /** The hints of all words and signs, as they stand and as they are read. */
  hints: number
  /** How many digits there are. */
  digits: number
  /** How many Latin letters stand by themselves. */
  singleLetters: number
  /** Length of the longest stretch without white space. */
  longestStretch: number
}

const letter = /\p{L}/u
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39

function isLetter(text: string, at: number, code: number): boolean {
  if (code < 0x80) return code >= 0x61 && code <= 0x7a
  if (code >= 0x430 && code < 0x530) return true
  return code > 0xaa && letter.test(text.charAt(at))
}

/** Where the word ends of which the characters before `at` are the beginning. */
function wordEnd(text: string, from: number): number {
  let at = from
  while (at < text.length) {
    const next = text.charCodeAt(at)
    if (isLetter(text, at, next)) at++
    else if (next === 39 && at + 1 < text.length && isLetter(text, at + 1, text.charCodeAt(at + 1))) at += 2
    else break
  }
  return at
}

/** Splits a folded text, in one pass; then puts together what belongs together. */
export function tokenise({ text }: Folded): Tokenised {
  const tokens: Token[] = []
  let hints = 0
  let digits = 0
  let singles = 0
  let singleLetters = 0
  let longestStretch = 0
  let stretchStart = 0
  let spaceBefore = true
  let lineBefore = true
  let at = 0
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === 32 || code === 10) {
      spaceBefore = true
      if (code === 10) lineBefore = true
      at++
      continue
    }
    const start = at++
    if (spaceBefore) stretchStart = start
    if (isDigit(code)) {
      while (at < text.length && isDigit(text.charCodeAt(at))) at++
      digits += at - start
      const number = text.slice(start, at)
      tokens.push({
        type: 'number',
        start,
        end: at,
        text: number,
        classes: 0,
        cues: 0,
        hints: 0,
        spaceBefore,
        lineBefore,
      })
    } else if (isLetter(text, start, code)) {
      at = wordEnd(text, at)
      if (at - start === 1) {
        singles++
        if (code < 0x80) singleLetters++
      }
      const word = writtenWord(text.slice(start, at))
      const token = tokenOf('word', word, start, at, spaceBefore, lineBefore)
      hints |= word.hints
      if (word.parts) pushParts(tokens, token, word.parts)
      else if (isMoney(tokens.at(-1), token)) tokens.push({ ...token, classes: Is.unit })
      else tokens.push(token)
    } else {
      if (code >= 0xd800 && code < 0xdc00 && at < text.length) at++
      const sign = factsOfSign(text.slice(start, at))
      hints |= sign.hints
      tokens.push(tokenOf('symbol', sign, start, at, spaceBefore, lineBefore))
    }
    if (at - stretchStart > longestStretch) longestStretch = at - stretchStart
    spaceBefore = false
    lineBefore = false
  }
  withoutNames(text, tokens)
  const spelled = singles < minSpelled ? tokens : joinSpelled(text, tokens)
  const joined = joinParted(text, joinSyllables(joinLeet(spelled)))
  readTransliterated(joined)
  markDescribed(joined)
  for (const token of joined) hints |= token.hints
  return { tokens: joined, hints, digits, singleLetters, longestStretch }
}

const tokenOf = (
  type: Token['type'],
  { text, classes, cues, hints }: WordFacts,
  start: number,
  end: number,
  spaceBefore: boolean,
  lineBefore: boolean,
): Token => ({ type, start, end, text, classes, cues, hints, spaceBefore, lineBefore })

/** "1990 тг" is money, unless what is before it is long enough for a phone number. */
const isMoney = (before: Token | undefined, { text, lineBefore }: Token): boolean =>
  text === 'тг' && !lineBefore && before?.type === 'number' && before.spaceBefore && before.text.length < 7

/** Adds the words that one was written together of, as tokens of their own. */
function pushParts(tokens: Token[], { start, spaceBefore, lineBefore }: Token, parts: readonly string[]): void {
  let from = start
  for (const part of parts) {
    const first = from === start
    tokens.push(tokenOf('word', factsOf(part), from, from + part.length, first && spaceBefore, first && lineBefore))
    from += part.length
  }
}
