import { isThousands } from './phone-candidate.ts'
import type { Facts } from './phone-doubts.ts'
import type { Reading } from './reading.ts'

const bareShapes = /^(?:3-3-2-2|3-3-4|3-7|3-2-2-3|3-2-3-2|3-4-3|6-2-2|6-4|3-3-3-1|3-5-2|3-2-5)$/
const britishShapes = /^(?:5-6|5-3-3|4-3-4|3-4-4|4-7|5-2-4|3-8|5-2-2-2|11)$/

/** Whether number words read like a number dictated rather than numerals in a row: as many begin, or digit by digit. */
export const isDictated = ({ digits, atoms }: Facts): boolean =>
  /^(?:9\d{9}|0\d{9,10}|[78]\d{10}|(?:375|380|998|996|995|994|374)\d{8,9})$/.test(digits) ||
  atoms.filter((atom) => atom.digits.length > 1).length <= 3

/** The shape where digits said one by one are a group: "ноль шесть семь 318 22 45" is 3-3-2-2. */
export function spokenTogether(atoms: Facts['atoms']): string {
  const groups: number[] = []
  let spoken = 0
  for (const { digits, words } of atoms) {
    const single = words === 1 && digits.length === 1
    if (single && spoken > 0 && spoken < 4) groups[groups.length - 1] = ++spoken
    else {
      groups.push(digits.length)
      spoken = single ? 1 : 0
    }
  }
  return groups.join('-')
}

/** Ten digits without the code of a country: Russian mobile and city numbers, Ukrainian and Belarusian ones. */
export function isBare(digits: string, shape: string, grouped: boolean): boolean {
  if (/^9/.test(digits) && bareShapes.test(shape)) return true
  if (/^[3489]/.test(digits) && grouped && /^(?:3-3-2-2|4-2-2-2|3-7)$/.test(shape)) return true
  return (
    /^0(?:[3-9]|25|29)/.test(digits) &&
    (/^(?:3-3-2-2|3-3-4|3-7)$/.test(shape) || (grouped && /^(?:4-2-2-2|4-3-3|1-2-3-2-2)$/.test(shape)))
  )
}

/** American and British numbers. */
export function isEnglish({ digits, shape, n, words, grouped, said, reading, atoms }: Facts): boolean {
  if (n === 11 && /^0[1-9]/.test(digits) && britishShapes.test(shape)) return true
  // German mobile numbers.
  if ((n === 11 || n === 12) && /^01[567]/.test(digits) && /^(?:4(?:-[2-4]){3}|4-[78]|4-4-[34])$/.test(shape))
    return true
  const bracketed = shape === '3-7' && reading.folded.text.charAt((atoms[0]?.start ?? 0) - 1) === '('
  const american =
    (n === 10 && (shape === '3-3-4' || bracketed)) || (n === 11 && digits.startsWith('1') && shape === '1-3-3-4')
  if (american) return grouped || said.cue || !hasRussian(reading)
  return n === 10 && words >= 3 && /^[2-9]/.test(digits) && /^(?:3|1-1-1|2-1|1-2)-(?:3|1-1-1|2-1|1-2)-/.test(shape)
}

/** With the code of a country whose numbers have that length. */
const abroad =
  /^(?:447\d{9}|491[5-7]\d{8,9}|1[2-9]\d{9}|380\d{9}|375\d{9}|998\d{9}|996\d{9}|9725\d{8}|905\d{9}|336\d{8}|346\d{8}|3[49]\d{10}|48[5-8]\d{8}|4207\d{8})$/

/** Groups of two to five after a code, or digit by digit. */
const cuedGroups = /^(?:[1-5]-)?(?:[1-5]-)?(?:[2-5]-){0,5}[1-7]$|^1(?:-1){6,11}$/

/** With "тел" or "call me" beside it less is enough, but years, prices, ranges and versions are still none. */
export function isCued({ digits, shape, atoms, words, gaps, grouped }: Facts): boolean {
  const n = digits.length
  if (n > 13 || (isThousands(shape) && !gaps.every(({ text }) => text === '-')) || /^(\d)-\1$/.test(shape)) return false
  if (words > 0) return n >= 7
  if (gaps.length > 0 && gaps.every(({ text }) => text === '.') && !/^(?:3-2-2|3-4|3-3-2-2)$/.test(shape)) return false
  if (gaps.some(({ text }) => /[;:²³·]|\)\s*,/.test(text))) return false
  if (abroad.test(digits) && atoms.length <= 8) return true
  if (n >= 7)
    return atoms.length === 1 || (cuedGroups.test(shape) && (grouped || n >= 9)) || /^(?:3-2-2|3-4|1-3-3)$/.test(shape)
  return grouped && /^(?:2-2-2|1-2-2|3-3)$/.test(shape)
}

const hasRussian = ({ tokens }: Reading): boolean =>
  tokens.some(({ type, text }) => type === 'word' && /[а-я]/.test(text))
