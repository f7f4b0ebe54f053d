import { readFileSync } from 'node:fs'
import { enDemo } from '../../../api/demo/content/en/index.ts'
import { ruDemo } from '../../../api/demo/content/ru/index.ts'
import { read } from '../../../api/guard/reading.ts'
import { keyOfTraits, keysOfWord, tellFeatures, windowsOf } from '../../../api/guard/sentence-features.ts'
import { allowed, refused, type Sample } from '../corpus/corpus.ts'
import { cardFamilies } from '../generated/cards.ts'
import { invitationFamilies } from '../generated/invitations.ts'
import { ordinaryNumbers } from '../generated/ordinary.ts'
import { ordinaryHomework } from '../generated/ordinary-homework.ts'
import { type Family, randomFrom } from '../generated/random.ts'

/** A message to learn from, or to judge by what was learnt from others. */
export interface Labelled {
  sample: Pick<Sample, 'id' | 'text' | 'kind'>
  /** Leads off the marketplace by what it says. */
  invites: boolean
  /** Which round of writing it is from: other people, or another day. */
  round: number
  /** Feature keys of its sentences. */
  windows: readonly (readonly number[])[]
}

/** Last numbers of the ids of each round, refused and allowed; what is after them is one round more, and `written.jsonl` another. */
const rounds = {
  refused: [1060, 1411, 1841, 2321, 2561, 3357, 3757, 4317, 4669, 4924, 5251, 5668, 5968, 6253, 6699, 7099],
  allowed: [999, 1413, 2332, 3725, 4423, 5500, 5996, 7752, 8668, 8818, 9018, 9436, 9936, 9936, 10385, 10785],
}

function roundOf(id: string, ends: readonly number[]): number {
  const number = Number(id.slice(1))
  const round = ends.findIndex((end) => number <= end)
  return round < 0 ? ends.length : round
}

/** More digits than these make a number of a card or a phone, which is told by rules. */
const mostDigits = 11

/** Whether it is words that make a message one to refuse. */
const invitesByWords = ({ kind, text }: Sample): boolean =>
  kind === 'INVITATION' || kind === 'HANDLE' || (kind === 'CARD' && (text.match(/\d/g)?.length ?? 0) <= mostDigits)

function keysIn(text: string): number[][] {
  const { tokens } = read(text)
  return windowsOf(tokens).map((window) => {
    const keys = new Set<number>()
    tellFeatures(tokens, window, {
      word: (word) => {
        for (const key of keysOfWord(word)) keys.add(key)
      },
      feature: (key) => keys.add(key),
      together: (one, other) => keys.add(keyOfTraits(one, other)),
    })
    return [...keys]
  })
}

const labelled = (sample: Labelled['sample'], invites: boolean, round: number): Labelled => ({
  sample,
  invites,
  round,
  windows: keysIn(sample.text),
})

function writtenFor(round: number): Labelled[] {
  const lines = readFileSync(new URL('written.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n')
  return lines.map((line) => {
    const { id, label, text } = JSON.parse(line) as { id: string; label: 'refuse' | 'allow'; text: string }
    return labelled({ id, text, kind: 'INVITATION' }, label === 'refuse', round)
  })
}

/** Few of each family: they are all alike. Another seed than the tests have. */
const perFamily = 60
const seed = 7

function generated(families: Readonly<Record<string, Family>>, invites: boolean, round: number): Labelled[] {
  const random = randomFrom(seed)
  return Object.entries(families).flatMap(([name, family]) =>
    Array.from({ length: perFamily }, (_, i) =>
      labelled({ id: `${name} ${i}`, text: family(random), kind: 'INVITATION' }, invites, round),
    ),
  )
}

/** Payments that are told in words: `cards.ts` has the numbers too. */
const paymentFamilies: Readonly<Record<string, Family>> = cardFamilies.transfer
  ? { transfer: cardFamilies.transfer }
  : {}

const demoLines = (): string[] =>
  [ruDemo, enDemo].flatMap(({ orders }) => orders.flatMap(({ lines }) => lines.map(({ text }) => text)))

/**
 * All texts to learn from: the corpus, but for messages that only make sense after others, what was
 * written to be learnt from, a little of what the tests' grammars write, and the demo.
 */
export function textsToLearnFrom(): Labelled[] {
  const alone = ({ recentTexts }: Sample): boolean => !recentTexts
  return [
    ...refused
      .filter((sample) => alone(sample) && invitesByWords(sample))
      .map((sample) => labelled(sample, true, roundOf(sample.id, rounds.refused))),
    ...allowed.filter(alone).map((sample) => labelled(sample, false, roundOf(sample.id, rounds.allowed))),
    ...writtenFor(rounds.refused.length + 1),
    ...generated({ ...invitationFamilies, ...paymentFamilies }, true, rounds.refused.length + 2),
    ...generated({ ...ordinaryNumbers, ...ordinaryHomework }, false, rounds.refused.length + 2),
    ...demoLines().map((text, i) => labelled({ id: `demo ${i}`, text }, false, rounds.refused.length + 3)),
  ]
}
