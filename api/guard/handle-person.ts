import { around, has, type Match, negated, type Reading } from './reading.ts'
import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'

const led =
  /^(?:[:(–,→»-]|я|под|именем|как|имя|там|меня|зовут|это|по|ищи|ищите|найди|найдите|мой|профиль|аккаунт|страница|as|name|is|im|me|search|look|for|up|find)$/

/** "вк Анна Петрова", "facebook: John Smith": somebody's full name after a network, which is where one looks for it. */
export function namedPerson(reading: Reading, i: number): Match | null {
  const { tokens } = reading
  const { from, to } = around(tokens, i, 'sentence')
  const clause = around(tokens, i, 'clause')
  let at = i + 1
  while (at < to && at - i < 5 && led.test(tokens[at]?.text ?? '')) at++
  const [first, last, next] = [tokens[at], tokens[at + 1], tokens[at + 2]]
  if (!first || !last || at + 1 >= to || !isName(reading, first) || !isName(reading, last)) return null
  const described = at + 2 < to && describes(tokens, at + 2, to)
  const ends =
    described ||
    !next ||
    at + 2 >= to ||
    next.type === 'symbol' ||
    (next.classes & (Is.light | Is.preposition)) !== 0 ||
    isName(reading, next)
  const personal = has(tokens, from, i + 1, Is.me | Is.getInTouch) || has(tokens, i + 1, at, Is.me | Is.getInTouch)
  if (!ends || (!personal && !described && clause.to - clause.from > 6)) return null
  const other = Is.topic | Is.code | Is.negation
  if (has(tokens, from, at, other) || has(tokens, at + 2, to, other) || negated(tokens, from, to)) return null
  return { kind: 'HANDLE', rule: 'handle.messenger', from: tokens[i]?.start ?? 0, to: last.end }
}

/** "(красная аватарка)", "из Твери", "16 лет": how the page is told from others of that name. */
const describes = (tokens: readonly Token[], from: number, to: number): boolean =>
  /^(?:из|from)$/.test(tokens[from]?.text ?? '') ||
  tokens
    .slice(from, Math.min(to, from + 12))
    .some(({ text }) =>
      /^(?:ав(?:а|е|ы|атарк[а-я]|атар[а-я]?)|фот(?:о|к[а-я]|ографи[а-я])|обложк[а-я]|avatar|photo|picture|лет|год)$/.test(
        text,
      ),
    )

/** A capital and then small letters, and no word that the rules know. */
function isName({ folded }: Reading, token: Token): boolean {
  if (token.type !== 'word' || token.lineBefore || token.classes & ~(Is.phoneCue | Is.topic)) return false
  const { start, end } = folded.span(token.start, token.end)
  return /^\p{Lu}\p{Ll}{2,}$/u.test(folded.source.slice(start, end).replace(/\p{Cf}/gu, ''))
}
