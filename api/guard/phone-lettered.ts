import { laterLetterDigits, letterDigits } from './look-alikes.ts'
import { evenShapes } from './phone-doubts.ts'
import { type Match, maxMatches, type Reading } from './reading.ts'

const digitOf: ReadonlyMap<string, string> = new Map([...letterDigits, ...laterLetterDigits])
const signs = ' ()./_-'
/** As a number of eleven digits, with at most three signs between any two. */
const run =
  /(?<![\p{L}\d_])(?:[78]|[bв](?=[ ()./_-]{0,3}\d))[ ()./_-]{0,3}9(?:[ ()./_-]{0,3}[\doозliі|ӏбчszbвgq]){9}(?![\p{L}\d_])/gu
const enoughReal = 5
/** With so many digits as they are, any grouping will do. */
const mostlyReal = 7
const usual = /^(?:1-3-3-2-2|1-3-3-4|1-3-7|4-3-2-2|4-3-4|4-7|11|1-10|1-3-2-2-3|1-3-2-3-2|7-4|7-2-2|4-2-2-3)$/

/** "8 9I6 I23 SS 6З", "89l6-O44-Зб-7B": a mobile number of which several digits are letters drawn like them. */
export function findLettered({ folded: { text }, digits }: Reading): Match[] {
  if (digits < enoughReal) return []
  const matches: Match[] = []
  for (const found of text.matchAll(run)) {
    if (matches.length === maxMatches) break
    const [number] = found
    let real = 0
    let group = 0
    const groups: number[] = []
    for (const char of number) {
      if (char >= '0' && char <= '9') real++
      if (digitOf.has(char) || !signs.includes(char)) group++
      else if (group > 0) {
        groups.push(group)
        group = 0
      }
    }
    groups.push(group)
    const shape = groups.join('-')
    const grouped = usual.test(shape) || evenShapes.test(shape) || real >= mostlyReal
    // A stroke by itself parts columns.
    if (number.includes(' | ')) continue
    if (real === 11 || real < enoughReal || !grouped) continue
    matches.push({ kind: 'PHONE', rule: 'phone.letters', from: found.index, to: found.index + number.length })
  }
  return matches
}
