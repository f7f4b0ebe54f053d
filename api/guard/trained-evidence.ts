import { isAboutElse } from './evidence-doubts.ts'
import { type Match, maxMatches, type Reading } from './reading.ts'
import { remembered } from './remembered.ts'
import {
  keyOfTraits,
  keysOfWord,
  type Listener,
  tellFeatures,
  traitCount,
  type Window,
  windowsOf,
} from './sentence-features.ts'
import type { Token } from './tokens.ts'
import { trained } from './trained-weights.ts'

const bytesPerWeight = 4

/** Weights by key, in a table with twice as many places as it needs: a key stands at its place or right after it. */
function tableOf(packed: string): { keys: Int32Array; weights: Int8Array; mask: number } {
  const bytes = Uint8Array.from(atob(packed), (char) => char.charCodeAt(0))
  const size = 2 ** Math.ceil(Math.log2((2 * bytes.length) / bytesPerWeight + 2))
  const mask = size - 1
  const keys = new Int32Array(size).fill(-1)
  const weights = new Int8Array(size)
  for (let i = 0; i < bytes.length; i += bytesPerWeight) {
    const key = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    let at = key & mask
    while (keys[at] !== -1) at = (at + 1) & mask
    keys[at] = key
    weights[at] = bytes[i + 3] ?? 0
  }
  return { keys, weights, mask }
}

const { keys, weights, mask } = tableOf(trained.weights)

function weightOf(key: number): number {
  let at = key & mask
  while (keys[at] !== key) {
    if (keys[at] === -1) return 0
    at = (at + 1) & mask
  }
  return weights[at] ?? 0
}

const weightOfWord = remembered((word): number => keysOfWord(word).reduce((sum, key) => sum + weightOf(key), 0), 20_000)

/** What two traits weigh together, by both: there are many such pairs in every sentence. */
const weightsOfTraits = Int8Array.from({ length: traitCount * traitCount }, (_, pair) =>
  weightOf(keyOfTraits(Math.floor(pair / traitCount), pair % traitCount)),
)

/** Adds up weights; one for all sentences, since a listener for each costs more than most of them say. */
class Adder implements Listener {
  sum = 0
  word(word: string): void {
    this.sum += weightOfWord(word)
  }
  feature(key: number): void {
    this.sum += weightOf(key)
  }
  together(one: number, other: number): void {
    this.sum += weightsOfTraits[one * traitCount + other] ?? 0
  }
}

const adder = new Adder()

/** How much a window speaks for an invitation, in steps of the weights. */
function evidenceIn(tokens: readonly Token[], window: Window): number {
  adder.sum = trained.bias
  tellFeatures(tokens, window, adder)
  return adder.sum
}

/** A sentence and how much it speaks for an invitation. */
export interface Weighed {
  window: Window
  evidence: number
}

/** Weighs each sentence of a text. */
export const weighSentences = ({ tokens }: Reading): Weighed[] =>
  windowsOf(tokens).map((window) => ({ window, evidence: evidenceIn(tokens, window) }))

/** Invitations and payments past the marketplace, by what a sentence says as a whole, as learnt from the corpus. */
export function findTrained({ tokens }: Reading, sentences: readonly Weighed[]): Match[] {
  const matches: Match[] = []
  for (const sentence of sentences) {
    if (matches.length >= maxMatches) break
    if (sentence.evidence < trained.enough || isAboutElse(tokens, sentence)) continue
    const { from, to } = strongestPart(tokens, sentence.window)
    matches.push({
      kind: 'INVITATION',
      rule: 'invitation.evidence',
      from: tokens[from]?.start ?? 0,
      to: tokens[to]?.end ?? 0,
    })
  }
  return matches
}

/**
 * The evidence around [from, to) of the folded text: of the sentences that it is in and those next to them, whichever speaks for an
 * invitation most.
 */
export function evidenceAround(
  { tokens }: Reading,
  sentences: readonly Weighed[],
  { from, to }: Pick<Match, 'from' | 'to'>,
): number {
  let most = Number.NEGATIVE_INFINITY
  sentences.forEach(({ window }, i) => {
    const starts = tokens[window.from]?.start ?? 0
    const ends = tokens[window.to - 1]?.end ?? 0
    if (ends <= from || starts >= to) return
    for (let near = Math.max(0, i - 1); near <= i + 1; near++) most = Math.max(most, sentences[near]?.evidence ?? most)
  })
  return most
}

/** Keeps what each token of a window weighs. */
class Placer implements Listener {
  readonly said: Float64Array
  readonly from: number
  constructor({ from, to }: Window) {
    this.said = new Float64Array(to - from)
    this.from = from
  }
  word(word: string, at: number): void {
    this.add(weightOfWord(word), at)
  }
  feature(key: number, at: number): void {
    this.add(weightOf(key), at)
  }
  together(): void {}
  private add(weight: number, at: number): void {
    this.said[at - this.from] = (this.said[at - this.from] ?? 0) + weight
  }
}

/** The first and the last token of the part that speaks for it most: what is around it says nothing or the contrary. */
function strongestPart(tokens: readonly Token[], window: Window): Window {
  const placer = new Placer(window)
  tellFeatures(tokens, window, placer)
  let best = { from: window.from, to: window.to - 1 }
  let most = 0
  let sum = 0
  let from = 0
  for (const [at, weight] of placer.said.entries()) {
    if (sum <= 0) {
      sum = 0
      from = at
    }
    sum += weight
    if (sum > most) {
      most = sum
      best = { from: window.from + from, to: window.from + at }
    }
  }
  return best
}
