import { Cue } from './evidence.ts'
import type { Token } from './tokens.ts'
import type { Weighed } from './trained-evidence.ts'
import { Is } from './word-classes.ts'

/** "let's stay in this chat", "останемся на сайте", "внутри сайта": nobody is to go anywhere. */
const staysHere =
  /(?:^| )(?:(?<!(?:не|not|dont|cant|надоело|зачем) (?:[а-яa-z]+ )?)(?:остан(?:емся|усь|ься)|остав(?:аться|айтесь)|остаться|остаюсь|stay|staying|keep (?:it|this|everything)|remain)(?: [а-яa-z]+){0,4} (?:здесь|тут|чате|сайте|площадке|платформе|here|chat|site|platform)|внутри (?:сайта|площадки|платформы|чата)|по сайту|личку здесь)(?= |$)/

function wordsOf(tokens: readonly Token[], from: number, to: number): string {
  let words = ''
  for (let i = from; i < to; i++) if (tokens[i]?.type === 'word') words += ` ${tokens[i]?.text}`
  return words
}

/** What somebody says to somebody; a sentence without it needs more evidence. */
const speaks = Cue.me | Cue.you | Cue.yours | Cue.reach | Cue.together | Cue.promise
const more = 75

/** What outweighs anything that speaks against an invitation. */
const plenty = 90

/**
 * Whether a sentence is about something else, however its words sound: nothing but numbers (constants, codes, answers), staying here,
 * said to nobody, about programs or about what others do.
 */
export function isAboutElse(tokens: readonly Token[], { window: { from, to }, evidence }: Weighed): boolean {
  let numbers = 0
  let words = 0
  let classes = 0
  let cues = 0
  for (let i = from; i < to; i++) {
    const token = tokens[i]
    if (token?.type === 'number') numbers++
    else if (token?.type === 'word') words++
    classes |= token?.classes ?? 0
    cues |= token?.cues ?? 0
  }
  if (numbers > words) return true
  if (cues & Cue.site || classes & (Is.you | Is.me | Is.modal | Is.negation | Is.elsewhere)) {
    if (staysHere.test(wordsOf(tokens, from, to))) return true
  }
  const others = (cues & Cue.others) !== 0 && !(cues & (Cue.reach | Cue.you | Cue.yours))
  if (evidence < more && !(cues & speaks)) return true
  return evidence < plenty && ((classes & Is.code) !== 0 || others)
}
