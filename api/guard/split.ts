import { canBeDigit } from './atoms.ts'
import { fold } from './fold.ts'
import { type Match, type Reading, read } from './reading.ts'
import { remembered } from './remembered.ts'
import { findSplitDigits, mayHavePart } from './split-digits.ts'
import { findMailboxAfterSign, findNameAfterTalk } from './split-name.ts'
import { findBareRow, isCounted } from './split-series.ts'
import { Is } from './word-classes.ts'

/** How much is looked at to each side: enough for a number sent digit by digit, in a bounded number of characters. */
const maxTexts = 14
const maxLength = 600
/** Words only go together with the few short messages next to them: "напиши мне", "в телегу". */
const maxSentences = 3
const maxSentenceLength = 60

/** Over how many messages digits with words between are added up. */
const maxDealt = 4

/** Rules that read numbers, and those that read words. */
export interface SplitRules {
  numbers: (reading: Reading) => Match[]
  words: (reading: Reading) => Match[]
}

/** What the same author says right before and right after a text, each oldest first. */
export interface Said {
  recentTexts: readonly string[]
  laterTexts: readonly string[]
}

/** Finds what only shows when a text is read together with those around it, by the same author. */
export function findSplit(own: Reading, { recentTexts, laterTexts }: Said, rules: SplitRules): Match[] {
  const text = own.folded.source
  if (text === '') return []
  const before = recentTexts.toReversed()
  if (isCounted(text, before)) return []
  const linesBefore = linesOf(before)
  // A text without a number may still stand in the middle of one.
  const numbers = numbersIn(own) ?? (laterTexts.length > 0 ? all : null)
  const matches = numbers
    ? spanning(
        linesInReach(linesBefore, numbers.before, 'after')
          .map((line) => `${line}\n`)
          .toReversed(),
        text,
        linesInReach(linesOf(laterTexts), numbers.after, 'before').map((line) => `\n${line}`),
        rules.numbers,
      )
    : []
  if (text.length > maxLength) return matches
  matches.push(
    ...findMailboxAfterSign(text, before),
    ...dealtOut(own, linesBefore),
    ...findBareRow(text, linesBefore),
    ...findNameAfterTalk(own, before.slice(0, 2 * maxSentences)),
  )
  const saidBefore = sentenceOf(before, text, 'before')
  const saidAfter = sentenceOf(laterTexts, text, 'after')
  matches.push(
    ...spanning(
      saidBefore.toReversed().map((part) => `${part} `),
      text,
      saidAfter.map((part) => ` ${part}`),
      rules.words,
    ),
  )
  const nearest = saidBefore[0]
  // "t.me", "/kamshat": an address may be cut anywhere.
  if (nearest !== undefined && (/^\P{L}{0,3}[/.]/u.test(fold(text).text) || /[a-z][./]$/.test(fold(nearest).text))) {
    const earlier = saidBefore.slice(1).toReversed()
    matches.push(...spanning([...earlier.map((part) => `${part} `), nearest], text, [], rules.words))
  }
  return matches
}

/** The nearest texts, as many as are looked at; nearest first. */
function linesOf(nearestFirst: readonly string[]): string[] {
  const lines: string[] = []
  let length = 0
  for (const line of nearestFirst.slice(0, maxTexts)) {
    length += line.length + 1
    if (length > maxLength) break
    lines.push(line)
  }
  return lines
}

/** "t." ends nothing. */
const ended = /(?:[^\s.]{3}[.…)]|[!?])\s*$/

/** The nearest texts that may be parts of one sentence with a text; nearest first. */
function sentenceOf(nearestFirst: readonly string[], text: string, side: 'before' | 'after'): string[] {
  const parts: string[] = []
  for (const part of nearestFirst.slice(0, maxSentences)) {
    const earlier = side === 'before' ? part : (parts.at(-1) ?? text)
    if (part.length > maxSentenceLength || ended.test(earlier)) break
    parts.push(part)
  }
  return parts
}

/** Shorter texts may be pieces of a word or a number, which say nothing by themselves. */
const minWhole = 30

/** How far from the ends of a text its first and its last number stand, in characters. */
interface Numbers {
  before: number
  after: number
}

const all: Numbers = { before: 0, after: 0 }

/** Null: there is none, in whatever form. */
function numbersIn({ folded, tokens, atoms }: Reading): Numbers | null {
  const { length } = folded.text
  if (length <= minWhole) return all
  let first = atoms[0]?.start ?? length
  let last = atoms.at(-1)?.end ?? 0
  for (const token of tokens) {
    if (token.type !== 'number' && !(token.classes & Is.numberWord) && !canBeDigit(folded, token)) continue
    first = Math.min(first, token.start)
    last = Math.max(last, token.end)
  }
  return last > 0 ? { before: first, after: length - last } : null
}

/** What is said before was judged a moment ago, and is looked at again with each message that follows. */
const numbersInText = remembered((text) => numbersIn(read(text)), 1000, maxLength)

/** So many characters without a number end one, over messages too. */
const maxGap = 25

/**
 * The nearest lines that may have a part of a number of which another part is in the text, and one more, which may say what it is.
 * Most messages with numbers in them stand far from other numbers, and reading them again with all that was said before is the dearest
 * part of looking at them.
 *
 * @param gap between the text's nearest number and its end on that side  @param near the end of the lines on the text's side
 */
function linesInReach(nearestFirst: readonly string[], gap: number, near: keyof Numbers): string[] {
  const far = near === 'after' ? 'before' : 'after'
  let reached = 0
  for (const [i, line] of nearestFirst.entries()) {
    const numbers = numbersInText(line)
    if (!numbers || gap + numbers[near] > maxGap) continue
    reached = i + 2
    gap = numbers[far]
  }
  return nearestFirst.slice(0, reached)
}

/** What is partly in the text and partly beyond one of its ends: its part in the text. */
function spanning(
  before: readonly string[],
  text: string,
  after: readonly string[],
  find: (reading: Reading) => Match[],
): Match[] {
  if (before.length + after.length === 0) return []
  const lead = before.join('')
  const reading = read(lead + text + after.join(''))
  return find(reading).flatMap((match) => {
    const { start, end } = reading.folded.span(match.from, match.to)
    const [from, to] = [start - lead.length, end - lead.length]
    if (to <= 0 || from >= text.length || (from >= -1 && to <= text.length + 1)) return []
    return [{ kind: match.kind, rule: 'split', from: Math.max(0, from), to: Math.min(text.length, to) }]
  })
}

/** Digits of the nearest texts and this one, with words between. */
function dealtOut(reading: Reading, nearestFirst: readonly string[]): Match[] {
  if (!mayHavePart(reading)) return []
  return findSplitDigits(reading, nearestFirst.slice(0, maxDealt).reverse().map(read)).map((match) => {
    const { start, end } = reading.folded.span(match.from, match.to)
    return { ...match, from: start, to: end }
  })
}
