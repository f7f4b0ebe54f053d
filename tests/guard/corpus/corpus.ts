import { readFileSync } from 'node:fs'
import type { ContactKind } from '../../../api/guard/finding.ts'

/** A message of the development corpus, written for it. */
export interface Sample {
  id: string
  text: string
  /** What the same author sent right before, oldest first. */
  recentTexts?: string[]
  /** Only refused ones have a kind: what it is that has to be found. */
  kind?: ContactKind
  /**
   * Rules are changed with `tune` in view, weights are learnt from `held-out` too; of `kept` nothing is learnt, and whoever changes
   * the guard doesn't read it: it says how the guard does on what it has never seen. `kept-adversarial` is the same of messages that
   * were written to get through.
   */
  split: 'tune' | 'held-out' | 'kept' | 'kept-adversarial'
}

const read = (name: string): Sample[] =>
  readFileSync(new URL(name, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Sample)

/** Messages that must be refused. */
export const refused: readonly Sample[] = read('refused.jsonl')
/** Messages that must pass. */
export const allowed: readonly Sample[] = read('allowed.jsonl')
const apart: Readonly<Partial<Record<Sample['split'], { refused: readonly Sample[]; allowed: readonly Sample[] }>>> = {
  kept: { refused: read('kept-refused.jsonl'), allowed: read('kept-allowed.jsonl') },
  'kept-adversarial': { refused: read('kept-adversarial.jsonl'), allowed: [] },
}

/** A part of both. */
export const partOf = (split: Sample['split']): { refused: readonly Sample[]; allowed: readonly Sample[] } => {
  const isOfPart = (sample: Sample) => sample.split === split
  return apart[split] ?? { refused: refused.filter(isOfPart), allowed: allowed.filter(isOfPart) }
}
