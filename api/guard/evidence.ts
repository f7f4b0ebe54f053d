import { englishCues, modalsOfWe, verbsToMe } from './cues-english.ts'
import { russianCues } from './cues-russian.ts'
import { readings } from './number-words.ts'
import { remembered } from './remembered.ts'
import type { Token } from './tokens.ts'

/**
 * What a word says about where a sentence is going, whatever its place in it. People put the words of an invitation in every
 * order ("я тебе в тг могу голосовыми, давай туда"), so the invitation rules add up what is there.
 */
export const Cue = {
  /** Tells the reader to get in touch, or to take or give something: "пиши", "кинешь", "лови". */
  reach: 1 << 0,
  /** Proposes something to both: "давай", "спишемся", "let's". */
  together: 1 << 1,
  /** Says what the writer will do or does: "скину", "отвечаю", "сижу". */
  promise: 1 << 2,
  /** "можно", "удобнее", "неудобно", "rather". */
  able: 1 << 3,
  me: 1 << 4,
  you: 1 << 5,
  /** "есть", "сидишь", "use". */
  having: 1 << 6,
  /** What one is called there: "ник", "найдёшь", "слитно". */
  named: 1 << 7,
  /** "там", "туда". */
  there: 1 << 8,
  /** "твой", "свой": of the reader, or of the one who gives. */
  yours: 1 << 9,
  /** People who tell things to the writer: "староста", "препод". */
  others: 1 << 10,
  /** Tells what happened: "скинули", "выложил". */
  past: 1 << 11,
  /** A call: "позвонит", "набрали". */
  call: 1 << 12,
  /** Away from the marketplace: "напрямую", "мимо", "минуя". */
  aside: 1 << 13,
  /** The marketplace. */
  site: 1 << 14,
  /** Moving money: "переведу", "кинь", "оплата". */
  pay: 1 << 15,
  /** Where money goes to: "карта", "сбп", "сбер". */
  purse: 1 << 16,
  /** Not to be seen: "модер", "палево", "забанят". */
  secret: 1 << 17,
  /** Tests, tables, forms: where contacts are a subject. */
  form: 1 << 18,
  /** "заблокируют", "правила": what comes of it. */
  ban: 1 << 19,
  /** "по номеру". */
  number: 1 << 20,
  /** Busy there rather than to be met there: "пара в дискорде". */
  busy: 1 << 22,
  /** How a name is spelled: "латиницей", "слитно". */
  spelled: 1 << 21,
  /** Says something together with the next word. */
  paired: 1 << 23,
} as const

export type CueName = keyof typeof Cue
const names = Object.keys(Cue) as CueName[]

const whole = new Map<string, number>()
const beginnings: [beginning: string, cues: number][] = []
for (const cues of [russianCues, englishCues]) {
  for (const [name, notation] of Object.entries(cues) as [CueName, string][]) {
    for (const reading of readings(notation)) {
      if (reading.endsWith('*')) beginnings.push([reading.slice(0, -1), Cue[name]])
      else whole.set(reading, (whole.get(reading) ?? 0) | Cue[name])
    }
  }
}

/** What a word says, as bits of `Cue`. */
export const cuesOf = remembered((word): number => {
  let cues = whole.get(word) ?? 0
  if (word === 'we' || toMe.has(word) || ofWe.has(word)) cues |= Cue.paired
  if (word.length < 24) for (const [beginning, cue] of beginnings) if (word.startsWith(beginning)) cues |= cue
  return cues
}, 20_000)

const toMe = new Set(readings(verbsToMe))
const ofWe = new Set(readings(modalsOfWe))

/** What two words say together: "text me", "can we", "we could". */
function cuesOfPair(word: string, next: string): number {
  if (toMe.has(word) && (next === 'me' || next === 'us')) return Cue.reach
  return (word === 'we' && ofWe.has(next)) || (next === 'we' && ofWe.has(word)) ? Cue.together : 0
}

/** What the words of [from, to) say together. */
export function cuesIn(tokens: readonly Token[], from: number, to: number): number {
  let cues = 0
  for (let i = from; i < to; i++) {
    const token = tokens[i]
    // "I'd" is no "id".
    if (!token || (token.text === 'id' && token.end - token.start > 2)) continue
    cues |= token.cues
    if (token.cues & Cue.paired) cues |= cuesOfPair(token.text, tokens[i + 1]?.text ?? '')
  }
  return cues
}

/** How much each cue speaks for something; against it where negative. */
export type Weights = Readonly<Partial<Record<CueName, number>>>

/** Adds up what cues weigh. */
export function weigh(cues: number, weights: Weights): number {
  let sum = 0
  for (const name of names) if (cues & Cue[name]) sum += weights[name] ?? 0
  return sum
}
