import { markDescribed } from './described.ts'
import { cuesOf } from './evidence.ts'
import type { Folded } from './fold.ts'
import { splitAddress } from './glued-address.ts'
import { splitNumbers } from './glued-numbers.ts'
import { typedFor } from './keyboard.ts'
import { classesOf, isKnown, meantBy } from './lexicon.ts'
import { readWord } from './look-alikes.ts'
import { remembered } from './remembered.ts'
import { joinLeet, joinParted, joinSyllables, withoutNames } from './token-joining.ts'
import { readTransliterated } from './transliterated.ts'
import { Is } from './word-classes.ts'

/** A word, a run of digits or a single other character; white space lies between tokens. */
export interface Token {
  type: 'word' | 'number' | 'symbol'
  /** Units of the folded text. */
  start: number
  end: number
  /** Words: in one alphabet, apostrophes left out, "!!!" of letters shortened. Otherwise as it stands. */
  text: string
  /** Bits of word-classes.ts. */
  classes: number
  /** Bits of evidence.ts. */
  cues: number
  spaceBefore: boolean
  lineBefore: boolean
}

const letter = /\p{L}/u
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39

function isLetter(text: string, at: number, code: number): boolean {
  if (code < 0x80) return code >= 0x61 && code <= 0x7a
  if (code >= 0x430 && code < 0x530) return true
  return code > 0xaa && letter.test(text.charAt(at))
}

/** Words that are looked for in both alphabets; "вот" is no "bot". */
const inEitherAlphabet =
  Is.messenger | Is.maybeMessenger | Is.mailProvider | Is.numberWord | Is.phoneCue | Is.getInTouch | Is.at

/** Splits a folded text, in one pass. */
export function tokenise({ text }: Folded): Token[] {
  const tokens: Token[] = []
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
    let type: Token['type'] = 'symbol'
    if (isDigit(code)) {
      type = 'number'
      while (at < text.length && isDigit(text.charCodeAt(at))) at++
    } else if (isLetter(text, start, code)) {
      type = 'word'
      while (at < text.length) {
        const next = text.charCodeAt(at)
        if (isLetter(text, at, next)) at++
        else if (next === 39 && at + 1 < text.length && isLetter(text, at + 1, text.charCodeAt(at + 1))) at += 2
        else break
      }
    } else if (code >= 0xd800 && code < 0xdc00 && at < text.length) {
      at++
    }
    const token = tokenOf(text, type, start, at, spaceBefore, lineBefore)
    const parts = type === 'word' && token.classes === 0 ? partsOf(text.slice(start, at), token) : null
    if (parts) {
      for (const part of apart(token, parts)) tokens.push(part)
    } else tokens.push(isMoney(tokens.at(-1), token) ? { ...token, classes: Is.unit } : token)
    spaceBefore = false
    lineBefore = false
  }
  withoutNames(text, tokens)
  const joined = joinParted(text, joinSyllables(joinLeet(joinSpelled(text, tokens))))
  readTransliterated(joined)
  markDescribed(joined)
  return joined
}

/** "1990 тг" is money, unless what is before it is long enough for a phone number. */
const isMoney = (before: Token | undefined, { text, lineBefore }: Token): boolean =>
  text === 'тг' && !lineBefore && before?.type === 'number' && before.spaceBefore && before.text.length < 7

/** The words that one is made of which was written together; null where it is one. */
function partsOf(raw: string, { text }: Token): readonly string[] | null {
  const numbers = raw.length < longestWord * 2 && text.length === raw.length ? splitNumbers(text) : null
  return numbers ?? splitAddress(raw)
}

/** The parts of a word as tokens of their own. */
function apart(token: Token, words: readonly string[]): Token[] {
  let start = token.start
  return words.map((text, i) => {
    const part = { ...token, text, classes: classesOf(text), cues: cuesOf(text), start, end: start + text.length }
    start = part.end
    return i === 0 ? part : { ...part, spaceBefore: false, lineBefore: false }
  })
}

const drawnPhone = /^[☎☏📞📱📲✆]$/u
/** The sign of a messenger. */
const drawnPlane = /^[✈🛩]$/u

function tokenOf(
  text: string,
  type: Token['type'],
  start: number,
  end: number,
  spaceBefore: boolean,
  lineBefore: boolean,
): Token {
  const raw = text.slice(start, end)
  if (type !== 'word')
    return {
      type,
      start,
      end,
      text: raw,
      classes: drawnPhone.test(raw) ? Is.phoneCue : drawnPlane.test(raw) ? Is.maybeMessenger : 0,
      cues: 0,
      spaceBefore,
      lineBefore,
    }
  const word = raw.length > longestWord ? unknown(raw) : wordOf(raw)
  return { type, start, end, text: word.text, classes: word.classes, cues: word.cues, spaceBefore, lineBefore }
}

