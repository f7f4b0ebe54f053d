import { handleAt, isFileName } from './handle-name.ts'
import { hintFor } from './hints.ts'
import { around, type Match, maxMatches, negated, type Reading } from './reading.ts'
import type { Token } from './tokens.ts'

const bots = new Set(['бот', 'бота', 'боте', 'боту', 'bot'])
const isBot = hintFor(bots)
const between = /^(?:[:«"(–-]|в|тг|телеге|телеграме|telegram|tg|называется|зовут|мой|наш|есть|это|is|called|my|our|on)$/
const lesson =
  /^(?:код[а-я]*|класс[а-я]*|функци[а-я]+|переменн[а-я]+|файл[а-я]*|модул[а-я]+|скрипт[а-я]*|папк[а-я]+|репозитори[а-я]+|библиотек[а-я]+|python|питон[а-я]*|code|class|file|module|script|function|variable|import|return)$/

/** Whether a program is spoken of: its names are nobody's. */
export const isLesson = (tokens: readonly Token[], from: number, to: number): boolean =>
  tokens.slice(from, to).some(({ text }) => lesson.test(text))

/** "бот в телеге zakazhi_kurs_bot": names of bots end in "bot" (https://core.telegram.org/bots/features#creating-a-new-bot). */
export function findBotNames(reading: Reading): Match[] {
  const { tokens } = reading
  const matches: Match[] = []
  if (!(reading.hints & isBot)) return matches
  for (let i = 0; i + 1 < tokens.length && matches.length < maxMatches; i++) {
    const bot = tokens[i]
    if (!bot || !bots.has(bot.text)) continue
    let at = i + 1
    while (at - i < 6 && between.test(tokens[at]?.text ?? '')) at++
    const handle = handleAt(reading, at)
    if (!handle || !/^[a-z][a-z\d_]{2,}bot$/.test(handle.text) || isFileName(handle.text)) continue
    const { from, to } = around(tokens, i, 'sentence')
    if (isLesson(tokens, from, to) || negated(tokens, from, i)) continue
    matches.push({
      kind: 'HANDLE',
      rule: 'handle.messenger',
      from: bot.start,
      to: tokens[handle.to - 1]?.end ?? bot.end,
    })
  }
  return matches
}
