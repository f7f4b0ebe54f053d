import { around, has, type Match, type Reading } from './reading.ts'
import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'

/** "vk id 1234567", "viber 8916…": digits beside a messenger, unless they count something. */
export function numberAfter(
  { tokens }: Reading,
  i: number,
  at: number,
  sure: boolean,
  explicit: boolean,
): Match | null {
  const [messenger, number, next] = [tokens[i], tokens[at], tokens[at + 1]]
  const prefixed = number?.text === 'id' && next?.type === 'number' && !next.spaceBefore ? next : null
  let to = prefixed ? at + 2 : at
  let length = prefixed ? prefixed.text.length : 0
  // "icq: 4 4 2 0 1 7 8 5": digits one by one are one number too.
  while (!prefixed && tokens[to]?.type === 'number' && to - at < 12) length += tokens[to++]?.text.length ?? 0
  const digits = tokens[to - 1]
  if (!messenger || !digits || to === at || length < (prefixed || tokens[at - 1]?.text === 'id' ? 5 : 7)) return null
  const after = tokens[to]
  if ((after?.classes ?? 0) & (Is.unit | Is.topic) || /^[%.$€₽-]$/.test(after?.text ?? '')) return null
  if (after?.text === ',' && !tokens[to + 1]?.spaceBefore) return null
  return sure ||
    explicit ||
    (length >= 9 && /^(?:зум.{0,2}|zoom|anydesk|teamviewer|rustdesk|энидеск|тимвьювер)$/.test(messenger.text))
    ? matchOf(messenger, digits)
    : null
}

/** What pages of groups there begin with. */
export const groups = /^(?:club|public|event)$/

/** "id98765432": what a page of the largest network is called, unless it is a name in a program or numbers something else. */
export function pageId({ tokens }: Reading, i: number): Match | null {
  const [before, id, number, after] = [tokens[i - 1], tokens[i], tokens[i + 1], tokens[i + 2]]
  const group = id !== undefined && groups.test(id.text)
  if (!id || number?.type !== 'number' || number.text.length < (group ? 3 : 6)) return null
  if (group && (number.spaceBefore || !has(tokens, 0, i, Is.messenger))) return null
  if (/^[=_."'<[{]$/.test(before?.text ?? '') || /^[=_."'>\]}]$/.test(after?.text ?? '')) return null
  const { from, to } = around(tokens, i, 'sentence')
  if (number.spaceBefore && !has(tokens, from, i, Is.messenger | Is.maybeMessenger)) return null
  const other = Is.code | Is.data | Is.numbered
  if (has(tokens, from, i, other) || (!group && has(tokens, i + 1, to, other))) return null
  return { kind: 'HANDLE', rule: 'handle.nick', from: id.start, to: number.end }
}

/** What a messenger and a name beside it are found as. */
export const matchOf = (first: Token, last: Token | undefined): Match => ({
  kind: 'HANDLE',
  rule: 'handle.messenger',
  from: first.start,
  to: last?.end ?? first.end,
})
