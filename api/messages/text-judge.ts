import type { Transaction } from '../db.ts'
import type { Finding, OwnFindings } from '../guard/finding.ts'
import { findContacts, findOwn, isRefused } from '../guard/guard.ts'
import type { RuleSet } from '../guard/rule-set.ts'
import type { Metrics } from '../metrics.ts'
import type { RateLimiter } from '../rate-limiter.ts'
import type { Turns } from '../turns.ts'
import type { RefusalReport, RefusedPlace } from '../webhooks/refusal-report.ts'
import { type InvalidTextReason, readText } from './message-text.ts'
import { type Neighbours, neighboursOf } from './recent-texts.ts'
import type { RefusalTally } from './refusal-tally.ts'

/** Why a text was not accepted; expected, so it is a result and no error. */
export type Refusal =
  | { kind: 'INVALID_TEXT'; reason: InvalidTextReason }
  | { kind: 'CONTACT_DATA'; findings: readonly Finding[] }
  | { kind: 'RATE_LIMITED'; retryAfterMs: number }

/** What `judge` says: more than is shown. */
export interface Judged extends TextCheck {
  /** What would be stored. */
  text: string
  /** What was found in the text by itself. */
  own: OwnFindings | null
}

export interface TextCheck {
  findings: readonly Finding[]
  invalid: InvalidTextReason | null
}

/** Where a text is said, for what its author says around it. */
export interface TextPlace {
  chatId: string
  authorId: string
  /** The message that is changed; null: a new one, after all others. */
  changes: { seq: number; createdAt: Date } | null
  now: Date
  /** Whether others may be waiting for a lock: then it is judged without waiting for a turn. */
  locked: boolean
}

/** The one judge of texts: the same for sending, editing and the dry run. */
export interface TextJudge {
  /** By the text alone, when it is the author's turn. */
  judge(sent: string, authorId: string): Promise<Judged>
  /**
   * By the text and what its author says right before it and, where a message is changed, right after it: a contact may be
   * split over several messages.
   *
   * @param alone what `judge` said of the text, which is all there is where nothing else is said
   */
  findInContext(
    client: Pick<Transaction, 'message'>,
    sent: string,
    alone: Judged,
    place: TextPlace,
  ): Promise<readonly Finding[]>
  /** The same, where it is known what is said around. */
  findBeside(sent: string, alone: Judged, neighbours: Neighbours): readonly Finding[]
  /** Why it can't be sent now; takes one from the author's allowance where the text is fine. */
  refusalOf(check: TextCheck, userId: string): Promise<Refusal | null>
  contactRefusal(findings: readonly Finding[]): Refusal | null
  /** Counts a refusal, in the metrics and for the staff, tells the host's webhook of contact details, and returns it. */
  refused(refusal: Refusal, place: RefusedPlace): Promise<Refusal>
}

export function createTextJudge({
  ruleSet,
  sendLimiter,
  metrics,
  refusals,
  report,
  turns,
}: {
  ruleSet: RuleSet
  sendLimiter: RateLimiter
  metrics: Pick<Metrics, 'messagesRefused'>
  refusals: Pick<RefusalTally, 'count'>
  /** Null where the host wants to hear of nothing. */
  report: Pick<RefusalReport, 'tell'> | null
  turns: Turns
}): TextJudge {
  const contactRefusal: TextJudge['contactRefusal'] = (findings) =>
    isRefused(findings) ? { kind: 'CONTACT_DATA', findings } : null

  const findBeside: TextJudge['findBeside'] = (sent, alone, { recentTexts, laterTexts }) =>
    recentTexts.length + laterTexts.length === 0
      ? alone.findings
      : findContacts(sent, { recentTexts, laterTexts, own: alone.own, ruleSet })

  return {
    contactRefusal,
    findBeside,

    async judge(sent, authorId) {
      await turns.take(authorId)
      const result = readText(sent)
      if (!result.ok) return { findings: [], invalid: result.reason, text: '', own: null }
      const own = findOwn(sent)
      return { findings: findContacts(sent, { recentTexts: [], own, ruleSet }), invalid: null, text: result.text, own }
    },

    async findInContext(client, sent, alone, place) {
      const neighbours = await neighboursOf(client, place)
      const isAlone = neighbours.recentTexts.length + neighbours.laterTexts.length === 0
      if (!isAlone && !place.locked) await turns.take(place.authorId)
      return findBeside(sent, alone, neighbours)
    },

    async refusalOf({ invalid, findings }, userId) {
      if (invalid) return { kind: 'INVALID_TEXT', reason: invalid }
      const contacts = contactRefusal(findings)
      if (contacts) return contacts
      const retryAfterMs = await sendLimiter.take(userId)
      return retryAfterMs > 0 ? { kind: 'RATE_LIMITED', retryAfterMs } : null
    },

    async refused(refusal, place) {
      const kinds = new Set(refusal.kind === 'CONTACT_DATA' ? reasonsOf(refusal.findings) : [refusal.kind])
      for (const kind of kinds) metrics.messagesRefused.inc({ kind })
      await Promise.all([
        refusals.count([...kinds]),
        refusal.kind === 'CONTACT_DATA' ? report?.tell(place, [...kinds]) : undefined,
      ])
      return refusal
    },
  }
}

/** A warning is no reason. */
const reasonsOf = (findings: readonly Finding[]) => findings.filter(({ warning }) => !warning).map(({ kind }) => kind)
