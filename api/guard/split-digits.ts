import { passesLuhn } from './card.ts'
import type { Match, Reading } from './reading.ts'
import { Is } from './word-classes.ts'

/** What tells that a number comes in parts. */
const parts =
  /^(?:дальше|далее|потом|затем|вторая|второй|первая|первые|последние|последн.*|конец|начало|начинается|половина|часть|частями|продолжение|остальное|оставшиеся|ниже|следующие|теперь|ща|еще|запиши(?:те)?|пиши(?:те)?|лови|номер.*|телефон.*|сот.*|плюс|rest|then|next|first|last|second|half|starts?|ends?|part|number)$/
const phone = /^(?:[78]9\d{9}|9\d{9}|[78][3478]\d{9}|375(?:25|29|33|44|17)\d{7}|998\d{9}|380\d{9})$/
/** A number without the code of its country, where halves are spoken of. */
const local = /^(?:9[0134579]|33|88|25|29|44)\d{7}$/
const halves = /^(?:первая|вторая|половина|половинка|код)$/
const card = /^[2-689]\d{15}$/

/** Whether a text may have a part of such a number in it: most have none, and what was said before need not be read for them. */
export const mayHavePart = (text: Reading): boolean =>
  text.atoms.length > 0 && (tellsMiddle(text) || digitsOf(text).some(({ length }) => length > 1))

/**
 * Digits dealt out over messages with words between, when together they make a whole phone or card number and nothing is left
 * over: "телефон начинается так 8 999 613", "44 17 это вторая половина".
 *
 * @param before what was said before, newest last
 */
export function findSplitDigits(text: Reading, before: readonly Reading[]): Match[] {
  const last = text.atoms.at(-1)
  const first = text.atoms[0]
  if (!first || !last) return []
  const all = [...before, text]
  if (!all.some(saysSo) || !(all.some(meansNumber) || all.filter(namesPart).length > 1)) return []
  const turned = inTheMiddle(text, before)
  if (turned) return [{ kind: 'PHONE', rule: 'split', from: first.start, to: last.end }]
  // What the digits so far can be, with this text's own first or last.
  let wholes = digitsOf(text).filter(({ length }) => length > 1)
  for (const reading of [...before].reverse()) {
    const more = digitsOf(reading)
    if (more.length === 0) continue
    wholes = [...new Set(wholes.flatMap((whole) => more.flatMap((part) => [part + whole, whole + part])))].filter(
      ({ length }) => length <= 16,
    )
    const whole = wholes.find(
      (digits) =>
        phone.test(digits) ||
        (local.test(digits) && text.tokens.some((token) => halves.test(token.text))) ||
        isCard(digits, text),
    )
    if (whole) return [{ kind: whole.length === 16 ? 'CARD' : 'PHONE', rule: 'split', from: first.start, to: last.end }]
  }
  return []
}

const tellsMiddle = ({ tokens }: Reading): boolean =>
  tokens.some((token) => /^(?:серед|между|middle|between)/.test(token.text))

/** "начинается на 8903", "заканчивается на 1215", "в середине 400". */
function inTheMiddle(text: Reading, before: readonly Reading[]): boolean {
  if (!tellsMiddle(text)) return false
  const [middle] = digitsOf(text)
  const [a, b] = before.map((reading) => digitsOf(reading)[0]).filter((digits) => digits !== undefined)
  return (
    middle !== undefined &&
    a !== undefined &&
    b !== undefined &&
    [a + middle + b, b + middle + a].some((whole) => phone.test(whole))
  )
}

const isCard = (digits: string, { atoms }: Reading): boolean =>
  card.test(digits) && passesLuhn(digits) && atoms.every((atom) => atom.digits.length % 4 === 0)

const spokenOf =
  /^(?:номер|телефон|тел$|моб|сот(?:ик|ов)|(?:по|пере)?звон|набер|набир|запиш|диктую|цифр|код|карт[аеуы]|перевод|оператор|мтс$|билайн|мегафон|number$|digits$|phone$|call$)/

/** Whether it is a phone's or a card's number that is spoken of. */
const meansNumber = ({ tokens, classes }: Reading): boolean =>
  (classes & Is.messenger) !== 0 || tokens.some(({ text }) => spokenOf.test(text))

const partName =
  /^(?:начало|начинается|заканчивается|середин[ае]|конец|первая|первые|последние|вторая|третья|половина|часть|кусок|остаток|beginning|middle|end|starts|ends)$/

/** "начало 8912", "конец 6789": two messages that say so need no more. */
const namesPart = ({ tokens }: Reading): boolean => tokens.some(({ text }) => partName.test(text))

const saysSo = ({ tokens, classes }: Reading): boolean =>
  (classes & Is.phoneCue) !== 0 || tokens.some((token) => parts.test(token.text))

/** All digits of a text, and those without its number words ("последние семь"); none where they count something or are a date or a time. */
function digitsOf({ atoms, gaps, parts: formulas, tokens }: Reading): string[] {
  if (
    formulas.size > 0 ||
    gaps.some(({ kind, text }) => kind === 'op' || text === '/') ||
    tokens.some(({ text }) => /^[=×÷<>]$/.test(text))
  )
    return []
  let all = ''
  let written = ''
  for (const atom of atoms) {
    const next = tokens[atom.to]
    if ((next?.classes ?? 0) & (Is.unit | Is.numbered) || /^[%$€₽£°=]$/.test(next?.text ?? '')) return []
    if ((tokens[atom.from - 1]?.classes ?? 0) & Is.numbered || tokens[atom.from - 1]?.text === '№') return []
    all += atom.digits
    if (atom.words === 0) written += atom.digits
  }
  // "6 6 0 4, впереди восьмёрка".
  const spoken = atoms
    .filter(({ words }) => words > 0)
    .map(({ digits }) => digits)
    .join('')
  return [...new Set([all, written, spoken + written])].filter((digits) => digits !== '')
}
