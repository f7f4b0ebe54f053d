import type { Atom } from './atoms.ts'

const isOctet = (digits: string): boolean => digits.length <= 3 && Number(digits) < 256

/** The sign between an atom and the next; a space where they don't touch it. */
function between(text: string, atoms: readonly Atom[], i: number): string {
  const [a, b] = [atoms[i], atoms[i + 1]]
  return a && b && b.start - a.end < 2 && a.words + b.words === 0 ? text.slice(a.end, b.start) : ' '
}

const digitsOf = (atoms: readonly Atom[], i: number): string => atoms[i]?.digits ?? ''
const none: ReadonlySet<number> = new Set()

/** The atoms that are part of a date, a time of day or an IP address: never of a phone number. */
export function formulaParts(text: string, atoms: readonly Atom[]): ReadonlySet<number> {
  if (atoms.length < 2) return none
  const parts = new Set<number>()
  for (let i = 0; i + 1 < atoms.length; i++) {
    const first = between(text, atoms, i)
    if (first === ' ') continue
    const [a, b, c, d] = [digitsOf(atoms, i), digitsOf(atoms, i + 1), digitsOf(atoms, i + 2), digitsOf(atoms, i + 3)]
    const second = between(text, atoms, i + 1)
    const third = between(text, atoms, i + 2)
    if (
      first === '.' &&
      second === '.' &&
      third === '.' &&
      [a, b, c, d].every(isOctet) &&
      between(text, atoms, i + 3) !== '.' &&
      between(text, atoms, i - 1) !== '.'
    ) {
      for (let k = 0; k < 4; k++) parts.add(i + k)
    } else if (
      /^[./-]$/.test(first) &&
      first === second &&
      third !== first &&
      between(text, atoms, i - 1) !== first &&
      isDate(a, b, c, first)
    ) {
      for (let k = 0; k < 3; k++) parts.add(i + k)
    } else if (
      first === ':' &&
      between(text, atoms, i - 1) !== ':' &&
      a.length <= 2 &&
      Number(a) < 25 &&
      b.length === 2 &&
      Number(b) < 60 &&
      second !== '-'
    ) {
      parts.add(i).add(i + 1)
      if (second === ':' && c.length === 2) parts.add(i + 2)
    }
  }
  return parts
}

function isDate(a: string, b: string, c: string, sign: string): boolean {
  const month = Number(b) >= 1 && Number(b) <= 12
  if (a.length === 4 && /^(?:1[5-9]|20)/.test(a)) return month && b.length <= 2 && c.length <= 2 && Number(c) <= 31
  if (a.length > 2 || b.length > 2 || Number(a) > 31 || Number(a) < 1) return false
  const year = c.length === 4 && /^(?:1[0-9]|20)/.test(c)
  return (month || (sign === '/' && Number(b) <= 31)) && (year || (c.length === 2 && sign !== '-'))
}
