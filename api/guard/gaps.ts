import type { Atom } from './atoms.ts'
import { remembered } from './remembered.ts'
import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'

/** What stands between two numbers. */
export interface Gap {
  text: string
  /** The same for gaps that say the same: the signs without white space around, or the white space alone. */
  sign: string
  /** space: nothing but white space; tight: punctuation; op: of formulas; filler: "потом"; far: words; broken: never one number. */
  kind: 'space' | 'tight' | 'op' | 'filler' | 'far' | 'broken'
}

const operators = /[=<>≤≥≈≠^√∫∑∈×÷%$€₽£°∞±]/
const maxGap = 25

/** No number goes on over this one. */
export const brokenGap: Gap = { text: '', sign: '', kind: 'broken' }

/** What follows each atom, up to the next; the last one is followed by nothing. */
export const gapsOf = (text: string, tokens: readonly Token[], atoms: readonly Atom[]): Gap[] =>
  atoms.map((atom, i) => {
    const next = atoms[i + 1]
    return next ? gapAfter(text, tokens, atom, next) : brokenGap
  })

function gapAfter(text: string, tokens: readonly Token[], a: Atom, b: Atom): Gap {
  const length = b.start - a.end
  if (length > maxGap) return brokenGap
  const between = text.slice(a.end, b.start)
  if (length <= maxSigns && !hasLetter.test(between)) return signsOf(between)
  const kind = kindOf(between, tokens, a, b)
  return kind === 'broken' ? brokenGap : { text: between, kind, sign: between.trim() }
}

/** Of signs and white space alone there are few, and they come again and again. */
const signsOf = remembered((text): Gap => {
  if (text.trim() === '') return { text, kind: 'space', sign: text.replace(/ +/g, ' ') }
  return { text, kind: operators.test(text) ? 'op' : 'tight', sign: text.trim() }
}, 5000)
const maxSigns = 9
const hasLetter = /\p{L}/u

/** "код 916, сам номер 777-00-11". */
const leadsOn = /^(?:сам|номер|идет|идут|будет|number)$/

function kindOf(text: string, tokens: readonly Token[], a: Atom, b: Atom): Gap['kind'] {
  if (text.trim() === '') return 'space'
  let letters = 0
  let fillers = 0
  let words = 0
  for (let t = a.to; t < b.from; t++) {
    const token = tokens[t]
    if (token?.type !== 'word') continue
    words++
    letters += token.end - token.start
    if (token.classes & (Is.filler | Is.dot) || leadsOn.test(token.text)) fillers++
    if (token.classes & Is.unit && token.end - token.start > 1) return 'broken'
  }
  if (operators.test(text)) return 'op'
  if (words === 0) return 'far'
  if (words === fillers || (words === 1 && letters <= 2 && text.length <= 4)) return 'filler'
  return 'far'
}
