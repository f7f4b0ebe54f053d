import { hintFor } from './hints.ts'
import { type Phrase, phrasesAround } from './phrases.ts'
import { around, has, isQuoted, type Match, maxMatches, negated, type Reading } from './reading.ts'
import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'

/** Words to each side of an anchor that a phrase is looked for in. */
const reach = 14
/** In how many tokens a phrase is looked for once. */
const near = 5

const isNoSign = ({ type }: Token): boolean => type !== 'symbol'
const textOfWord = ({ text }: Token): string => text

const isAnchor = hintFor((word) => phrasesAround(word).length > 0)

/** What is proposed in set phrases: to exchange numbers, to call, to write by mail, to deal or pay without the marketplace. */
export function findOffPlatform({ tokens, hints }: Reading): Match[] {
  const matches: Match[] = []
  if (!(hints & isAnchor)) return matches
  const seen = new Map<Phrase, number>()
  for (let i = 0; i < tokens.length && matches.length < maxMatches; i++) {
    const token = tokens[i]
    if (token?.type !== 'word' || !(token.hints & isAnchor)) continue
    // Anchors close together see the same words.
    const place = Math.floor(i / near)
    const unseen = phrasesAround(token.text).filter((one) => seen.get(one) !== place)
    if (unseen.length === 0) continue
    const { from, to } = around(tokens, i, 'sentence')
    const words = tokens.slice(Math.max(from, i - reach), Math.min(to, i + reach)).filter(isNoSign)
    const sentence = words.map(textOfWord).join(' ')
    for (const one of unseen) {
      seen.set(one, place)
      const { rule, kind = 'INVITATION', phrase, unless } = one
      const said = phrase.exec(sentence)
      if (!said || unless.test(sentence) || isQuoted(tokens, i) || words.some(isGrammar)) continue
      const [first, last] = wordsOf(words, said.index, said[0])
      if (!first || !last || isDenied(tokens, from, first, last)) continue
      matches.push({ kind, rule, from: first.start, to: last.end })
    }
  }
  return matches
}

const grammar =
  /^(?:диалог.*|фраз[аыу]|косвенн.*|пассив.*|грамматик.*|подлежащ.*|сказуем.*|глагол.*|наклонени[а-я]+|падеж[а-я]*|синтаксич[а-я]+|побудительн[а-я]+|идиом[а-я]+|песн[еяю]|синоним.*|отличается|отличаются|артикл[а-я]+|passive|translate|translation|phrase|phrasal|verbs?|synonym|vs|versus|sentences?|indirect|dialogue|tense)$/

/** Whether a word belongs to a lesson on a language: what is said there is said to nobody. */
const isGrammar = ({ text }: Token): boolean => grammar.test(text)

/** The first and last word of a phrase found at `index` of the joined words. */
function wordsOf(words: readonly Token[], index: number, phrase: string): [Token | undefined, Token | undefined] {
  const begin = index + (phrase.length - phrase.trimStart().length)
  const end = index + phrase.trimEnd().length
  let at = 0
  let first: Token | undefined
  let last: Token | undefined
  for (const word of words) {
    if (at + word.text.length > begin && !first) first = word
    if (at < end) last = word
    at += word.text.length + 1
  }
  return [first, last]
}

/** Where a reason begins that says nothing about the proposal: "скину номер фоткой а то тут не пропускает". */
function reasonAfter(tokens: readonly Token[], from: number, to: number): number {
  for (let i = from; i < to; i++) if (/^(?:а|там|тут|здесь|потому|чтобы?|так)$/.test(tokens[i]?.text ?? '')) return i
  return to
}

/** Whether the sentence says no around the phrase, or says that somebody else said it. */
function isDenied(tokens: readonly Token[], from: number, first: Token, last: Token): boolean {
  const begin = tokens.indexOf(first, from)
  const end = tokens.indexOf(last, begin)
  const clause = around(tokens, begin, 'clause')
  return (
    negated(tokens, clause.from, begin) ||
    negated(tokens, end + 1, reasonAfter(tokens, end + 1, around(tokens, end, 'clause').to)) ||
    has(tokens, clause.from, begin, Is.reported)
  )
}
