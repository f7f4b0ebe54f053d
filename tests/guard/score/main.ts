/** `npm run guard:score`: how the guard does on the development corpus, beside two baselines. */
import { partOf } from '../corpus/corpus.ts'
import { judges } from './baselines.ts'
import { scoreOf } from './score.ts'

const percent = (value: number): string => `${(value * 100).toFixed(1)}%`

for (const split of ['tune', 'held-out', 'kept', 'kept-adversarial'] as const) {
  const { refused, allowed } = partOf(split)
  console.log(`\n${split}: ${refused.length} to refuse, ${allowed.length} to allow`)
  const rows: Record<string, Record<string, string>> = {}
  for (const [name, judge] of Object.entries(judges)) {
    const { recall, precision, falsePositiveRate, recallByKind } = scoreOf(judge, split)
    const byKind = Object.entries(recallByKind).map(([kind, value]) => [kind, percent(value)])
    rows[name] = {
      precision: percent(precision),
      recall: percent(recall),
      'false positives': percent(falsePositiveRate),
      ...Object.fromEntries(byKind),
    }
  }
  console.table(rows)
  if (process.argv.includes('--failures') && split === 'tune') {
    const { missed, falselyRefused } = scoreOf(judges.guard ?? (() => true), split)
    for (const { id, kind, text } of missed) console.log('missed', id, kind, JSON.stringify(text))
    for (const { id, text } of falselyRefused) console.log('falsely refused', id, JSON.stringify(text))
  }
}
