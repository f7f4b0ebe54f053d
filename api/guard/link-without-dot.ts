import { commonWords } from './common-words.ts'
import { around, has, type Match, type Reading, textOf } from './reading.ts'
import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'

/** Endings that are said or written after a space and mean nothing else there. */
const endings = new Set('ru ру com ком рф org net kz by ua uz su info online онлайн site'.split(' '))
/** Whether a word may end an address that has no dot. */
export const isLooseEnding = (word: string): boolean => endings.has(word)
/** Of those, the ones that are words too: only where the ending is named as one. */
const words = /^(?:by|net|org|info|online|онлайн|site|su)$/
const zone = /^(?:в|зон[аеы]|домен[аеу]?|пробел|zone|domain)$/
const schemes = /^(?:www|h[tx]{2}ps?)$/

/** An address whose dot was left out or swallowed: "сайт annamath ru", "annamath (зона ru)", "www annamath com", "annamathточкаru". */
export function withoutDot(reading: Reading, i: number): Match | null {
  const { tokens } = reading
  const token = tokens[i]
  if (token?.type !== 'word' || i === 0 || !isLooseEnding(token.text)) return null
  let last = i - 1
  while (
    last > 0 &&
    i - last < 4 &&
    (/^[,(«"—-]$/.test(tokens[last]?.text ?? '') || zone.test(tokens[last]?.text ?? ''))
  )
    last--
  const named = tokens.slice(last + 1, i).some(({ text }) => zone.test(text))
  if (!named && (last + 1 < i || words.test(token.text))) return null
  const label = labelBefore(tokens, last)
  if (!label || !isLabel(label.text) || token.lineBefore) return null
  const { from, to } = around(tokens, i, 'sentence')
  const other = Is.code | Is.topic | Is.reported
  if (has(tokens, from, label.from, other) || has(tokens, i + 1, to, other)) return null
  const before = tokens[label.from - 1]
  const said =
    has(tokens, Math.max(from, label.from - 5), label.from, Is.site) || has(tokens, i + 1, Math.min(to, i + 3), Is.site)
  const latin = /^[a-z0-9-]+$/.test(label.text)
  const mine = has(tokens, Math.max(from, label.from - 5), label.from, Is.me)
  if (schemes.test(before?.text ?? '') || (named && (said || latin)) || (said && (latin || mine)))
    return { kind: 'LINK', rule: 'link.spoken', from: tokens[label.from]?.start ?? token.start, to: token.end }
  return null
}

/** Touching words, digits and hyphens that end with token `last`. */
function labelBefore(tokens: readonly Token[], last: number): { from: number; text: string } | null {
  let from = last + 1
  while (from > 0 && last - from < 8) {
    const token = tokens[from - 1]
    if (!token || (token.type === 'symbol' && token.text !== '-')) break
    from--
    if (token.spaceBefore) break
  }
  return from <= last ? { from, text: textOf(tokens, from, last + 1) } : null
}

const isLabel = (text: string): boolean =>
  text.length > 3 && /[a-zа-я]{3}/.test(text) && !commonWords.has(text) && !/^(?:сайт|site|домен|domain)/.test(text)
