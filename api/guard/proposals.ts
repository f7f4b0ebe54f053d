import { findInvitations, isDialogue } from './invitation.ts'
import type { Match, Reading } from './reading.ts'
import type { RuleName } from './rule-set.ts'
import { evidenceAround, findTrained, weighSentences } from './trained-evidence.ts'
import { findTransfers } from './transfer.ts'

/**
 * What its sentence has to say at least for a set phrase to be believed (docs/decisions/evidence-beside-phrases.md): a phrase alone
 * can't tell "оплатите напрямую" from "оплатить напрямую просили, я отказалась".
 */
const believed: Readonly<Partial<Record<RuleName, number>>> = {
  'invitation.messenger': -50,
  'invitation.number': -50,
  'invitation.call': -30,
  'invitation.email': -30,
  'invitation.off-platform': -40,
  'invitation.nick': -50,
  'card.transfer': -60,
}

/** Proposals to go on or to pay elsewhere: set phrases that their sentence doesn't contradict, and sentences that say so as a whole. */
export function findProposals(reading: Reading): Match[] {
  const phrases = [...findInvitations(reading), ...findTransfers(reading)]
  if (isDialogue(reading)) return phrases
  const sentences = weighSentences(reading)
  const meant = phrases.filter((match) => {
    const least = believed[match.rule as RuleName]
    return least === undefined || evidenceAround(reading, sentences, match) >= least
  })
  return [...meant, ...findTrained(reading, sentences)]
}
