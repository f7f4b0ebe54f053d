import { cuesOf } from './evidence.ts'
import { classesOf } from './lexicon.ts'
import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'

const subjects = Is.topic | Is.data | Is.numbered | Is.unit | Is.reported | Is.negation

/** "study_anna92", "news24": what words mean inside of a name says nothing about the sentence. */
export function withoutNames(text: string, tokens: readonly Token[]): void {
  for (const token of tokens) {
    if (!(token.classes & (subjects | Is.code)) || !/^[a-z]{3}/.test(token.text)) continue
    const sides = text.charAt(token.start - 1) + text.charAt(token.end)
    if (sides.includes('_')) token.classes &= ~(subjects | Is.code)
    else if (/\d/.test(sides) || /[a-z]\.$/.test(text.slice(token.start - 2, token.start))) token.classes &= ~subjects
  }
}

/** "теле грам", "whats-app": two parts of a messenger's name that mean nothing apart. */
export function joinParted(text: string, tokens: Token[]): Token[] {
  const result: Token[] = []
  for (const token of tokens) {
    const last = result.at(-1)
    const hyphen = last?.text === '-' && !last.spaceBefore && !token.spaceBefore
    const before = hyphen ? result.at(-2) : last
    const parted =
      token.type === 'word' &&
      before?.type === 'word' &&
      token.end - before.start < 14 &&
      token.text.length > 1 &&
      before.text.length > 1 &&
      before.text !== 'we' &&
      !token.lineBefore &&
      (hyphen || text.charAt(token.start - 1) === ' ') &&
      (before.classes === 0 || token.classes === 0) &&
      !((before.classes | token.classes) & Is.messenger)
    const whole = parted ? before.text + token.text : ''
    if (before && whole !== '' && classesOf(whole) & Is.messenger) {
      result.splice(hyphen ? -2 : -1, hyphen ? 2 : 1, {
        ...before,
        end: token.end,
        text: whole,
        classes: classesOf(whole),
        cues: cuesOf(whole),
      })
    } else result.push(token)
  }
  return result
}
