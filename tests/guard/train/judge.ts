import { findContacts, isRefused } from '../../../api/guard/guard.ts'
import { evidenceOf, learn } from './learn.ts'
import { enough } from './shipped.ts'
import type { Labelled } from './texts.ts'

interface Judged {
  text: Labelled
  evidence: number
  /** Whether the rules refuse it that aren't learnt. */
  ruled: boolean
}

const withoutEvidence = { version: 'rules alone', actions: { 'invitation.evidence': 'off' } } as const

const byRules = ({ sample: { text } }: Labelled): boolean =>
  isRefused(findContacts(text, { recentTexts: [], ruleSet: withoutEvidence }))

/** What messages look like to each other when only letters count: the same text in two rounds must not be learnt and judged. */
const skeleton = ({ sample: { text } }: Labelled): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/** Judges every message by what was learnt from the other rounds. */
function judgedOf(texts: readonly Labelled[]): Judged[] {
  const rounds = [...new Set(texts.map(({ round }) => round))]
  return rounds.flatMap((round) => {
    const judged = texts.filter((text) => text.round === round)
    const seen = new Set(judged.map(skeleton))
    const learnt = learn(texts.filter((text) => text.round !== round && !seen.has(skeleton(text))))
    return judged.map((text) => ({ text, evidence: evidenceOf(text, learnt), ruled: byRules(text) }))
  })
}

const percent = (part: readonly unknown[], whole: readonly unknown[]): string =>
  `${((100 * part.length) / Math.max(1, whole.length)).toFixed(1)} %`

/** Prints recall by kind and false refusals for several sums, with the rules and without, over all and in each round. */
export function judge(texts: readonly Labelled[]): void {
  const judged = judgedOf(texts)
  const row = (of: readonly Judged[], sum: number) => {
    const ordinary = of.filter(({ text }) => !text.invites)
    const learnt = ({ evidence }: Judged): boolean => evidence >= sum
    const either = (one: Judged): boolean => learnt(one) || one.ruled
    const recalls = (['INVITATION', 'HANDLE', 'CARD'] as const).map((kind) => {
      const ofKind = of.filter(({ text }) => text.invites && text.sample.kind === kind)
      return [kind, `${percent(ofKind.filter(learnt), ofKind)}, with rules ${percent(ofKind.filter(either), ofKind)}`]
    })
    return {
      ...Object.fromEntries(recalls),
      'false refusals': `${ordinary.filter(learnt).length}, with rules ${ordinary.filter(either).length} of ${ordinary.length}`,
    }
  }
  console.log('By evidence learnt from other rounds:')
  console.table(Object.fromEntries([40, 60, enough, 90, 110].map((sum) => [sum, row(judged, sum)])))
  console.log(`Each round, at ${enough}:`)
  const rounds = [...new Set(texts.map(({ round }) => round))]
  console.table(
    Object.fromEntries(
      rounds.map((round) => [
        round,
        row(
          judged.filter(({ text }) => text.round === round),
          enough,
        ),
      ]),
    ),
  )
}
