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
  /** Rules are changed with `tune` in view; `held-out` only says how far that carries. */
  split: 'tune' | 'held-out'
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
