import { endsSentence, isQuote } from './reading.ts'
import { remembered } from './remembered.ts'
import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'

/** A sentence, or a part of one that goes on for long: tokens [from, to). */
export interface Window {
  from: number
  to: number
}

const longest = 36
const step = 18

/** The sentences of a text; long ones in parts that overlap. No token is in more than two. */
export function windowsOf(tokens: readonly Token[]): Window[] {
  const windows: Window[] = []
  let from = 0
  for (let to = 1; to <= tokens.length; to++) {
    if (to < tokens.length && !tokens[to]?.lineBefore && !endsSentence(tokens, to - 1)) continue
    for (; to - from > longest; from += step) windows.push({ from, to: from + longest })
    windows.push({ from, to })
    from = to
  }
  return windows
}

const mentioned = 3

/** Words and numbers of a window, without those that are mentioned and not said: several in quotation marks, beside others. */
function saidIn(tokens: readonly Token[], { from, to }: Window): number[] {
  const said: number[] = []
  let open = -1
  let saidBefore = 0
  for (let i = from; i < to; i++) {
    const token = tokens[i]
    if (token?.type !== 'symbol') said.push(i)
    else if (isQuote(token)) {
      const quoted = said.length - saidBefore
      if (open >= 0 && quoted >= mentioned && (saidBefore > 1 || to - i > 2)) said.length = saidBefore
      open = open >= 0 ? -1 : i
      saidBefore = said.length
    }
  }
  return said
}

/** A number for a text, or for its first characters: 32 bits of FNV-1a. */
function hashOf(text: string, seed: number, length = text.length): number {
  let hash = seed ^ 0x811c9dc5
  const end = Math.min(length, text.length)
  for (let i = 0; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash
}

/** What a feature is known by: few enough bits to ship, enough for two to be hardly ever taken for each other. */
const keyBits = 24

function keyOf(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x7feb352d)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b)
  return (mixed ^ (mixed >>> 16)) >>> (32 - keyBits)
}

/** How two things stand to each other. */
const How = { next: 1, near: 2, first: 3, last: 4, together: 5 } as const

const pairOf = (one: number, other: number, how: number): number =>
  keyOf(Math.imul(one, 31) ^ Math.imul(other, 0x2c1b3c6d) ^ Math.imul(how, 0x9e3779b1))

const part = 4
const longestWord = 24

/** The keys of a word by itself: as it stands, how it begins and ends, its parts, so that forms and misspellings share some. */
export const keysOfWord = remembered((word): readonly number[] => {
  const text = word.slice(0, longestWord)
  const keys = [keyOf(hashOf(text, 1)), keyOf(hashOf(text.slice(0, 4), 2)), keyOf(hashOf(text.slice(0, 6), 3))]
  if (text.length > 4) keys.push(keyOf(hashOf(text.slice(-3), 4)))
  const marked = `^${text}$`
  for (let at = 0; at + part <= marked.length; at++) keys.push(keyOf(hashOf(marked.slice(at, at + part), 5)))
  return keys
}, 20_000)

const messengers = Is.messenger | Is.maybeMessenger

/** Whether a token is a word that speaks for itself: any spelling of a messenger is as good as another. */
const isOwnWord = ({ type, classes }: Token): boolean => type === 'word' && !(classes & messengers)

const stemLength = 5
const stemOf = (word: string): number => hashOf(word, 6, stemLength)
const classForms = [
  [Is.messenger, hashOf('messenger', 7)],
  [Is.maybeMessenger, hashOf('perhaps a messenger', 7)],
  [Is.bank, hashOf('bank', 7)],
  [Is.mailProvider, hashOf('mail provider', 7)],
] as const
const formed = messengers | Is.bank | Is.mailProvider
const numberForms = Array.from({ length: 8 }, (_, length) => hashOf(String(length), 8))

const nameForm = hashOf('name', 7)
const latinForm = hashOf('latin', 7)
/** Says something only by what it stands beside. */
const isUnknown = (form: number): boolean => form === nameForm || form === latinForm
const isLatin = (text: string): boolean => text.charCodeAt(0) < 0x7b
const isCyrillic = (text = ''): boolean => text.charCodeAt(0) >= 0x430 && text.charCodeAt(0) <= 0x44f

