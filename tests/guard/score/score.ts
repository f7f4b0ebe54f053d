import type { ContactKind } from '../../../api/guard/finding.ts'
import { partOf, type Sample } from '../corpus/corpus.ts'
import type { Judge } from './baselines.ts'

/** How a judge does on a part of the corpus. */
export interface Score {
  recall: number
  precision: number
  /** Of messages that must pass, the share that is refused. */
  falsePositiveRate: number
  recallByKind: Partial<Record<ContactKind, number>>
  missed: readonly Sample[]
  falselyRefused: readonly Sample[]
}

/** Scores a judge on one part of the corpus. */
export function scoreOf(judge: Judge, split: Sample['split']): Score {
  const { refused: wanted, allowed: innocent } = partOf(split)
  const missed = wanted.filter((sample) => !judge(sample))
  const falselyRefused = innocent.filter(judge)
  const found = wanted.length - missed.length
  const recallByKind: Score['recallByKind'] = {}
  for (const kind of new Set(wanted.flatMap((sample) => sample.kind ?? []))) {
    const ofKind = wanted.filter((sample) => sample.kind === kind)
    recallByKind[kind] = 1 - missed.filter((sample) => sample.kind === kind).length / ofKind.length
  }
  return {
    recall: found / wanted.length,
    precision: found / Math.max(1, found + falselyRefused.length),
    falsePositiveRate: falselyRefused.length / Math.max(1, innocent.length),
    recallByKind,
    missed,
    falselyRefused,
  }
}
