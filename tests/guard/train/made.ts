import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { learn } from './learn.ts'
import { shippedAs } from './shipped.ts'
import type { Labelled } from './texts.ts'

/** What shipped weights were made of and by: kept beside them, so that a test need not learn for half a minute to know. */
export interface Made {
  /** Of all that is learnt from, as features, of the learner's own text, and of the weights that came of them. */
  whole: string
  /** Of the weights that a few of the messages yield: the learner comes to the same on every machine. */
  sample: string
}

const learner = ['learn.ts', 'svm.ts', 'shipped.ts']
const everyOf = 40

/** @param shipped the text of api/guard/trained-weights.ts */
export function madeOf(texts: readonly Labelled[], shipped: string): Made {
  const whole = createHash('sha256')
  for (const { invites, sample, windows } of texts)
    whole.update(`${invites} ${sample.kind} ${windows.map((keys) => keys.join()).join(' ')}\n`)
  for (const file of learner) whole.update(readFileSync(new URL(file, import.meta.url)))
  whole.update(shipped)
  const few = shippedAs(learn(texts.filter((_, i) => i % everyOf === 0)))
  return { whole: whole.digest('hex'), sample: createHash('sha256').update(few).digest('hex') }
}
