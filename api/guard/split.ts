import { type Match, type Reading, read } from './reading.ts'

/** How much is looked back at: enough for a number sent digit by digit, in a bounded number of characters. */
const maxRecent = 14
const maxRecentLength = 600
/** Words only go together with the few short messages right before: "напиши мне", "в телегу". */
const maxRecentWords = 3
const maxSentenceLength = 60

/** Rules that read numbers, and those that read words. */
export interface SplitRules {
  numbers: (reading: Reading) => Match[]
  words: (reading: Reading) => Match[]
}

/** Finds what only shows when the texts before it, by the same author, are read together with the last one. */
export function findSplit(text: string, recentTexts: readonly string[], { numbers, words }: SplitRules): Match[] {
  let lines = ''
  for (const recent of recentTexts.slice(-maxRecent).reverse()) {
    if (lines.length + recent.length + 1 > maxRecentLength) break
    lines = `${recent}\n${lines}`
  }
  let sentence = ''
  for (const recent of recentTexts.slice(-maxRecentWords).reverse()) {
    if (recent.length > maxSentenceLength || /[.!?…)]\s*$/.test(recent) || text.length > maxRecentLength) break
    sentence = `${recent} ${sentence}`
  }
  return [...spanning(lines, text, numbers), ...spanning(sentence, text, words)]
}

/** What begins before the joint and ends after it: its part in the new text. */
function spanning(before: string, text: string, find: (reading: Reading) => Match[]): Match[] {
  if (before === '') return []
  const reading = read(before + text)
  const joint = before.length
  return find(reading).flatMap((match) => {
    const { start, end } = reading.folded.span(match.from, match.to)
    return start < joint - 1 && end > joint ? [{ kind: match.kind, rule: 'split', from: 0, to: end - joint }] : []
  })
}
