import { isSpokenEnding } from './domain-endings.ts'
import { localPart, localStart, namesWork } from './email-local.ts'
import { handleAt, isFileName } from './handle-name.ts'
import { hintFor } from './hints.ts'
import { around, has, type Match, type Reading, textOf } from './reading.ts'
import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'

const onProvider = new Set(
  'яндекс яндексе мейле мэйле маиле майле гмейле гмайле джимейле рамблере аутлуке gmail yandex mail hotmail outlook icloud инбоксе мейл гмейл гугловской яндексовской мейловской гугле'.split(
    ' ',
  ),
)

export const isProvider = hintFor(onProvider)

/** "мой gmail: ivan.petrov", "почта на гугле: ivanmath1990": a name after one's own mail. */
export function afterOwnMail({ tokens }: Reading, i: number): Match | null {
  const token = tokens[i]
  if (!token || !(token.classes & (Is.mailCue | Is.mailProvider)) || !has(tokens, i - 3, i, Is.me)) return null
  let at = i + 1
  while (
    at < tokens.length &&
    at - i < 5 &&
    /^(?::|-|это|is|на|гугле|яндексе|мейле|address|адрес|такая)$/.test(tokens[at]?.text ?? '')
  )
    at++
  let to = at
  while (
    to < tokens.length &&
    to - at < 10 &&
    (to === at || !tokens[to]?.spaceBefore) &&
    localPart.test(tokens[to]?.text ?? '')
  )
    to++
  const text = textOf(tokens, at, to)
  if (to === at || !/^[a-z][a-z0-9._-]{4,}$/.test(text) || !/[\d._]/.test(text.slice(0, -1))) return null
  return { kind: 'EMAIL', rule: 'email.spoken', from: token.start, to: tokens[to - 1]?.end ?? token.end }
}

