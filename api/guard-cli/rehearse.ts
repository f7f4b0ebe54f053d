import type { Finding } from '../guard/finding.ts'
import { findContacts, isRefused } from '../guard/guard.ts'
import type { RuleSet } from '../guard/rule-set.ts'
import type { StoredMessage } from './stored-messages.ts'

/** As many of an author's messages before one as the guard is given when it is sent. */
const recentCount = 12

/**
 * What another rule set would do to messages that were sent: a line for each that it would newly refuse or newly allow, by id
 * and rule and never by text, and a last line that counts them. Where both rule sets are the same one, messages are taken for
 * allowed, since they were stored.
 */
export function rehearse(messages: readonly StoredMessage[], inForce: RuleSet, changed: RuleSet): string[] {
  const recent = new Map<string, string[]>()
  const lines: string[] = []
  let refused = 0
  let allowed = 0
  for (const { id, chatId, authorId, text } of messages) {
    const key = `${chatId} ${authorId}`
    const recentTexts = recent.get(key) ?? []
    const before = inForce === changed ? [] : findContacts(text, { recentTexts, ruleSet: inForce })
    const after = findContacts(text, { recentTexts, ruleSet: changed })
    if (isRefused(before) !== isRefused(after)) {
      const refuses = isRefused(after)
      if (refuses) refused++
      else allowed++
      lines.push(`${refuses ? 'newly refused' : 'newly allowed'}\t${id}\t${namesOf(refuses ? after : before)}`)
    }
    recent.set(key, [...recentTexts, text].slice(-recentCount))
  }
  return [
    ...lines,
    `${messages.length} messages: ${refused} newly refused, ${allowed} newly allowed (rules "${changed.version}")`,
  ]
}

const namesOf = (findings: readonly Finding[]): string =>
  [...new Set(findings.filter(({ warning }) => !warning).map(({ rule }) => rule))].join(', ')
