import type { Match, Reading } from './reading.ts'
import { Is } from './word-classes.ts'

/** Says that the digits of the message are to be dialled, or are somebody's number. */
const dial =
  /^(?:(?:по|пере|до)?звони(?:те)?|набери(?:те)?|набирай(?:те)?|наберете|дозвонитесь|диктую|звякни(?:те)?|телефону|войсом|тел|моб|мобильн[а-я]*|сотовый|сотик|домашний|оператора?|мтс|билайн|мегафон|теле2|ватсап|вотсап|вацап|вайбер|смс|dial|whatsapp|viber)$/
/** A number is told back to front, or its beginning last. */
const backwards: ReadonlySet<string> = new Set(
  'налево наоборот задом конца обратном backwards reverse reversed'.split(' '),
)
const turned =
  /^(?:впереди|спереди|вначале|сначала|начало|перед|код|кодом|первые|начинается|заканчивается|посередине|середине|конце)$/
const place = /^(?:перв|последн|между|начал|начин|конец|конц|заканч|серед|first|last|middle|starts|ends)/
const counted = /^(?:групп[аыу]?|цифр[аыу]?|част[иь]|раза?|блок[аов]*|пар[аыу]?|кусочк[а-я]+)$/

const phone =
  /^(?:[78]9\d{9}|9\d{9}|[78][348]\d{9}|[78]7[047]\d{8}|998\d{9}|375(?:2[459]|33|44|17)\d{7}|380\d{9}|77\d{9}|0[1-9]\d{8,9})$/
const shortest = 10
const maxAtoms = 16

/**
 * A number whose digits are dealt out over a message with anything between, when all of them together make one and the message
 * speaks of dialling: "Маша ела кашу в 8, потом в 9, 5, 2, 7, 7, 4, 1, 0, 3, 6. Звоните".
 */
export function findGathered(reading: Reading): Match[] {
  const { tokens, atoms, atomDigits, gaps, parts, classes } = reading
  if (atoms.length < 2 || atoms.length > maxAtoms + 4 || atomDigits < shortest) return []
  const reversed = tokens.some(({ text }) => backwards.has(text))
  if (!reversed && !(classes & (Is.phoneCue | Is.numberNoun | Is.messenger | Is.filler | Is.getInTouch))) return []
  const mine = tokens.some(
    ({ text }, i) => /^(?:номер|телефон)$/.test(text) && /^(?:мой|свой|личный|прямой)$/.test(tokens[i - 1]?.text ?? ''),
  )
  const places = new Set(tokens.map(({ text }) => place.exec(text)?.[0]).filter(Boolean)).size
  const dealt = places > 1 && atoms.some(({ digits, words }) => words === 0 && digits.length > 1)
  const ahead = tokens.some(({ text }) => /^(?:впереди|спереди)$/.test(text)) && atoms.at(-1)?.digits.length === 1
  if (!mine && !dealt && !reversed && !ahead && !tokens.some(({ text }) => dial.test(text))) return []
  // Sums and decimals are homework, whatever else is said; "8.9.1.6" is neither.
  const single = atoms.every(({ digits }) => digits.length === 1)
  if (gaps.some(({ kind, text }) => kind === 'op' || (text === '.' && !single) || text === '/')) return []
  const used = atoms.filter(({ from, to }, i) => {
    const next = tokens[to]
    if (parts.has(i) || /^[%$€₽£°]$/.test(next?.text ?? '') || counted.test(next?.text ?? '')) return false
    return (
      !((next?.classes ?? 0) & Is.unit && (next?.text.length ?? 0) > 1) &&
      !((tokens[from - 1]?.classes ?? 0) & Is.numbered)
    )
  })
  const digits = used.map((atom) => atom.digits)
  const said = (words: RegExp): boolean => tokens.some(({ text }) => words.test(text))
  const [first, last] = [used[0], used.at(-1)]
  if (!first || !last || digits.length < 2) return []
  const whole = digits.join('')
  const ways = [whole, writtenOf(used)]
  if (reversed) ways.push([...whole].reverse().join(''))
  if (said(turned) || dealt) ways.push(...turnedRound(digits))
  const city = said(/^(?:города|межгород|домашний|городской)$/) || (single && atoms.length === 10)
  if (ways.some((way) => phone.test(way) || (city && /^[348]\d{9}$/.test(way)))) {
    return [{ kind: 'PHONE', rule: 'phone.spread', from: first.start, to: last.end }]
  }
  const row = atoms.every(({ words }) => words === 0) ? rowWithin(digits) : null
  if (!row) return []
  return [
    {
      kind: 'PHONE',
      rule: 'phone.spread',
      from: used[row.first]?.start ?? first.start,
      to: used[row.last]?.end ?? last.end,
    },
  ]
}

/** Only what is in digits, where that is nearly all: "8 916, раз, два, 123-45-67". */
function writtenOf(atoms: Reading['atoms']): string {
  const written = atoms.filter(({ words }) => words === 0)
  return written.length > 3 && written.length >= atoms.length - 2 ? written.map(({ digits }) => digits).join('') : ''
}

/** Which numbers in the midst of others make one, from an operator's code on. */
function rowWithin(digits: readonly string[]): { first: number; last: number } | null {
  for (let first = 0; first < digits.length; first++) {
    if (!/^(?:[78]9?|[78]9\d\d|9\d\d)$/.test(digits[first] ?? '')) continue
    let row = ''
    let last = first
    for (; last < digits.length && row.length < 11; last++) row += digits[last]
    if (/^[78]9\d{9}$/.test(row) && digits.length - first > 3) return { first, last: last - 1 }
  }
  return null
}

/** The same numbers with their beginning last, or in the middle. */
function turnedRound(digits: readonly string[]): string[] {
  const [a, b, c] = digits
  const ways: string[] = digits.length === 3 ? [`${a}${c}${b}`, `${b}${a}${c}`, `${c}${b}${a}`] : []
  for (let i = 1; i < digits.length; i++) {
    for (let j = i; j < digits.length; j++)
      ways.push([...digits.slice(j), ...digits.slice(i, j), ...digits.slice(0, i)].join(''))
  }
  return ways
}