/** "моя почта ivanov92 на яндексе", "email: ivanov92, gmail": a name and a provider where mail is spoken of. */
export function cuedAt(reading: Reading, i: number): Match | null {
  const { tokens } = reading
  const token = tokens[i]
  if (!token || !onProvider.has(token.text)) return null
  const glue = tokens[i - 1]
  const led = glue && (/^(?:на|on|in|at|в|,|\(|это|is|домен)$/.test(glue.text) ? i - 1 : i)
  if (led === undefined) return null
  const name = tokens[led - 1]
  if (!name || name.type === 'symbol') return null
  const from = localStart(tokens, led)
  const text = textOf(tokens, from, led)
  const told =
    has(tokens, from - 3, from, Is.mailCue) && (/[а-я]/.test(token.text) || has(tokens, from - 1, from, Is.mailCue))
  const mailed = has(tokens, i - 8, i - 1, Is.mailCue)
  const russian = (mailed ? /^[а-я]{3,}[._][а-я]+$/ : /^[а-я]{3,}\.[а-я]{3,}$/).test(text) && glue?.text === 'на'
  if (!russian && (!/[a-z]/.test(text) || !/^[a-z0-9._-]{4,}$/.test(text) || !(told || /[\d._]/.test(text))))
    return null
  if (!russian && !has(tokens, i - 8, i - 1, Is.mailCue | Is.nick) && !isLoneAddress(tokens, i, text)) return null
  return { kind: 'EMAIL', rule: 'email.spoken', from: tokens[from]?.start ?? name.start, to: token.end }
}

/** "ivan.petrov gmail", "ivan_petrov на яндексе": two names in one, and a provider that ends the sentence. */
function isLoneAddress(tokens: readonly Token[], i: number, local: string): boolean {
  const after = tokens[i + 1]
  const ends = !after || after.type === 'symbol' || isSpokenEnding(after.text)
  const { from, to } = around(tokens, i, 'sentence')
  const whole = tokens.length <= 6 && /^[a-z]{3,}\d{2,}$/.test(local)
  return (
    (whole || /^[a-z]+[._-]?[a-z]*[._][a-z0-9]+$/.test(local)) && ends && !has(tokens, from, to, Is.code | Is.topic)
  )
}

/** "почта гугловская, логин nastyushka.ege.100", "мыло: соня точка фёдорова": a name of two parts where mail is spoken of. */
export function nearMail(reading: Reading, i: number): Match | null {
  const { tokens } = reading
  const token = tokens[i]
  if (
    !token ||
    !(token.classes & (Is.mailCue | Is.mailProvider) || onProvider.has(token.text)) ||
    /^(?:адрес.*|address|list|лист|live|box|ящик)$/.test(token.text)
  )
    return null
  const { from, to } = around(tokens, i, 'sentence')
  if (has(tokens, from, to, Is.code | Is.data | Is.topic | Is.negation | Is.reported)) return null
  // "через яндекс", "в гугле": what people search and open files with, unless a mailbox is spoken of.
  const searched =
    /^(?:яндекс[а-я]{0,2}|yandex|гугл[а-я]{0,2})$/.test(token.text) &&
    /^(?:в|через|из)$/.test(tokens[i - 1]?.text ?? '')
  if (searched && !has(tokens, from, to, Is.mailCue | Is.me | Is.nick)) return null
  for (let at = i + 1; at < to && at - i < 9; at++) {
    const first = tokens[at]
    if (first?.type !== 'word' || !(first.spaceBefore || tokens[at - 1]?.type === 'symbol')) continue
    if (namesWork(tokens[at - 1])) continue
    const handle = handleAt(reading, at)
    const strong = handle?.strength === 'strong' && /^[a-z].*[._\d]/.test(handle.text) && !isFileName(handle.text)
    const spoken =
      (tokens[at + 1]?.classes ?? 0) & Is.dot && tokens[at + 2]?.type === 'word' && tokens[at + 2]?.lineBefore === false
    const told = /^[:—-]$/.test(tokens[at - 1]?.text ?? '') && /[а-я]/.test(token.text) && handle?.strength === 'plain'
    const hyphens = hyphenated(tokens, at)
    if (hyphens > 0 && /^[:—-]$/.test(tokens[at - 1]?.text ?? '') && onProvider.has(token.text))
      return { kind: 'EMAIL', rule: 'email.spoken', from: token.start, to: tokens[hyphens - 1]?.end ?? first.end }
    if (strong || (told && handle.text.length > 5))
      return { kind: 'EMAIL', rule: 'email.spoken', from: token.start, to: tokens[handle.to - 1]?.end ?? first.end }
    if (spoken) return { kind: 'EMAIL', rule: 'email.spoken', from: token.start, to: tokens[at + 2]?.end ?? first.end }
  }
  return null
}

/** "адрес простой: mkuz1999, почтовик яндекс": a name with digits or signs, a mailbox and a provider in one sentence, in any order. */
export function beforeProvider(reading: Reading, i: number): Match | null {
  const { tokens } = reading
  const token = tokens[i]
  if (!token || !(onProvider.has(token.text) || token.classes & Is.mailProvider) || token.text.length < 4) return null
  // Names of ordinary letters are words.
  if (!tokens.slice(Math.max(0, i - 8), i).some(({ type, text }) => type === 'number' || /^[._]$/.test(text)))
    return null
  const { from, to } = around(tokens, i, 'sentence')
  if (has(tokens, from, to, Is.code | Is.data | Is.topic | Is.negation | Is.reported)) return null
  if (!has(tokens, from, i, Is.mailCue) && !has(tokens, i + 1, to, Is.mailCue)) return null
  for (let at = Math.max(from, i - 8); at < i; at++) {
    const handle = handleAt(reading, at)
    if (!handle) continue
    const whole = at === 0 || tokens[at]?.spaceBefore || tokens[at - 1]?.type === 'symbol'
    if (
      whole &&
      handle.to <= i &&
      /^[a-z].*[._\d]/.test(handle.text) &&
      handle.strength === 'strong' &&
      !isFileName(handle.text)
    )
      return { kind: 'EMAIL', rule: 'email.spoken', from: tokens[at]?.start ?? token.start, to: token.end }
  }
  return null
}

/** After "tutor-vera-88" that begins at token `i`: Latin words and digits joined by hyphens; 0 where it is none. */
function hyphenated(tokens: readonly Token[], i: number): number {
  let to = i
  let hyphens = 0
  while (
    to < tokens.length &&
    to - i < 9 &&
    (to === i || !tokens[to]?.spaceBefore) &&
    /^(?:[a-z]+|\d+|-)$/.test(tokens[to]?.text ?? '')
  ) {
    if (tokens[to]?.text === '-') hyphens++
    to++
  }
  return hyphens > 0 && /^[a-z]/.test(tokens[i]?.text ?? '') ? to : 0
}
