import { domainAt, dotAt } from './domain.ts'
import { isSpokenEnding } from './domain-endings.ts'
import { localStart } from './email-local.ts'
import { afterOwnMail, beforeProvider, cuedAt, isProvider, nearMail } from './email-near.ts'
import { hintFor } from './hints.ts'
import { around, has, type Match, maxMatches, type Reading, textOf } from './reading.ts'
import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'

/** How an "@" is written. */
interface At {
  /** First token after it. */
  next: number
  /** sign: "@"; bracketed: "(at)"; word: "собака"; plain: the English word "at", which mostly is one. */
  how: 'sign' | 'bracketed' | 'word' | 'plain'
}

const closingOf = new Map(
  Object.entries({
    '(': ')',
    '[': ']',
    '{': '}',
    '<': '>',
    '«': '»',
    '“': '”',
    '„': '“',
    ...Object.fromEntries([...'*_|~-"\'/\\—=:+^#.'].map((sign) => [sign, sign])),
  }),
)
const inBrackets = /^(?:at|эт|ат|et|a|а|sobaka|dog|gav|сбк|собк|сбч|соб|пес|песик|sbk|sob)$/

const signs = new Set(closingOf.keys())
/** What may be an "@" or begin one, by itself or within signs. */
const mayBeAt = hintFor(/^(?:@|at|эт|ат|[аa]|commercial|коммерческ[а-я]{2})$/)
const mayOpen = hintFor(signs)
const mayBeWithin = hintFor((word) => word === '@' || inBrackets.test(word))

/** Whether an "@" may begin at token `i`; so it does at hardly any. */
function mayBeAtAt(tokens: readonly Token[], i: number): boolean {
  const { hints = 0, classes = 0 } = tokens[i] ?? {}
  if (hints & mayBeAt || classes & Is.at) return true
  const within = hints & mayOpen ? tokens[i + 1] : undefined
  return within !== undefined && (within.hints & mayBeWithin || within.classes & Is.at) !== 0
}

