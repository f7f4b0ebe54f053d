import { cuesOf } from './evidence.ts'
import { splitAddress } from './glued-address.ts'
import { splitNumbers } from './glued-numbers.ts'
import { hintsOf } from './hints.ts'
import { typedFor } from './keyboard.ts'
import { classesOf, meantBy } from './lexicon.ts'
import { readWord } from './look-alikes.ts'
import { remembered } from './remembered.ts'
import { Is } from './word-classes.ts'

/** What a word is to the rules. */
export interface WordFacts {
  /** In one alphabet, apostrophes left out, "!!!" of letters shortened. */
  text: string
  /** Bits of word-classes.ts. */
  classes: number
  /** Bits of evidence.ts. */
  cues: number
  /** Bits of hints.ts. */
  hints: number
}

/** A word as it stands in a text. */
export interface WrittenWord extends WordFacts {
  /** The words that it was written together of; null where it is one. */
  parts: readonly string[] | null
}

/** What is known of a word that is read as it stands. */
export const factsOf = (text: string): WordFacts => ({
  text,
  classes: classesOf(text),
  cues: cuesOf(text),
  hints: hintsOf(text),
})

/** Words that are looked for in both alphabets; "вот" is no "bot". */
const inEitherAlphabet =
  Is.messenger | Is.maybeMessenger | Is.mailProvider | Is.numberWord | Is.phoneCue | Is.getInTouch | Is.at

/** No word of the lexicon is longer, nor are there many that are. */
const longestWord = 40

/** What is known of a word of a folded text. */
export const writtenWord = (raw: string): WrittenWord =>
  raw.length > longestWord ? asWritten(raw, { ...nothing, text: readWord(raw).key }) : knownWord(raw)

const knownWord = remembered((raw): WrittenWord => asWritten(raw, wordOf(raw)), 20_000)

const nothing = { classes: 0, cues: 0, hints: 0 } as const

function asWritten(raw: string, word: WordFacts): WrittenWord {
  const parts = word.classes === 0 ? partsOf(raw, word.text) : null
  return { ...word, hints: word.hints | hintsOf(raw), parts }
}

function wordOf(raw: string): WordFacts {
  const { key, other } = readWord(raw.replaceAll("'", '').replace(/([^w])\1{2,}/gu, '$1'))
  const classes = classesOf(key)
  // Written wholly in look-alikes of the other alphabet: only a known word of it counts as that.
  if (classes === 0 && other !== null && other.length > 2 && classesOf(other) & inEitherAlphabet) {
    return factsOf(other)
  }
  const owner = classes === 0 && /^[a-z]+'s$/.test(raw) ? raw.slice(0, -2) : ''
  if (classesOf(owner) & (Is.messenger | Is.maybeMessenger))
    return { ...factsOf(owner), classes: Is.maybeMessenger, cues: 0 }
  const meant = classes === 0 && /^[а-я]/.test(key) ? meantBy(key) : null
  return factsOf(meant ?? (classes === 0 ? typedFor(key) : null) ?? key)
}

/** The words that one is made of which was written together; null where it is one. */
function partsOf(raw: string, text: string): readonly string[] | null {
  const numbers = raw.length < longestWord * 2 && text.length === raw.length ? splitNumbers(text) : null
  return numbers ?? splitAddress(raw)
}

const drawnPhone = /^[☎☏📞📱📲✆]$/u
/** The sign of a messenger. */
const drawnPlane = /^[✈🛩]$/u

/** What is known of a single character that is neither a letter nor a digit. */
export const factsOfSign = remembered(
  (text): WordFacts => ({
    text,
    classes: drawnPhone.test(text) ? Is.phoneCue : drawnPlane.test(text) ? Is.maybeMessenger : 0,
    cues: 0,
    hints: hintsOf(text),
  }),
  5000,
)
