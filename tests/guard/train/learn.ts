import { type Example, scoreOf, trainSvm } from './svm.ts'
import type { Labelled } from './texts.ts'

/** Weights in steps, by feature key: what is shipped. */
export interface Learnt {
  bias: number
  weights: ReadonlyMap<number, number>
}

/** Chosen by cross-validation: see docs/decisions/evidence-beside-phrases.md. */
const cost = 0.1
/** A false refusal is worse than a miss. */
const costOfOrdinary = 2 * cost
/** A name or a card is mostly told by its characters: what is said beside it teaches less. */
const costOfKind = { INVITATION: cost, other: cost / 2 }
const epochs = 20
const rounds = 4
const rarest = 3
/** What a weight is rounded to, and what is too little to be shipped. */
const step = 0.01
const least = 0.015
const most = 127

/** Features that at least a few messages have, numbered. */
function vocabularyOf(texts: readonly Labelled[]): Map<number, number> {
  const counts = new Map<number, number>()
  for (const { windows } of texts) {
    for (const key of new Set(windows.flat())) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const keys = [...counts].filter(([, count]) => count >= rarest).map(([key]) => key)
  return new Map(keys.sort((a, b) => a - b).map((key, i) => [key, i]))
}

/**
 * Learns what makes a sentence an invitation. Labels are of messages, not of sentences: every sentence of an ordinary message is
 * ordinary, and of a message to refuse the sentence is learnt from that speaks for it most by what was learnt before.
 */
export function learn(texts: readonly Labelled[]): Learnt {
  const vocabulary = vocabularyOf(texts)
  const bias = vocabulary.size
  const vectorOf = (keys: readonly number[]): Int32Array =>
    Int32Array.from([...keys.flatMap((key) => vocabulary.get(key) ?? []), bias])
  const vectors = texts.map(({ windows }) => windows.map(vectorOf))
  let weights: Float64Array | null = null
  for (let round = 0; round < rounds; round++) {
    const examples = texts.flatMap((text, i) => examplesOf(text, vectors[i] ?? [], weights))
    weights = trainSvm(examples, bias + 1, epochs)
  }
  return rounded(vocabulary, weights ?? new Float64Array(bias + 1), bias)
}

function examplesOf(
  { invites, sample }: Labelled,
  windows: readonly Int32Array[],
  weights: Float64Array | null,
): Example[] {
  if (!invites) return windows.map((features) => ({ features, positive: false, cost: costOfOrdinary }))
  const own = sample.kind === 'INVITATION' ? costOfKind.INVITATION : costOfKind.other
  if (!weights) return windows.map((features) => ({ features, positive: true, cost: own / windows.length }))
  const scores = windows.map((features) => scoreOf(features, weights))
  const best = windows[scores.indexOf(Math.max(...scores))]
  return best ? [{ features: best, positive: true, cost: own }] : []
}

function rounded(vocabulary: ReadonlyMap<number, number>, weights: Float64Array, bias: number): Learnt {
  const steps = new Map<number, number>()
  for (const [key, feature] of vocabulary) {
    const weight = weights[feature] ?? 0
    if (Math.abs(weight) >= least) steps.set(key, Math.max(-most, Math.min(most, Math.round(weight / step))))
  }
  return { bias: Math.round((weights[bias] ?? 0) / step), weights: steps }
}

/** The evidence of a message's strongest sentence, in steps. */
export function evidenceOf({ windows }: Labelled, { bias, weights }: Learnt): number {
  const sums = windows.map((keys) => keys.reduce((sum, key) => sum + (weights.get(key) ?? 0), bias))
  return Math.max(Number.NEGATIVE_INFINITY, ...sums)
}
