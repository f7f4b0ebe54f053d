/**
 * `npm run guard:train`: learns the weights of api/guard/trained-weights.ts from the corpus. With `-- --judge`: says how it does on
 * rounds of writing that it didn't learn from.
 */
import { writeFileSync } from 'node:fs'
import { judge } from './judge.ts'
import { learn } from './learn.ts'
import { madeOf } from './made.ts'
import { shippedAs } from './shipped.ts'
import { textsToLearnFrom } from './texts.ts'

const texts = textsToLearnFrom()
if (process.argv.includes('--judge')) judge(texts)
else {
  const learnt = learn(texts)
  const shipped = shippedAs(learnt)
  writeFileSync(new URL('../../../api/guard/trained-weights.ts', import.meta.url), shipped)
  const made = JSON.stringify(madeOf(texts, shipped), null, 2)
  writeFileSync(new URL('made.json', import.meta.url), `${made}\n`)
  console.log(`${texts.length} messages, ${learnt.weights.size} weights`)
}
