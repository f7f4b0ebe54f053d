import type { ContactKind } from './finding.ts'
import { englishPhrases } from './phrases-english.ts'
import { russianPhrases } from './phrases-russian.ts'
import { remembered } from './remembered.ts'
import type { RuleName } from './rule-set.ts'

/** A way of proposing to go on elsewhere, in the words of a sentence: lower case, single spaces, no punctuation. */
export interface Phrase {
  rule: RuleName
  /** INVITATION unless it says otherwise. */
  kind?: ContactKind
  /** The word around which it is looked for; most messages have none. */
  anchor: RegExp
  /** At most 30 words are searched, so its cost is bounded. */
  phrase: RegExp
  /** What is said nearby where the phrase means something innocent. */
  unless: RegExp
}

const phrases: readonly Phrase[] = [...russianPhrases, ...englishPhrases]

/** The phrases that a word can be part of. */
export const phrasesAround = remembered(
  (word): readonly Phrase[] => phrases.filter(({ anchor }) => anchor.test(word)),
  20_000,
)
