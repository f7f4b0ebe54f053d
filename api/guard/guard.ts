import { findByBaseRule } from './base-rule.ts'
import type { Finding, GuardContext } from './finding.ts'

/** A rule: pure, linear in the text's length, never throws. */
export type GuardRule = (text: string, context: GuardContext) => Finding[]

const rules: readonly GuardRule[] = [findByBaseRule]

/**
 * The contact guard: what in a text would take people off the marketplace. An empty list lets it pass. The one judge of every
 * text that reaches another user (send, edit, dry run); texts of the host itself (titles, notifications) are exempt.
 */
export const findContacts = (text: string, context: GuardContext): Finding[] =>
  rules.flatMap((rule) => rule(text, context)).sort((a, b) => a.start - b.start || b.end - a.end)
