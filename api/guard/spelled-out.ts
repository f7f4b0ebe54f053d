import type { Finding } from './finding.ts'
import { type Match, maxMatches, type Reading, read } from './reading.ts'
import type { RuleName } from './rule-set.ts'

/**
 * Five single characters or more, each a space, a hyphen, a comma or a star from the next; or pieces of a name or an address, each in a
 * line of its own.
 */
const runs =
  /(?<![^\s(«":])[^\s(«":](?: \S){4,}(?![^\s,;:!?)»"])|(?<![\p{L}\d])[a-z\d](?:-[a-z\d]){5,}(?![\p{L}\d])|(?<![\p{L}\d,])[a-z](?:,[a-z]){3,}(?![\p{L}\d,])|(?<![\p{L}\d*])[a-z\d](?:[*•][a-z\d]|\.[a-z\d](?=\*)){5,}(?![\p{L}\d*])|(?<=^|\n)[a-z\d._@/-]{1,8}(?:\n[a-z\d._@/-]{1,8}){2,}(?![^\n])/giu
const between = /[-*•,]/
const minLetters = 3

/**
 * "a n n a @ m a i l . r u", "t . m e / a n n a": names and addresses written letter by letter. They are read once more with the gaps
 * left out; of what `find` finds there only that counts which lies in such a run.
 */
export function findSpelledOut({ folded, singleLetters }: Reading, find: (reading: Reading) => Match[]): Finding[] {
  const { text } = folded
  if (singleLetters < minLetters && !text.includes('\n')) return []
  const found = [...text.matchAll(runs)].slice(0, maxMatches).filter(([run]) => lettersIn(run) >= minLetters)
  if (found.length === 0) return []
  let short = ''
  const places: number[] = []
  const parts: { from: number; to: number }[] = []
  let at = 0
  for (const { 0: run, index } of found) {
    short += text.slice(at, index)
    for (; at < index; at++) places.push(at)
    const from = short.length
    for (let i = 0; i < run.length; i++, at++) {
      if (run[i] === ' ' || run[i] === '\n' || (!run.includes('\n') && i % 2 === 1 && between.test(run[i] ?? '')))
        continue
      short += run[i]
      places.push(at)
    }
    parts.push({ from, to: short.length })
  }
  short += text.slice(at)
  for (; at < text.length; at++) places.push(at)
  const reading = read(short)
  return find(reading).flatMap(({ kind, rule, from, to }) => {
    const { start, end } = reading.folded.span(from, to)
    if (!parts.some((part) => start < part.to && end > part.from)) return []
    const last = places[end - 1] ?? text.length - 1
    return [{ kind, rule: rule as RuleName, ...folded.span(places[start] ?? 0, last + 1) }]
  })
}

const lettersIn = (run: string): number => run.match(/[a-z]/gi)?.length ?? 0
