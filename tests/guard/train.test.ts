import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { learn } from './train/learn.ts'
import { shippedAs } from './train/shipped.ts'
import { textsToLearnFrom } from './train/texts.ts'

it('ships the weights that npm run guard:train makes of the corpus as it is', { timeout: 90_000 }, () => {
  const shipped = readFileSync(new URL('../../api/guard/trained-weights.ts', import.meta.url), 'utf8')
  // Not compared as texts: nobody wants to read how 60 KB differ.
  expect(shippedAs(learn(textsToLearnFrom())) === shipped).toBe(true)
})
