import { isKnown } from './lexicon.ts'
import type { Token } from './tokens.ts'
import { factsOf } from './word-facts.ts'

/** Fewer letters by themselves spell nothing. */
export const minSpelled = 4

/** "т е л е г а", "w-h-a-t-s-a-p-p": letters one by one, when together they make words of the lexicon. */
export function joinSpelled(text: string, tokens: Token[]): Token[] {
  const result: Token[] = []
  let i = 0
  while (i < tokens.length) {
    const run = spelledRun(text, tokens, i)
    const words = run.letters.length >= minSpelled ? segment(run.letters) : null
    const first = tokens[i]
    if (!words || !first) {
      for (const token of tokens.slice(i, Math.max(run.next, i + 1))) result.push(token)
    } else {
      let from = 0
      for (const word of words) {
        const start = run.tokens[from]?.start ?? first.start
        from += word.length
        const end = run.tokens[from - 1]?.end ?? start
        result.push({
          type: 'word',
          start,
          end,
          ...factsOf(word),
          spaceBefore: result.length === 0 || start !== first.start || first.spaceBefore,
          lineBefore: start === first.start && first.lineBefore,
        })
      }
    }
    i = Math.max(run.next, i + 1)
  }
  return result
}

/** Single letters from token `i` on with one and the same short separator between them. */
function spelledRun(text: string, tokens: Token[], i: number): { letters: string; tokens: Token[]; next: number } {
  const run: Token[] = []
  let letters = ''
  let separator: string | null = null
  let next = i
  while (next < tokens.length) {
    const token = tokens[next]
    if (token?.type !== 'word' || token.end - token.start !== 1) break
    run.push(token)
    letters += token.text
    const after: number = tokens[next + 1]?.type === 'symbol' ? next + 2 : next + 1
    next++
    const following = tokens[after]
    if (following?.type !== 'word') break
    const gap: string = text.slice(token.end, following.start)
    if (gap.length === 0 || gap.length > 3 || (separator !== null && gap.trim() !== separator)) break
    separator = gap.trim()
    if (following.end - following.start !== 1) break
    next = after
  }
  return { letters, tokens: run, next }
}

/** Longer runs of single letters are no words spelled out. */
const maxSpelled = 60

/** Splits letters into known words, long ones preferred; null where that doesn't come out even. */
function segment(letters: string): string[] | null {
  if (letters.length > maxSpelled) return null
  // From the end: how the letters from each place on can be split.
  const splits: (string[] | null)[] = Array(letters.length + 1).fill(null)
  splits[letters.length] = []
  for (let at = letters.length - 1; at >= 0; at--) {
    for (let length = Math.min(16, letters.length - at); length > 0 && !splits[at]; length--) {
      const rest = splits[at + length]
      const word = letters.slice(at, at + length)
      if (rest && (length > 1 ? isKnown(word) : 'вкисяоу'.includes(word))) splits[at] = [word, ...rest]
    }
  }
  const words = splits[0] ?? null
  return words?.some((word) => word.length > 2) ? words : null
}
