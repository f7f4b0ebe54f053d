import { numberWords, ordinals } from './number-words.ts'
import { mobile } from './phone-disguised.ts'
import type { Match, Reading } from './reading.ts'
import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'

/** With its first digit, or in the groups of a number without. */
const city = /^[78]?[3489]\d{9}$/
const american = /^[2-9]\d\d[2-9]\d{6}$/
const ukrainian = /^0[3-9]\d{8}$/
const australian = /^04\d{8}$/

const shortest = 10

/** Numbers told digit by digit, in brackets, one after the other in words, or each with its place. */
export function findDictated(reading: Reading): Match[] {
  const { text } = reading.folded
  if (reading.atoms.length < 2) return []
  return [
    ...(reading.digits >= shortest && /\d[ .·_/-]{1,3}\d[ .·_/-]{1,3}\d/.test(text) ? findDigitByDigit(reading) : []),
    ...(reading.digits >= shortest && /[[({]\d{3}[\])}]/.test(text) ? findBracketed(reading) : []),
    ...findInTurn(reading),
    ...findAlike(reading),
    ...findLabelled(reading),
  ]
}

const spread = (from: number, to: number): Match => ({ kind: 'PHONE', rule: 'phone.spread', from, to })

const run = /(?<![\p{L}\d.,_-])\d(?:[ .·_/-]{1,3}\d(?!\d)){9,10}(?![\p{L}\d]|[.,_-]\d| ?[.·_/-] ?\d)/gu
const groups = /^(?:1-)?3-3-(?:4|2-2)$/
/** Keys of tests have few answers to choose from. */
const beyondAnswers = /[6-90]/

/** "4 1 5 . 8 6 7 . 2 2 4 0", "8-9-6-5-4-4-1-0-9-2-8": digits by themselves, in the groups of a number or with one and the same sign. */
function findDigitByDigit({ folded: { text }, classes }: Reading): Match[] {
  const matches: Match[] = []
  for (const { 0: said, index } of text.matchAll(run)) {
    const signs = [...said.matchAll(/\D+/g)].map(([sign]) => sign.trim())
    const digits = said.replace(/\D/g, '')
    if (/^[01]+$/.test(digits) || signs.every((sign) => sign === '')) continue
    const uniform = signs.every((sign) => sign === signs[0])
    const whole = mobile.test(digits) || city.test(digits) || american.test(digits)
    if (!whole || (digits.length === 10 && !beyondAnswers.test(digits.slice(1)))) continue
    const listed = !mobile.test(digits) && (classes & (Is.data | Is.numbered)) !== 0
    const fits = uniform ? !listed && different(digits) > 3 : groups.test(shapeOf(signs))
    if (fits) matches.push(spread(index, index + said.length))
  }
  return matches
}

const different = (digits: string): number => new Set(digits).size

/** How many digits stand together: those with nothing but a space between. */
function shapeOf(signs: readonly string[]): string {
  const sizes = [1]
  for (const sign of signs) {
    if (sign === '') sizes[sizes.length - 1] = (sizes.at(-1) ?? 0) + 1
    else sizes.push(1)
  }
  return sizes.join('-')
}

const bracketed =
  /(?<![\p{L}\d])[[{(]\d{3}[\])}][ -]{0,2}(?:[[{(]\d{3}[\])}][ -]{0,2}[[{(](?:\d{4}|\d\d[\])}][ -]{0,2}[[{(]\d\d)[\])}])(?![\p{L}\d])/gu

/** "[718] [944] [0163]" */
const findBracketed = ({ classes, folded: { text } }: Reading): Match[] =>
  [...(classes & Is.data ? [] : text.matchAll(bracketed))].flatMap(({ 0: said, index }) =>
    american.test(said.replace(/\D/g, '')) ? [spread(index, index + said.length)] : [],
  )

const goesOn = /^(?:then|потом|дальше|далее|затем|potom|dalshe)$/
const mostAtoms = 11
const enoughWords = 3

/**
 * "six-one-seven, then 220, then 1984", "ноль шестьдесят семь, 412, 55, 19": when all digits of a message make one number, and are
 * said in words or one after the other.
 */