const joins = (other: Token | undefined): boolean => other?.text === '_' || other?.type === 'number'

/** Whether a word is a part of what looks like somebody's name in a network: "anna_math", "anna92". */
function isNamePart(tokens: readonly Token[], at: number): boolean {
  const [before, token, after] = [tokens[at - 1], tokens[at], tokens[at + 1]]
  return (joins(after) && !after?.spaceBefore) || (joins(before) && !token?.spaceBefore)
}

/** What a token is in a pair: its class where any word of it would do, else its stem. */
function formOf(tokens: readonly Token[], at: number, { type, text, classes, cues }: Token, russian: boolean): number {
  if (type === 'number') return numberForms[Math.min(7, text.length)] ?? 0
  if (classes & formed) for (const [ofClass, form] of classForms) if (classes & ofClass) return form
  if (isLatin(text)) {
    if (isNamePart(tokens, at)) return nameForm
    if (russian && classes === 0 && cues === 0) return latinForm
  }
  return stemOf(text)
}

const Mark = { question: 1, quote: 2, colon: 4, shortest: 8, short: 16, long: 32 } as const

function marksOf(tokens: readonly Token[], { from, to }: Window, words: number): number {
  let marks = words <= 3 ? Mark.shortest : words <= 6 ? Mark.short : words > 16 ? Mark.long : 0
  for (let i = from; i < to; i++) {
    const token = tokens[i]
    if (token?.type !== 'symbol') continue
    if (token.text === '?') marks |= Mark.question
    else if (token.text === ':') marks |= Mark.colon
    else if (isQuote(token)) marks |= Mark.quote
  }
  return marks
}

const reach = 4

/** Is told what a window has: words and features with the token at which they are, and what all of it is, two by two. */
export interface Listener {
  word(word: string, at: number): void
  feature(key: number, at: number): void
  /** Two of the traits that all of a window has, both below `traitCount`. */
  together(one: number, other: number): void
}

/** Traits are numbered from 1: classes of words, then cues, then marks. */
export const traitCount = 112

/** The key of two traits in one window. */
export const keyOfTraits = (one: number, other: number): number => pairOf(one, other, How.together)

/**
 * Tells the features of a window: its words, pairs of them up to four apart, the first and the last one, and what all of it is and
 * says (word-classes.ts, evidence.ts, question marks, quotation marks, length), two by two. Linear in its length.
 */
export function tellFeatures(tokens: readonly Token[], window: Window, listener: Listener): void {
  const said = saidIn(tokens, window)
  const forms: number[] = []
  let classes = 0
  let cues = 0
  const russian = said.some((at) => isCyrillic(tokens[at]?.text))
  for (const at of said) {
    const token = tokens[at]
    if (!token) continue
    classes |= token.classes
    cues |= token.cues
    if (isOwnWord(token)) listener.word(token.text, at)
    const form = formOf(tokens, at, token, russian)
    for (let back = 1; back <= reach && back <= forms.length; back++) {
      // A row of numbers says the same over and over.
      if (token.type === 'number' && tokens[said[forms.length - back] ?? -1]?.type === 'number') continue
      const other = forms[forms.length - back] ?? 0
      // Names beside names are a program.
      if (isUnknown(form) && isUnknown(other)) continue
      listener.feature(pairOf(other, form, back === 1 ? How.next : How.near), at)
    }
    forms.push(form)
  }
  const [first, last] = [said[0], said.at(-1)]
  if (first === undefined || last === undefined) return
  if (!isUnknown(forms[0] ?? 0)) listener.feature(pairOf(forms[0] ?? 0, 0, How.first), first)
  if (!isUnknown(forms.at(-1) ?? 0)) listener.feature(pairOf(forms.at(-1) ?? 0, 0, How.last), last)
  const all: number[] = []
  addBits(all, classes, 1)
  addBits(all, cues, 41)
  addBits(all, marksOf(tokens, window, said.length), 81)
  for (let i = 0; i < all.length; i++) {
    for (let k = i; k < all.length; k++) listener.together(all[i] ?? 0, all[k] ?? 0)
  }
}

function addBits(all: number[], bits: number, offset: number): void {
  for (let rest = bits; rest !== 0; rest &= rest - 1) all.push(offset + 31 - Math.clz32(rest & -rest))
}
