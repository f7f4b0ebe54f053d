import type { Atom } from './atoms.ts'
import { passesLuhn } from './card.ts'
import type { Match, Reading } from './reading.ts'
import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'

/** What the parts of a number are called, in the order in which they belong. */
const places: readonly RegExp[] = [
  /^(?:начал[оа]|начина[а-я]+|начн[а-я]+|перв[а-я]+|сначала|вначале|спереди|впереди|first|starts?|begins?|beginning)$/,
  /^(?:втор[а-я]+|second)$/,
  /^(?:середин[а-я]*|посередине|посредине|между|middle|between)$/,
  /^(?:трет[а-я]+|third)$/,
  /^(?:четверт[а-я]+|fourth)$/,
  /^(?:кон(?:ец|це|цовка)|заканч[а-я]+|оканч[а-я]+|последн[а-я]+|хвост(?:ик)?|остаток|end(?:s|ing)?|last)$/,
]
const wholePhone = /^(?:[78]9\d{9}|9\d{9}|[78][348]\d{9}|380\d{9}|375\d{9})$/
const wholeCard = /^[2-689]\d{15}$/
const shortest = 10
const maxTokens = 120
const reach = 6

const placeOf = (word: string): number => (word.length > 16 ? -1 : places.findIndex((place) => place.test(word)))

const cardWords =
  /^(?:карт[аыеуой]{1,2}|карточк[аиеу]|card|четверк[аиу]|четверо|цифр[аы]?|visa|виза|мир|блок|кусок|digits|сбер[а-я]*|перевод[а-я]*)$/
const meansCard = (tokens: readonly Token[]): boolean =>
  tokens.some(({ text, classes }) => cardWords.test(text) || (classes & (Is.bank | Is.pay)) !== 0)

/**
 * "начало 8904, конец 6612, между ними 317", "первая четвёрка 4405, вторая 6339, …": a phone's or a card's number whose parts are
 * told by their places, whatever stands around.
 */
export function findNumbersInParts({ tokens, atoms, atomDigits, classes }: Reading): Match[] {
  if (atoms.length < 2 || atomDigits < shortest || tokens.length > maxTokens) return []
  const parts = new Map<number, Atom[]>()
  let place = -1
  let next = 0
  let since = 0
  for (let i = 0; i < tokens.length; i++) {
    const atom = atoms[next]
    if (atom && atom.from === i) {
      next++
      if (place >= 0 && i - since <= reach && atom.words === 0) {
        parts.set(place, [...(parts.get(place) ?? []), atom])
        since = atom.to
      }
      i = atom.to - 1
      continue
    }
    const found = placeOf(tokens[i]?.text ?? '')
    if (found < 0) continue
    place = found
    since = i
  }
  if (parts.size < 2) return []
  const inOrder = [...parts].sort(([a], [b]) => a - b).flatMap(([, told]) => told)
  const digits = inOrder.map((atom) => atom.digits).join('')
  const from = Math.min(...inOrder.map(({ start }) => start))
  const to = Math.max(...inOrder.map(({ end }) => end))
  // Short numbers in order make anything: an operator's code stands at the beginning.
  const begun = (inOrder[0]?.digits.length ?? 0) > 2 || (classes & Is.phoneCue) !== 0
  if (begun && wholePhone.test(digits)) return [{ kind: 'PHONE', rule: 'phone.spread', from, to }]
  const fours = inOrder.every((atom) => atom.digits.length % 4 === 0)
  const card = wholeCard.test(digits) && fours && !(classes & Is.data) && (passesLuhn(digits) || meansCard(tokens))
  return card ? [{ kind: 'CARD', rule: 'card.number', from, to }] : []
}