function findInTurn({ tokens, atoms, atomDigits, gaps, classes, parts, folded }: Reading): Match[] {
  if (atomDigits < 10 || atomDigits > 11 || atoms.length > mostAtoms || parts.size > 0) return []
  if (classes & Is.data && !folded.text.includes('area code')) return []
  const [first, last] = [atoms[0], atoms.at(-1)]
  const digits = atoms.map((atom) => atom.digits).join('')
  if (!first || !last) return []
  if (!mobile.test(digits) && !american.test(digits) && !ukrainian.test(digits) && !australian.test(digits)) return []
  const turns = tokens.slice(first.to, last.from).filter(({ text }) => goesOn.test(text)).length
  const words = atoms.filter((atom) => atom.words > 0).length
  const inWords = words >= enoughWords || (words > 0 && first.words > 0 && /^0/.test(digits))
  const mixed = words > 1 && words < atoms.length && gaps.every(({ kind }) => kind === 'tight')
  const told = turns > 1 || ((inWords || mixed || (mobile.test(digits) && turns > 0)) && !(classes & Is.numbered))
  const plain = gaps.slice(0, atoms.length - 1).every(({ text, kind }) => kind !== 'op' && !/[=+*/%]/.test(text))
  const measured = atoms.some(({ to }) => (tokens[to]?.classes ?? 0) & Is.unit && (tokens[to]?.text.length ?? 0) > 1)
  return told && plain && !measured ? [spread(first.start, last.end)] : []
}

const digitIn = ({ type, text }: Token): string | null => {
  if (type === 'number') return text.length === 1 ? text : null
  const word = numberWords.get(text)
  return word?.rank === 'unit' ? String(word.value) : null
}

const alike: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ate: '8',
    to: '2',
    too: '2',
    for: '4',
    fore: '4',
    won: '1',
    sicks: '6',
    tree: '3',
    nein: '9',
    o: '0',
  }),
)
const enoughSaid = 6

/** "my cell is ate nine too oh nine …": a row of digits in English words, some of which only sound like them. */
function findAlike({ tokens, classes }: Reading): Match[] {
  if (!(classes & Is.numberWord)) return []
  for (let first = 0; first < tokens.length; first++) {
    let digits = ''
    let said = 0
    let to = first
    for (; to < tokens.length && digits.length < 11; to++) {
      const token = tokens[to]
      const own = token?.type === 'word' ? digitIn(token) : null
      const digit = own ?? alike.get(token?.text ?? '')
      if (digit === undefined) {
        if (token?.type === 'symbol' && digits !== '' && /^[,-]$/.test(token.text)) continue
        break
      }
      if (own !== null) said++
      digits += digit
    }
    if (said >= enoughSaid && (mobile.test(digits) || american.test(digits)))
      return [spread(tokens[first]?.start ?? 0, tokens[to - 1]?.end ?? 0)]
    if (digits !== '') first = to - 1
  }
  return []
}

const label = (token: Token): number => (token.type === 'number' ? Number(token.text) : (ordinals.get(token.text) ?? 0))
const farthest = 4
const dialled = Is.phoneCue | Is.numberNoun

/** "первая цифра 8, вторая 9, …", "x1=8, x2=9, …" up to the tenth or eleventh. */
function findLabelled({ tokens, classes, folded: { text } }: Reading): Match[] {
  if (tokens.length < 2 * 11) return []
  let digits = ''
  let spoken = 0
  let from = -1
  let to = -1
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]
    if (!token || token.type === 'symbol' || label(token) !== digits.length + 1) continue
    for (let at = i + 1; at < tokens.length && at - i <= farthest; at++) {
      const digit = tokens[at] ? digitIn(tokens[at] as Token) : null
      if (digit === null) continue
      if (from < 0) from = token.start
      if (token.type === 'word') spoken++
      digits += digit
      to = tokens[at]?.end ?? to
      i = at
      break
    }
  }
  if (!mobile.test(digits)) return []
  return spoken > 9 || classes & dialled || /вы поняли|ты понял/.test(text) ? [spread(from, to)] : []
}
