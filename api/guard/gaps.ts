import type { Atom } from './atoms.ts'
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

const oneSpace: Gap = { text: ' ', sign: ' ', kind: 'space' }

/** What follows each atom, up to the next; the last one is followed by nothing. */
export const gapsOf = (text: string, tokens: readonly Token[], atoms: readonly Atom[]): Gap[] =>
  atoms.map((atom, i) => {
    const next = atoms[i + 1]
    return next ? gapAfter(text, tokens, atom, next) : brokenGap
  })

function gapAfter(text: string, tokens: readonly Token[], a: Atom, b: Atom): Gap {
  if (b.start - a.end === 1 && text.charAt(a.end) === ' ') return oneSpace
  const gap = readGap(text, tokens, a, b)
  if (gap.kind === 'broken') return brokenGap
  return { ...gap, sign: gap.kind === 'space' ? gap.text.replace(/ +/g, ' ') : gap.text.trim() }
}

function readGap(source: string, tokens: readonly Token[], a: Atom, b: Atom): Omit<Gap, 'sign'> {
  if (b.start - a.end > maxGap) return { text: '', kind: 'broken' }
  const text = source.slice(a.end, b.start)
  if (text.trim() === '') return { text, kind: 'space' }
  let letters = 0
  let fillers = 0
  let words = 0
  for (let t = a.to; t < b.from; t++) {
    const token = tokens[t]
    if (token?.type !== 'word') continue
    words++
    letters += token.end - token.start
    if (token.classes & Is.filler) fillers++
    if (token.classes & Is.unit && token.end - token.start > 1) return { text, kind: 'broken' }
  }
  if (operators.test(text)) return { text, kind: 'op' }
  if (words === 0) return { text, kind: text.length <= 6 ? 'tight' : 'far' }
  if (words === fillers || (words === 1 && letters <= 2 && text.length <= 4)) return { text, kind: 'filler' }
  return { text, kind: 'far' }
}
