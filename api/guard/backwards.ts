import type { Finding } from './finding.ts'
import { hintFor } from './hints.ts'
import { type Match, type Reading, read } from './reading.ts'
import type { RuleName } from './rule-set.ts'
import { Is } from './word-classes.ts'

/** Says that something is to be read from its end. */
const turned = hintFor(
  /^(?:налево|наоборот|задом|зеркально|перевернут[а-я]*|переверн(?:и|ите)|обратн[а-я]+|backwards?|reversed?|mirrored)$/,
)
const run = /[a-zа-я\d][a-zа-я\d._@/:-]{2,38}[a-zа-я\d]/g
const maxRuns = 40

/** "margelet, read it backwards", "задом наперёд: ur.akinteharb": names of messengers and addresses written from their end. */
export function findBackwards({ folded, hints }: Reading, find: (reading: Reading) => Match[]): Finding[] {
  if (!(hints & turned)) return []
  const findings: Finding[] = []
  for (const { 0: said, index } of [...folded.text.matchAll(run)].slice(0, maxRuns)) {
    const reading = read([...said].reverse().join(''))
    const [first] = find(reading)
    const messenger =
      reading.tokens.length === 1 && reading.classes & Is.messenger && !(classesOfRun(said) & Is.messenger)
    if (!first && !messenger) continue
    const found = first ?? { kind: 'INVITATION', rule: 'invitation.messenger' }
    findings.push({ kind: found.kind, rule: found.rule as RuleName, ...folded.span(index, index + said.length) })
  }
  return findings
}

const classesOfRun = (said: string): number => read(said).classes
