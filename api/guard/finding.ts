import type { Reading } from './reading.ts'
import type { RuleName, RuleSet } from './rule-set.ts'

/** What a finding is about; the public schema has the same names. */
export type ContactKind = 'PHONE' | 'EMAIL' | 'LINK' | 'HANDLE' | 'INVITATION' | 'CARD' | 'BASE_RULE'

/** A part of a text that the guard refuses, or would. */
export interface Finding {
  kind: ContactKind
  /** UTF-16 code units into the text as it was given. */
  start: number
  /** Exclusive. */
  end: number
  /** Stable name of the rule that fired, the same in every language and version. */
  rule: RuleName
  /** Set where the owner's rule set only warns: reported, but no reason to refuse. */
  warning?: true
}

/** What there is in a text by itself. */
export interface OwnFindings {
  findings: readonly Finding[]
  reading: Reading
}

/** What a rule may look at besides the text. */
export interface GuardContext {
  /** What the same author said in the same chat just before, oldest first: a contact may be split over several messages. */
  recentTexts: readonly string[]
  /** What they said right after it, oldest first, where the text is a new one for an earlier message. */
  laterTexts?: readonly string[]
  /** What `findOwn` says of the text, where that is known already. */
  own?: OwnFindings | null
  /** The owner's choice per rule; by default everything refuses. */
  ruleSet?: RuleSet
}