/** No word of the lexicon is longer, nor are there many that are. */
const longestWord = 40

const unknown = (raw: string): Pick<Token, 'text' | 'classes' | 'cues'> => ({
  text: readWord(raw).key,
  classes: 0,
  cues: 0,
})

const known = (text: string): Pick<Token, 'text' | 'classes' | 'cues'> => ({
  text,
  classes: classesOf(text),
  cues: cuesOf(text),
})

/** A word as the rules read it, and what it can be. */
const wordOf = remembered((raw): Pick<Token, 'text' | 'classes' | 'cues'> => {
  const { key, other } = readWord(raw.replaceAll("'", '').replace(/([^w])\1{2,}/gu, '$1'))
  const classes = classesOf(key)
  // Written wholly in look-alikes of the other alphabet: only a known word of it counts as that.
  if (classes === 0 && other !== null && other.length > 2 && classesOf(other) & inEitherAlphabet) {
    return known(other)
  }
  const owner = classes === 0 && /^[a-z]+'s$/.test(raw) ? raw.slice(0, -2) : ''
  if (classesOf(owner) & (Is.messenger | Is.maybeMessenger)) return { text: owner, classes: Is.maybeMessenger, cues: 0 }
  const meant = classes === 0 && /^[а-я]/.test(key) ? meantBy(key) : null
  return known(meant ?? (classes === 0 ? typedFor(key) : null) ?? key)
}, 20_000)

const minSpelled = 4

/** "т е л е г а", "w-h-a-t-s-a-p-p": letters one by one, when together they make words of the lexicon. */
function joinSpelled(text: string, tokens: Token[]): Token[] {
  let singles = 0
  for (const token of tokens) {
    if (token.type === 'word' && token.end - token.start === 1) singles++
  }
  if (singles < minSpelled) return tokens
  const result: Token[] = []
  let i = 0
  while (i < tokens.length) {
    const run = spelledRun(text, tokens, i)
    const words = run.letters.length >= minSpelled ? segment(run.letters) : null
    const first = tokens[i]
    if (!words || !first) {
      for (const token of tokens.slice(i, Math.max(run.next, i + 1))) result.push(token)
    } else {
      let from = 0
      for (const word of words) {
        const start = run.tokens[from]?.start ?? first.start
        from += word.length
        const end = run.tokens[from - 1]?.end ?? start
        result.push({
          type: 'word',
          start,
          end,
          text: word,
          classes: classesOf(word),
          cues: cuesOf(word),
          spaceBefore: result.length === 0 || start !== first.start || first.spaceBefore,
          lineBefore: start === first.start && first.lineBefore,
        })
      }
    }
    i = Math.max(run.next, i + 1)
  }
  return result
}

/** Single letters from token `i` on with one and the same short separator between them. */
function spelledRun(text: string, tokens: Token[], i: number): { letters: string; tokens: Token[]; next: number } {
  const run: Token[] = []
  let letters = ''
  let separator: string | null = null
  let next = i
  while (next < tokens.length) {
    const token = tokens[next]
    if (token?.type !== 'word' || token.end - token.start !== 1) break
    run.push(token)
    letters += token.text
    const after: number = tokens[next + 1]?.type === 'symbol' ? next + 2 : next + 1
    next++
    const following = tokens[after]
    if (following?.type !== 'word') break
    const gap: string = text.slice(token.end, following.start)
    if (gap.length === 0 || gap.length > 3 || (separator !== null && gap.trim() !== separator)) break
    separator = gap.trim()
    if (following.end - following.start !== 1) break
    next = after
  }
  return { letters, tokens: run, next }
}

/** Longer runs of single letters are no words spelled out. */
const maxSpelled = 60

/** Splits letters into known words, long ones preferred; null where that doesn't come out even. */
function segment(letters: string): string[] | null {
  if (letters.length > maxSpelled) return null
  // From the end: how the letters from each place on can be split.
  const splits: (string[] | null)[] = Array(letters.length + 1).fill(null)
  splits[letters.length] = []
  for (let at = letters.length - 1; at >= 0; at--) {
    for (let length = Math.min(16, letters.length - at); length > 0 && !splits[at]; length--) {
      const rest = splits[at + length]
      const word = letters.slice(at, at + length)
      if (rest && (length > 1 ? isKnown(word) : 'вкисяоу'.includes(word))) splits[at] = [word, ...rest]
    }
  }
  const words = splits[0] ?? null
  return words?.some((word) => word.length > 2) ? words : null
}