function atAt(tokens: readonly Token[], i: number): At | null {
  const token = tokens[i]
  if (!token) return null
  if (token.text === '@') return { next: i + 1, how: 'sign' }
  if (token.type === 'word') {
    if (token.classes & Is.at) return { next: i + 1, how: 'word' }
    const named = namedAt(tokens, i)
    if (named > 0) return { next: named, how: 'word' }
    const stands = token.spaceBefore && tokens[i + 1]?.spaceBefore
    return stands && /^(?:at|эт|ат)$/.test(token.text) ? { next: i + 1, how: 'plain' } : null
  }
  const [word, closing] = [tokens[i + 1], tokens[i + 2]]
  // "*a* at *t*" is no "*at*".
  const said = ((word?.classes ?? 0) & Is.at) !== 0
  if (!said && /^[*_~|.:=+^#'-]$/.test(token.text) && (word?.spaceBefore || closing?.spaceBefore)) return null
  if (!word || !closing || closing.text !== closingOf.get(token.text)) return null
  // "(a)" may be an "@" in a circle; "-a-" is nothing.
  if (word.text.length === 1 && word.text !== '@' && !/^[([]$/.test(token.text)) return null
  return word.text === '@' || word.classes & Is.at || inBrackets.test(word.text)
    ? { next: i + 3, how: 'bracketed' }
    : null
}

/** After "commercial-at", "коммерческое эт", "а в кружочке" that begin at token `i`; 0 where none do. */
function namedAt(tokens: readonly Token[], i: number): number {
  const word = tokens[i]?.text ?? ''
  if (/^(?:commercial|коммерческ[а-я]{2})$/.test(word)) {
    const at = tokens[i + 1]?.text === '-' ? i + 2 : i + 1
    return /^(?:at|эт|ат)$/.test(tokens[at]?.text ?? '') ? at + 1 : 0
  }
  const circled = /^[аa]$/.test(word) && /^(?:в|in)$/.test(tokens[i + 1]?.text ?? '')
  if (!circled) return 0
  const round = tokens[i + 2]?.text === 'a' ? i + 3 : i + 2
  return /^(?:круж(?:оч)?ке|круге|колечке|circle)$/.test(tokens[round]?.text ?? '') ? round + 1 : 0
}

/** E-mail addresses, plain or written around the "@" and the dots. */
export function findEmails(reading: Reading): Match[] {
  const { tokens } = reading
  const matches: Match[] = []
  for (let i = 0; i < tokens.length && matches.length < maxMatches; i++) {
    const token = tokens[i]
    if (!token) break
    const mayBeNear = token.classes & (Is.mailCue | Is.mailProvider) || token.hints & isProvider
    const at = mayBeAtAt(tokens, i) ? atAt(tokens, i) : null
    if (!at && !mayBeNear) continue
    const found = at
      ? addressAround(reading, i, at)
      : (withoutAt(reading, i) ??
        cuedAt(reading, i) ??
        afterOwnMail(reading, i) ??
        nearMail(reading, i) ??
        beforeProvider(reading, i))
    if (!found) continue
    matches.push(found)
    while (i + 1 < tokens.length && (tokens[i + 1]?.start ?? 0) < found.to) i++
  }
  return matches
}

/** What a dot is called in an address alone. */
const otherDot = /^(?:point|period|пойнт|поинт|запятая|punto)$/
const strongProvider =
  /^(?:gmail|гмейл|гмэйл|гмаил|гмайл|джимейл|джимэйл|джимаил|жмейл|hotmail|outlook|icloud|yahoo|protonmail|googlemail)$/

function addressAround(reading: Reading, i: number, at: At): Match | null {
  const { tokens } = reading
  const local = localStart(tokens, i)
  const next = tokens[at.next]
  if (!next || next.type === 'symbol') return null
  const domain = domainAt(tokens, at.next)
  const start = tokens[local]?.start ?? 0
  const first = tokens[local]
  const sure = at.how !== 'plain' || (first && (/[\d._]/.test(textOf(tokens, local, i)) || hasMailCue(reading, i)))
  // "иван точка петров собака": nobody speaks so of a dog, wherever it lives.
  if (at.how === 'word' && local < i - 1 && has(tokens, local, i, Is.dot))
    return match(start, domain ? tokens[domain.to - 1] : next, at)
  if (domain && local < i) {
    // "look at mail.ru" is a link; "ivan at mail dot ru" is said by nobody who looks.
    if (sure || domain.how !== 'point') return match(start, tokens[domain.to - 1], at)
    return null
  }
  const provider = (next.classes & Is.mailProvider) !== 0
  const after = tokens[at.next + 1]
  const ends =
    after && (isSpokenEnding(after.text) || dotAt(tokens, at.next + 1) || otherDot.test(after.text))
      ? tokens[at.next + (isSpokenEnding(after.text) ? 1 : 2)]
      : null
  if (provider && (at.how === 'word' || at.how === 'bracketed'))
    return match(start, ends && isSpokenEnding(ends.text) ? ends : next, at)
  if ((provider || at.how === 'word' || at.how === 'bracketed') && ends && isSpokenEnding(ends.text) && local < i)
    return match(start, ends, at)
  if (at.how === 'plain') {
    const close = !after || after.type === 'symbol'
    return strongProvider.test(next.text) && local < i && (sure || (close && hasMailCue(reading, i)))
      ? match(start, next, at)
      : null
  }
  const loose = /^[a-z0-9]/.test(next.text) && after && isSpokenEnding(after.text)
  if (loose && local < i) return match(start, after, at)
  if (
    at.how === 'bracketed' &&
    /^[([{<]$/.test(tokens[i]?.text ?? '') &&
    local < i &&
    /^[a-z0-9]+$/.test(next.text) &&
    /[a-z]/.test(tokens[i - 1]?.text ?? '')
  ) {
    return /^(?:at|эт|ат|@|собака)$/.test(tokens[i + 1]?.text ?? '') ? match(start, next, at) : null
  }
  return null
}

const match = (from: number, last: Token | null | undefined, { how }: At): Match => ({
  kind: 'EMAIL',
  rule: how === 'sign' ? 'email.address' : 'email.spoken',
  from,
  to: last?.end ?? from + 1,
})

function hasMailCue({ tokens }: Reading, i: number): boolean {
  const { from, to } = around(tokens, i, 'sentence')
  return (
    has(tokens, Math.max(from, i - 8), i, Is.mailCue | Is.getInTouch) || has(tokens, i, Math.min(to, i + 8), Is.mailCue)
  )
}

/** "почта ivanov гмейл ком", "gmail com": a provider and an ending with nothing between. */
function withoutAt(reading: Reading, i: number): Match | null {
  const { tokens } = reading
  const [token, next] = [tokens[i], tokens[i + 1]]
  if (
    !token ||
    !(token.classes & Is.mailProvider) ||
    /^(?:list|лист|live|box|ya|inbox|инбокс)$/.test(token.text) ||
    next?.type !== 'word' ||
    next.lineBefore
  )
    return null
  if (!/^(?:ru|ру|com|ком|by|бай|kz|кз|ua|уа)$/.test(next.text)) return null
  if (/^(?:group|групп.*|компани.*|company|cloud|games)$/.test(tokens[i + 2]?.text ?? '')) return null
  if (has(tokens, i - 2, i, Is.topic)) return null
  const local = tokens[i - 1]
  const from =
    local && !local.lineBefore && local.type !== 'symbol' && /[a-z0-9]/.test(local.text) ? localStart(tokens, i) : i
  return { kind: 'EMAIL', rule: 'email.spoken', from: tokens[from]?.start ?? token.start, to: next.end }
}
