import { hintFor } from './hints.ts'
import { beginningsOf, classesOf, isKnown } from './lexicon.ts'
import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'
import { factsOf } from './word-facts.ts'

const subjects = Is.topic | Is.data | Is.numbered | Is.unit | Is.reported | Is.negation

/** "study_anna92", "news24": what words mean inside of a name says nothing about the sentence. */
export function withoutNames(text: string, tokens: readonly Token[]): void {
  for (const token of tokens) {
    if (!(token.classes & (subjects | Is.code)) || !/^[a-z]{3}/.test(token.text)) continue
    const sides = text.charAt(token.start - 1) + text.charAt(token.end)
    if (sides.includes('_')) token.classes &= ~(subjects | Is.code)
    else if (/\d/.test(sides) || /[a-z]\.$/.test(text.slice(token.start - 2, token.start))) token.classes &= ~subjects
  }
}

/** "сем сот", "пять десят". */
const numeralEnd = /^(?:сот|сти|ста|десят|дцать|надцать)$/
const beginnings = beginningsOf(Is.messenger)
const mayBePart = hintFor((word) => numeralEnd.test(word) || beginnings.has(word))

/** After "what app": the question, and not the messenger. */
const asks = /^(?:did|do|does|is|are|was|were|should|can|would)$/

/** "теле грам", "whats-app": two parts of a messenger's name that mean nothing apart. */
export function joinParted(text: string, tokens: Token[]): Token[] {
  if (!tokens.some(isPart)) return tokens
  const result: Token[] = []
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]
    if (!token) break
    const last = result.at(-1)
    const hyphen = last?.text === '-' && !last.spaceBefore && !token.spaceBefore
    const before = hyphen ? result.at(-2) : last
    const parted =
      before !== undefined &&
      (before.hints & mayBePart) !== 0 &&
      before.type === 'word' &&
      token.type === 'word' &&
      token.end - before.start < 14 &&
      token.text.length > 1 &&
      before.text.length > 1 &&
      before.text !== 'we' &&
      !(before.text === 'what' && asks.test(tokens[i + 1]?.text ?? '')) &&
      !token.lineBefore &&
      (hyphen || text.charAt(token.start - 1) === ' ') &&
      (before.classes === 0 || token.classes === 0) &&
      !((before.classes | token.classes) & Is.messenger)
    const numeral =
      (token.hints & mayBePart) !== 0 && before?.type === 'word' && numeralEnd.test(token.text) && !token.lineBefore
    const whole = parted || numeral ? before.text + token.text : ''
    if (before && whole !== '' && classesOf(whole) & (numeral ? Is.numberWord : Is.messenger)) {
      result.splice(hyphen ? -2 : -1, hyphen ? 2 : 1, {
        ...before,
        end: token.end,
        ...factsOf(whole),
      })
    } else result.push(token)
  }
  return result
}

const isPart = ({ hints }: Token): boolean => (hints & mayBePart) !== 0

const maxSyllable = 5
const maxSyllables = 7
const inSyllables = Is.messenger | Is.numberWord | Is.at | Is.dot | Is.mailProvider | Is.phoneCue

/** "во-се-мь", "те·ле·грам", "со/бака": a word of contacts cut up by one and the same sign. */
export const joinSyllables = (tokens: Token[]): Token[] => joinedBy(syllablesAt, tokens)

const lettersOfDigits: readonly Readonly<Record<string, string>>[] = [
  { 0: 'o', 1: 'l', 3: 'e', 4: 'a', 5: 's' },
  { 0: 'о', 1: 'і', 3: 'е', 4: 'ч', 6: 'б' },
]
const maxLeet = 12

/** "t3l3gram", "d0t", "с0бака": digits for letters in a word of contacts. */
export const joinLeet = (tokens: Token[]): Token[] => joinedBy(leetAt, tokens)

/** Some tokens as one, and the first token after them. */
interface Joined {
  token: Token
  next: number
}

/** The tokens with what `at` joins put together; the same array where that is nothing. */
function joinedBy(at: (tokens: readonly Token[], i: number) => Joined | null, tokens: Token[]): Token[] {
  let result: Token[] | null = null
  for (let i = 0; i < tokens.length; ) {
    const joined = at(tokens, i)
    if (joined && !result) result = tokens.slice(0, i)
    const token = joined?.token ?? tokens[i]
    if (result && token) result.push(token)
    i = joined?.next ?? i + 1
  }
  return result ?? tokens
}

function leetAt(tokens: readonly Token[], i: number): Joined | null {
  const first = tokens[i]
  if (first?.type !== 'word' || tokens[i + 1]?.type !== 'number' || tokens[i + 1]?.spaceBefore) return null
  if (i > 0 && !first.spaceBefore && tokens[i - 1]?.type !== 'symbol') return null
  let written = first.text
  let next = i + 1
  for (; next < tokens.length && written.length <= maxLeet; next++) {
    const token = tokens[next]
    if (!token || token.spaceBefore || token.type === 'symbol') break
    written += token.text
  }
  const last = tokens[next - 1]
  if (last?.type !== 'word' || written.length > maxLeet) return null
  for (const letters of lettersOfDigits) {
    const word = written.replace(/\d/g, (digit) => letters[digit] ?? digit)
    const classes = isKnown(word) ? classesOf(word) : 0
    if (classes & inSyllables && !(classes & Is.numberWord))
      return { token: { ...first, end: last.end, ...factsOf(word) }, next }
  }
  return null
}

function syllablesAt(tokens: readonly Token[], i: number): Joined | null {
  const first = tokens[i]
  const sign = tokens[i + 1]
  if (first?.type !== 'word' || first.text.length > maxSyllable || !sign) return null
  // Single letters are spelled out rather than cut up.
  if (first.text.length + (tokens[i + 2]?.text.length ?? 0) < 3 && sign.type !== 'word') return null
  if (sign.type === 'word') return spacedSyllables(tokens, i)
  if (!/^[-.·/*_|]$/.test(sign.text)) return null
  // "mail.ru" is no word cut up.
  if (sign.text === '.' && /^[a-z]/.test(first.text)) return null
  let whole = first.text
  let best: Joined | null = null
  for (let at = i + 1; at - i < 2 * maxSyllables; at += 2) {
    const [between, part] = [tokens[at], tokens[at + 1]]
    if (between?.text !== sign.text || between.spaceBefore || part?.type !== 'word' || part.spaceBefore) break
    if (part.text.length > maxSyllable) break
    whole += part.text
    const classes = whole.length > 3 && isKnown(whole) ? classesOf(whole) & inSyllables : 0
    if (classes)
      best = {
        token: { ...first, end: part.end, ...factsOf(whole) },
        next: at + 2,
      }
  }
  return best
}

const inPieces = Is.messenger | Is.numberWord
const beginsSpaced = hintFor(beginningsOf(inPieces))

/** "те ле га": three pieces or more with spaces between that mean nothing apart. */
function spacedSyllables(tokens: readonly Token[], i: number): Joined | null {
  const first = tokens[i]
  if (first?.classes !== 0 || first.text.length > 3 || !(first.hints & beginsSpaced)) return null
  let whole = first.text
  for (let at = i + 1; at - i < maxSyllables; at++) {
    const part = tokens[at]
    if (part?.type !== 'word' || part.lineBefore || part.text.length > 4) break
    whole += part.text
    const classes = at - i > 1 && isKnown(whole) ? classesOf(whole) : 0
    if (classes & inPieces) return { token: { ...first, end: part.end, ...factsOf(whole) }, next: at + 1 }
  }
  return null
}
