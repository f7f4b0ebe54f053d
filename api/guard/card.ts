import { goesOnBefore, isEmbedded, isMonotone, isNear } from './phone-candidate.ts'
import { has, type Match, maxMatches, type Reading } from './reading.ts'
import { Is } from './word-classes.ts'

/** Lengths and first digits that payment systems give out (ISO/IEC 7812): Mir, Visa, Mastercard, Maestro, UnionPay, American Express. */
const issued =
  /^(?:220[0-5]\d{12,15}|4\d{15}|4\d{12}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|(?:5[06-9]|6\d)\d{14,17}|3[47]\d{13}|(?:9860|8600|5614|9112|9417)\d{12})$/

/** The check digit of ISO/IEC 7812-1, annex B. */
export function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i])
    const doubled = i % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** Payment cards: the right length, the right first digits, the right check digit; or "карта" and four groups of four. */
export function findCards(reading: Reading): Match[] {
  const { atoms, tokens, atomDigits: total } = reading
  const matches: Match[] = []
  if (total < 13 || isLesson(reading)) return matches
  const { gaps, parts } = reading
  let i = 0
  while (i < atoms.length && matches.length < maxMatches) {
    let digits = ''
    let found = -1
    let shape = ''
    const before = gaps[i - 1]
    const begins = /^[2-689]/.test(atoms[i]?.digits ?? '') && !goesOnBefore(reading, gaps, i)
    for (let last = i; begins && last < atoms.length && last - i < 19 && !parts.has(last); last++) {
      const kind = gaps[last - 1]?.kind
      if (
        last > i &&
        ((kind !== 'space' && kind !== 'tight' && !(kind === 'filler' && total === 16)) ||
          /[:|`]/.test(gaps[last - 1]?.text ?? ''))
      )
        break
      // Begun in the middle of a longer row of numbers it is a part of the data.
      if (last > i && before && isNear(before) && before.sign === gaps[last - 1]?.sign) break
      digits += atoms[last]?.digits ?? ''
      shape += atoms[last]?.digits.length
      if (digits.length > 19) break
      if (digits.length < 13) continue
      const real = issued.test(digits)
      if (!real && shape !== '4444') continue
      if (isEmbedded(reading, gaps, i, last)) continue
      const first = atoms[i]
      const run = { atoms: atoms.slice(i, last + 1), gaps: gaps.slice(i, last) }
      const paid =
        real &&
        shape === '4444' &&
        tokens[(first?.from ?? 0) - 1]?.text === 'на' &&
        has(tokens, (first?.from ?? 0) - 4, first?.from ?? 0, Is.pay)
      const told =
        first && saysCard(reading, first.from, atoms[last]?.to ?? 0) && (shape === '4444' || digits.length >= 16)
      const bought =
        real && shape === '4444' && first !== undefined && speaksOfMoney(reading, first.from, atoms[last]?.to ?? 0)
      if (paid || told || bought) found = last
      else if (
        real &&
        passesLuhn(digits) &&
        !isStepped(run) &&
        looksGrouped(
          shape,
          run.gaps.filter(({ kind }) => kind !== 'filler'),
          digits.length === 16 && run.atoms.length <= maxGroups,
        )
      ) {
        if (!has(tokens, (first?.from ?? 0) - 6, first?.from ?? 0, Is.data)) found = last
      }
    }
    if (found >= 0) {
      matches.push({ kind: 'CARD', rule: 'card.number', from: atoms[i]?.start ?? 0, to: atoms[found]?.end ?? 0 })
      i = found
    }
    i++
  }
  return matches
}

/** Numbers that rise or fall in steps much smaller than themselves: years, a row of data. */
function isStepped(run: Parameters<typeof isMonotone>[0]): boolean {
  if (!isMonotone(run)) return false
  const values = run.atoms.map(({ digits }) => Number(digits))
  return values.every((value, i) => i === 0 || Math.abs(value - (values[i - 1] ?? 0)) < 700)
}

/** In what groups cards are written; "88", "2222…" only with a sign that isn't a list's. */
function looksGrouped(shape: string, gaps: readonly { sign: string }[], few: boolean): boolean {
  if (gaps.some(({ sign }) => /[,;+*=]/.test(sign))) return false
  if (few) return true
  if (/^(?:4444|\d\d|88|466?4?|465|4443|44443|412|124|8[2-8]|610|64444?|4[48]4?|44[48]|844)$/.test(shape)) return true
  if (/^1{15,16}$|^2{8}$/.test(shape)) return new Set(gaps.map(({ sign }) => sign)).size === 1
  return false
}

/** "алгоритм Луна на примере …": what a check digit is explained with. */
const isLesson = ({ tokens, classes }: Reading): boolean =>
  !(classes & Is.bank) && tokens.some(({ text }) => /^(?:луна|luhn|луном|википеди[а-я]+)$/.test(text))

/** Rows of data have more numbers than a card is ever cut into. */
const maxGroups = 6

const money =
  /^(?:деньг[а-я]*|оплат[а-я]+|предоплат[а-я]+|аванс[а-я]*|остаток|половин[ау]|получател[ья]|доплат[а-я]+|перевод[а-я]*|сумм[а-я]+|refund|payment|money|pay|deposit)$/

const speaksOfMoney = ({ tokens }: Reading, at: number, to: number): boolean =>
  (tokens.slice(Math.max(0, at - 8), at).some(({ text, classes }) => money.test(text) || (classes & Is.pay) !== 0) ||
    tokens.slice(to, to + 4).some(({ text }) => money.test(text))) &&
  !has(tokens, at - 8, to + 4, Is.data)

const cardWords =
  /^(?:карт[аеуы]|карточк[аеу]|карту|картой|card|cards|visa|mastercard|мир|виза|реквизит[ыа]?|сбер.*|тинь.*|альф.*|втб)$/

const saysCard = ({ tokens }: Reading, at: number, to: number): boolean =>
  [...tokens.slice(Math.max(0, at - 8), at), ...tokens.slice(to, to + 4)].some(
    ({ text, classes }) => cardWords.test(text) || (classes & Is.bank) !== 0,
  )
