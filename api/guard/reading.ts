import { type Atom, atomsOf } from './atoms.ts'
import type { Finding } from './finding.ts'
import { type Folded, fold } from './fold.ts'
import { formulaParts } from './formula.ts'
import { type Gap, gapsOf } from './gaps.ts'
import { hintFor } from './hints.ts'
import { type Token, tokenise } from './tokens.ts'
import { Is } from './word-classes.ts'

/** A text as all rules read it, prepared once. */
export interface Reading {
  folded: Folded
  tokens: readonly Token[]
  /** Numbers, in digits or words. */
  atoms: readonly Atom[]
  /** What follows each atom. */
  gaps: readonly Gap[]
  /** Atoms that are part of a date, a time or an IP address. */
  parts: ReadonlySet<number>
  /** What all words are, together: most rules see here, and by the hints, that there is nothing for them. */
  classes: number
  /** What all words let the rules expect (hints.ts). */
  hints: number
  /** How many digits are written, and how many all numbers have together, in whatever form. */
  digits: number
  atomDigits: number
  /** How many Latin letters stand by themselves. */
  singleLetters: number
  /** Length of the longest stretch without white space. */
  longestStretch: number
}

/** More findings than these say nothing more; each rule stops there. */
export const maxMatches = 50

/** A rule's finding, in units of the folded text. */
export interface Match {
  kind: Finding['kind']
  rule: string
  from: number
  to: number
}

/** Prepares a text for the rules. */
export function read(text: string): Reading {
  const folded = fold(text)
  const tokenised = tokenise(folded)
  const { tokens } = tokenised
  let classes = 0
  for (const token of tokens) classes |= token.classes
  const atoms = atomsOf(folded, tokens)
  let atomDigits = 0
  for (const { digits } of atoms) atomDigits += digits.length
  const gaps = gapsOf(folded.text, tokens, atoms)
  return { folded, ...tokenised, atoms, atomDigits, gaps, parts: formulaParts(folded.text, atoms), classes }
}

const sentenceEnds = new Set('.!?;…')

/** Whether the token ends a sentence; "main.py" and "3.5" go on. */
export const endsSentence = (tokens: readonly Token[], i: number): boolean => {
  const token = tokens[i]
  if (token?.type !== 'symbol' || !sentenceEnds.has(token.text)) return false
  const next = tokens[i + 1]
  return !next || next.spaceBefore || token.text !== '.'
}

const commaLike = new Set(',:()—-')

function endsClause(tokens: readonly Token[], i: number): boolean {
  const token = tokens[i]
  if (token?.type !== 'symbol' || !commaLike.has(token.text)) return false
  return token.text !== '-' || (token.spaceBefore && (tokens[i + 1]?.spaceBefore ?? true))
}

const mayEnd = hintFor(new Set([...sentenceEnds, ...commaLike]))

/** Longer sentences are looked at in part, so that their cost is bounded. */
const maxAround = 30

const ends = (tokens: readonly Token[], at: number, part: 'sentence' | 'clause'): boolean =>
  ((tokens[at]?.hints ?? 0) & mayEnd) !== 0 &&
  (endsSentence(tokens, at) || (part === 'clause' && endsClause(tokens, at)))

/** Tokens [from, to) around token `i`: its sentence, or its part of it between commas. At most 30 to each side. */
export function around(tokens: readonly Token[], i: number, part: 'sentence' | 'clause'): { from: number; to: number } {
  let from = i
  while (from > 0 && i - from < maxAround && !tokens[from]?.lineBefore && !ends(tokens, from - 1, part)) from--
  let to = i + 1
  while (to < tokens.length && to - i < maxAround && !tokens[to]?.lineBefore && !ends(tokens, to, part)) to++
  return { from, to }
}

/** Tokens [from, to) as the rules read them, in one alphabet. */
export function textOf(tokens: readonly Token[], from: number, to: number): string {
  let text = ''
  for (let i = from; i < to; i++) text += tokens[i]?.text ?? ''
  return text
}

/** Whether a word of one of these classes stands in [from, to). */
export function has(tokens: readonly Token[], from: number, to: number, classes: number): boolean {
  for (let i = Math.max(0, from); i < to && i < tokens.length; i++) {
    if ((tokens[i]?.classes ?? 0) & classes) return true
  }
  return false
}

const quotes = new Set('"«»“”„')

/** Whether a token is a quotation mark. */
export const isQuote = (token: Token | undefined): boolean => token?.type === 'symbol' && quotes.has(token.text)

/** Whether token `i` stands in quotation marks, with more than one word outside of them: mentioned, not said. */
export function isQuoted(tokens: readonly Token[], i: number): boolean {
  let open = i
  while (open >= 0 && i - open < 12 && !isQuote(tokens[open])) open--
  let close = i
  while (close < tokens.length && close - i < 12 && !isQuote(tokens[close])) close++
  if (!isQuote(tokens[open]) || !isQuote(tokens[close]) || close - open < 3) return false
  const outside = [...tokens.slice(Math.max(0, open - 4), open), ...tokens.slice(close + 1, close + 5)]
  return outside.filter(({ type }) => type === 'word').length > 1
}

const polite =
  /^(?:против|хочешь|хотите|хотел(?:и|а)?|хочется|могли|мог|могла|можем|сможете|сможешь|возражае(?:те|шь)|сложно|трудно|стесняй(?:ся|тесь)|жела(?:ете|ешь)|проще|лучше|mind|hesitate|забудь(?:те)?|терять|теряться|тянуть|удобнее|быстрее|worry|want|better)$/

/** Whether [from, to) says no, in earnest: "не против", "why not" and "don't hesitate" are a yes. */
export function negated(tokens: readonly Token[], from: number, to: number): boolean {
  for (let i = Math.max(0, from); i < to && i < tokens.length; i++) {
    if (!((tokens[i]?.classes ?? 0) & Is.negation)) continue
    const next = tokens[i + 1]?.text ?? ''
    const next2 = tokens[i + 2]?.text ?? ''
    const before = tokens[i - 1]?.text ?? ''
    if (/^(?:здесь|тут|сюда|here)$/.test(next)) continue
    if (polite.test(next) || (polite.test(next2) && /^(?:you|вы|ты|бы|ли)$/.test(next))) continue
    if (before === 'why' || before === 'бы' || before === 'if' || before === 'почему') continue
    return true
  }
  return false
}

const happened = /[а-я]{2,}(?:л|ла|ли|лся|лась|лись)$/

/** The same where what didn't happen, or shall not be noticed, says nothing: "не нашла", "чтоб не забанили". */
export function saysNo(tokens: readonly Token[], from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    if (!negated(tokens, i, i + 1)) continue
    const [before, next] = [tokens[i - 1]?.text ?? '', tokens[i + 1]?.text ?? '']
    const hidden = /^(?:чтобы?|сайт|модер[а-я]*)$/.test(before)
    if (!hidden && !happened.test(next)) return true
  }
  return false
}
