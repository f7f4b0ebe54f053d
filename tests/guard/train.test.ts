import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { madeOf } from './train/made.ts'
import { textsToLearnFrom } from './train/texts.ts'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

it('ships the weights that npm run guard:train makes of the corpus as it is', { timeout: 60_000 }, () => {
  const made = madeOf(textsToLearnFrom(), read('../../api/guard/trained-weights.ts'))
  expect(made).toEqual(JSON.parse(read('train/made.json')))
})
