import { findAccounts } from './account.ts'
import { findBackwards } from './backwards.ts'
import { findByBaseRule } from './base-rule.ts'
import { findCards } from './card.ts'
import { findToldPayments } from './card-told.ts'
import { findEmails } from './email.ts'
import { findToldAddresses } from './email-evidence.ts'
import { findMailboxes } from './email-told.ts'
import { findEncoded } from './encoded.ts'
import type { ContactKind, Finding, GuardContext, OwnFindings } from './finding.ts'
import { findHandles } from './handle.ts'
import { findHidden } from './hidden.ts'
import { findIpAddresses } from './ip-address.ts'
import { findLinks } from './link.ts'
import { findToldLinks } from './link-told.ts'
import { findNumbersInParts } from './numbers-in-parts.ts'
import { findPhones } from './phone.ts'
import { findDictated } from './phone-dictated.ts'
import { findDisguised } from './phone-disguised.ts'
import { findGathered } from './phone-gathered.ts'
import { findLettered } from './phone-lettered.ts'
import { findParted } from './phone-parted.ts'
import { findProposals } from './proposals.ts'
import { type Match, type Reading, read } from './reading.ts'
import { actionOf, defaultRuleSet, type RuleName } from './rule-set.ts'
import { findSpelledOut } from './spelled-out.ts'
import { findSplit } from './split.ts'

/** A rule: pure, linear in the text's length, never throws. */
export type GuardRule = (reading: Reading) => Match[]

const allOf =
  (...rules: GuardRule[]): GuardRule =>
  (reading) => {
    const matches: Match[] = []
    for (const rule of rules) {
      for (const match of rule(reading)) matches.push(match)
    }
    return matches
  }

const numbers = allOf(
  findCards,
  findPhones,
  findLettered,
  findGathered,
  findDictated,
  findParted,
  findDisguised,
  findNumbersInParts,
  findHidden,
)
const words = allOf(
  findEmails,
  findToldAddresses,
  findMailboxes,
  findLinks,
  findToldLinks,
  findIpAddresses,
  findHandles,
  findProposals,
  findAccounts,
  findToldPayments,
)
const findAll = allOf(numbers, words)
/** What stands for itself, whatever is said around it. */
const findPlain = allOf(findEmails, findLinks)

/**
 * The contact guard: what in a text would take people off the marketplace. An empty list lets it pass. The one judge of every
 * text that reaches another user (send, edit, dry run); texts of the host itself (titles, notifications) are exempt.
 */
export function findContacts(
  text: string,
  { recentTexts, laterTexts = [], own, ruleSet = defaultRuleSet }: GuardContext,
): Finding[] {
  const { findings, reading } = own ?? findOwn(text)
  const found = [...findings]
  if (recentTexts.length + laterTexts.length > 0) {
    for (const match of findSplit(reading, { recentTexts, laterTexts }, { numbers, words }))
      found.push(toFinding(match, null, text))
  }
  const allowed = withoutRepeated(found).flatMap((finding) => {
    const action = actionOf(ruleSet, finding.rule)
    return action === 'off' ? [] : action === 'warn' ? [{ ...finding, warning: true as const }] : [finding]
  })
  return merge([...allowed, ...findByBaseRule(text).map((finding) => wholeCharacters(finding, text))])
}

/** What the rules find in a text by itself, whatever the owner chose: the part that need not be done again beside other texts. */
export function findOwn(text: string): OwnFindings {
  const reading = read(text)
  const found = findAll(reading).map((match) => toFinding(match, reading, text))
  const again = [
    ...findSpelledOut(reading, words),
    ...findEncoded(reading, findAll),
    ...findBackwards(reading, findPlain),
  ]
  return { findings: [...found, ...again.map((finding) => wholeCharacters(finding, text))], reading }
}

const isEvidence = ({ rule }: Finding): boolean => rule === 'invitation.evidence'

/**
 * Leaves out what a sentence says as a whole where another rule names a part of it: that one is more exact, and what the owner
 * chose for it holds.
 */
function withoutRepeated(findings: readonly Finding[]): Finding[] {
  const named = findings.filter((finding) => !isEvidence(finding))
  if (named.length === findings.length) return named
  return findings.filter(
    (finding) => !isEvidence(finding) || named.every(({ start, end }) => end <= finding.start || start >= finding.end),
  )
}

/** Whether findings are a reason to refuse: all but warnings are. */
export const isRefused = (findings: readonly Finding[]): boolean => findings.some(({ warning }) => !warning)

function toFinding({ kind, rule, from, to }: Match, reading: Reading | null, text: string): Finding {
  const span = reading ? reading.folded.span(from, to) : { start: from, end: to }
  return wholeCharacters({ kind, rule: rule as RuleName, ...span }, text)
}

const continues = /^(?:\p{M}|\u200d)/u

/** Widens a span to whole characters: no half of a surrogate pair, no mark left behind. */
function wholeCharacters(finding: Finding, text: string): Finding {
  let { start, end } = finding
  end = Math.min(end, text.length)
  while (end < text.length) {
    const before = text.charCodeAt(end - 1)
    const after = text.charCodeAt(end)
    if (before >= 0xd800 && before < 0xdc00 && after >= 0xdc00 && after < 0xe000) end++
    else if (after > 0x2ff && continues.test(text.slice(end, end + 2))) end += after >= 0xd800 && after < 0xdc00 ? 2 : 1
    else break
  }
  if (start > 0 && (text.charCodeAt(start) & 0xfc00) === 0xdc00 && (text.charCodeAt(start - 1) & 0xfc00) === 0xd800)
    start--
  return start === finding.start && end === finding.end ? finding : { ...finding, start, end }
}

/** Which of two overlapping findings says more. */
const weight: Record<ContactKind, number> = {
  CARD: 6,
  EMAIL: 5,
  PHONE: 4,
  LINK: 3,
  HANDLE: 2,
  INVITATION: 1,
  BASE_RULE: 0,
}

/** One finding for each contact, in order: of overlapping ones the most telling kind, over all that they cover together. */
function merge(findings: Finding[]): Finding[] {
  findings.sort((a, b) => a.start - b.start || b.end - a.end)
  const merged: Finding[] = []
  for (const finding of findings) {
    const last = merged.at(-1)
    if (!last || finding.start >= last.end) {
      merged.push(finding)
      continue
    }
    const keeps = Number(!last.warning) * 10 + weight[last.kind] >= Number(!finding.warning) * 10 + weight[finding.kind]
    const winner = keeps ? last : finding
    merged[merged.length - 1] = {
      ...winner,
      start: Math.min(last.start, finding.start),
      end: Math.max(last.end, finding.end),
    }
  }
  return merged
}
