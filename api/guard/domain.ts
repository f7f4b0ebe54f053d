import {
  type EndingTrust,
  isContactHost,
  isSaidEnding,
  isSpokenEnding,
  soundsLikeContactHost,
  trustOf,
} from './domain-endings.ts'
import { hintFor } from './hints.ts'
import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'

/** A dot between two labels, however it is written. */
export interface Dot {
  /** Index of the first token after it. */
  next: number
  how: 'point' | 'spaced' | 'bracketed' | 'spoken'
}

const drawnDot = /^[•●∙·⋅․‧・꞉▪◦∘]$/
const opening = /^[([{<*|/\\_~"'«“„—:=-]$/
/** What a dot may begin with, besides the words for it. */
const mayBeDot = hintFor((sign) => sign === '.' || drawnDot.test(sign) || opening.test(sign) || /^[»”",)]$/.test(sign))
const isPoint = (token: Token | undefined): boolean => token?.text === '.'

const isSpoken = (token: Token | undefined): boolean => ((token?.classes ?? 0) & Is.dot) !== 0

/** The dot that begins at token `i`: ".", "(.)", "точка", "[dot]"; null where there is none. */
export function dotAt(tokens: readonly Token[], i: number): Dot | null {
  const token = tokens[i]
  if (!token) return null
  if (isPoint(token)) {
    const after = tokens[i + 1]
    return { next: i + 1, how: token.spaceBefore || after?.spaceBefore ? 'spaced' : 'point' }
  }
  // "taplink•cc": a dot that isn't one.
  if (drawnDot.test(token.text)) {
    const loose = token.spaceBefore || (tokens[i + 1]?.spaceBefore ?? true)
    // "sin·cos" is a product.
    return { next: i + 1, how: loose ? 'spaced' : /^[·⋅]$/.test(token.text) ? 'point' : 'bracketed' }
  }
  if (isSpoken(tokens[i])) return { next: tokens[i + 1]?.text === '-' ? i + 2 : i + 1, how: 'spoken' }
  const said = setApart(tokens, i)
  if (said) return said
  if (token.type === 'symbol' && opening.test(token.text) && (isPoint(tokens[i + 1]) || isSpoken(tokens[i + 1]))) {
    const closing = tokens[i + 2]
    if (closing?.type === 'symbol' && !isPoint(closing)) return { next: i + 3, how: 'bracketed' }
  }
  return null
}

/** "«cutt», точка, «ly»": a dot said between quoted parts. */
function setApart(tokens: readonly Token[], i: number): Dot | null {
  let at = i
  while (at - i < 2 && /^[»”",)]$/.test(tokens[at]?.text ?? '')) at++
  if (at === i || !isSpoken(tokens[at])) return null
  let next = at + 1
  while (next - at < 4 && /^[«“",(]$/.test(tokens[next]?.text ?? '')) next++
  return next > at + 1 ? { next, how: 'bracketed' } : null
}

/** A domain as written: labels, dots, ending. */
export interface Domain {
  /** Tokens [from, to). */
  from: number
  to: number
  /** "example.com", with points for whatever the dots were. */
  host: string
  ending: string
  trust: EndingTrust | 'spoken'
  /** The least plain of its dots. */
  how: Dot['how']
}

/** Touching words, digits and hyphens from token `i` on. */
function labelAt(tokens: readonly Token[], i: number): { to: number; text: string } | null {
  let to = i
  let text = ''
  while (to < tokens.length && to - i < 12) {
    const token = tokens[to]
    if (!token || (to > i && token.spaceBefore)) break
    if (token.type === 'symbol' && (to === i || !/^[-_]$/.test(token.text))) break
    if (text !== '' && token.classes & Is.dot) break
    text += token.text
    to++
  }
  return to > i ? { to, text: text.replace(/-+$/, '') } : null
}

const plainness: Record<Dot['how'], number> = { point: 0, bracketed: 1, spoken: 2, spaced: 3 }

/** The longest domain that begins at token `i`; null where none does. */
export function domainAt(tokens: readonly Token[], i: number): Domain | null {
  const next = tokens[i + 1]
  if (!next || (next.spaceBefore && !(next.hints & mayBeDot) && !isSpoken(next))) return null
  const first = labelAt(tokens, i)
  if (!first) return null
  let host = first.text
  let at = first.to
  let how: Dot['how'] = 'point'
  let best: Domain | null = null
  for (let labels = 1; labels < 9; labels++) {
    const dot = dotAt(tokens, at)
    const label = dot && labelAt(tokens, dot.next)
    if (!dot || !label) break
    const spaced = dot.how === 'spaced'
    if (spaced && tokens[dot.next]?.lineBefore) break
    if (plainness[dot.how] > plainness[how]) how = dot.how
    host += `.${label.text}`
    at = label.to
    const trust = trustOf(label.text) ?? trustOf(label.text.replace('0', 'o'))
    if (dot.how === 'spoken' || dot.how === 'bracketed') {
      if (
        isSpokenEnding(label.text) ||
        soundsLikeContactHost(host) ||
        (isSaidEnding(label.text) &&
          ((/^[a-z0-9-]{4,}$/.test(first.text) && endsAt(tokens, at)) || saysSite(tokens, i))) ||
        (trust &&
          (dot.how === 'bracketed' || ((trust !== 'weak' || tokens[at]?.text === '/') && /^[a-z]/.test(label.text)))) ||
        (dot.how === 'bracketed' && /^[a-z-]{3,}\.[a-z]{2,6}$/.test(host))
      ) {
        best = { from: i, to: at, host, ending: label.text, trust: trust === 'plain' ? 'plain' : 'spoken', how }
      }
    } else if (
      (trust && !(spaced && !spacedEnding.test(label.text) && !standsApart(tokens, dot, host, trust))) ||
      isContactHost(host)
    ) {
      best = { from: i, to: at, host, ending: label.text, trust: trust ?? 'plain', how }
    } else if (spaced) break
    else if (best && dot.how === 'point') best = null
  }
  return best
}

/** Whether nothing, a sign or a spoken slash follows: "Python точка про …" goes on. */
const endsAt = (tokens: readonly Token[], at: number): boolean => {
  const next = tokens[at]
  return !next || next.lineBefore || next.type === 'symbol' || /^(?:сл[еэ]ш|палка|slash)$/.test(next.text)
}

/** "сайт курсач точка про". */
const saysSite = (tokens: readonly Token[], i: number): boolean =>
  tokens.slice(Math.max(0, i - 2), i).some(({ classes }) => classes & Is.site)

/** "studgenius . online": nobody puts a space before a full stop. */
const standsApart = (tokens: readonly Token[], { next }: Dot, host: string, trust: EndingTrust): boolean =>
  trust === 'plain' &&
  (tokens[next]?.spaceBefore ?? false) &&
  (tokens[next - 1]?.spaceBefore ?? false) &&
  /^[a-z0-9-]{5,}\.[a-z]{3,}$/.test(host)

/** After "site. " only what can't begin a sentence counts. */
const spacedEnding = /^(?:ru|рф|com|org|su|kz|ua|ру)$/
