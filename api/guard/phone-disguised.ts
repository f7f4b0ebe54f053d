import { numberWords } from './number-words.ts'
import { findPhones } from './phone.ts'
import { findLettered } from './phone-lettered.ts'
import type { Match, Reading } from './reading.ts'
import { read } from './reading.ts'
import { Is } from './word-classes.ts'

/** A mobile number of Russia, with its first digit. */
export const mobile = /^[78]9\d{9}$/
const city = /^[78][348]\d{9}$/

/** What a number has at least of digits, if none are in words or in Roman numerals. */
const fewest = 4

/** Mobile and city numbers that pose as something else: as prices, with letters to leave out, with a blank, in Roman numerals. */
export function findDisguised(reading: Reading): Match[] {
  const { text } = reading.folded
  if (reading.digits < fewest && !(reading.classes & Is.numberWord) && !text.includes('vii')) return []
  return [
    ...findPosing(reading),
    ...findAmongLetters(reading),
    ...findWithBlank(reading),
    ...(roman.test(text) ? findRoman(text) : []),
    ...(/[("*]/.test(text) && /\d/.test(text) && aside.test(text) ? findOverRemarks(reading) : []),
  ]
}

/** "ну вы поняли", "наберите", "склейте подряд": what was said is not what is meant. */
const wink =
  /(?:^|[^а-я])(?:ну )?(?:вы|ты|если|все|думаю)[ ,]{1,2}(?:меня |все |вы )?пон(?:ял[аи]?|имаете|имаешь)(?![а-я])|понима(?:ете|ешь),? (?:о чем|куда)|это не (?:заказ|цен|тариф|вариант|задач|страниц|сумм|дат|артикул)[а-я]{0,3},? (?:если|на самом|конечно|ну|понима)|набер(?:и|ите|ешь|ете)(?![а-я])|наб(?:ирай|рать)|позвони(?:те|ть)?(?![а-я])|звони(?:те|ть)?(?![а-я])|(?:подряд|слитно|вместе|без плюсов|без пробелов)[^.]{0,24}(?:номер|звон|набер)|(?:числа|цифры|их) подряд|подряд (?:в|это|и есть) |(?:убер(?:и|ите)|убрать|без) (?:черточ|тире|дефис|скоб)|(?:черточки|тире|дефисы|скобки|точки) (?:убер|убрать|лишн)|(?:in one go|all together|in a row)[^.]{0,12}(?:ring|call|text|dial)|найд[еи](?:те|шь) меня|(?:запиш|выпиш|напиш|склад|слож|состав|прочит|чита)[а-я]* [^.\n]{0,20}(?:подряд|друг за другом|по порядку)|(?:склей|соедини)(?:те)? |dial|call me|ring me|you know what to do|you get it/
const maxPosing = 20

/** "Цена 8916, срок 773, страниц 20, листов 45, ну вы поняли": all numbers of the message, one after the other, make one. */
function findPosing({ atoms, atomDigits, tokens, folded: { text } }: Reading): Match[] {
  if (atoms.length < 3 || atomDigits < 10 || atoms.length > maxPosing || !wink.test(text)) return []
  // "x1=89": the name of a variable is none of it.
  const told = atoms.filter(
    ({ from, to }) => !(tokens[to]?.text === '=' && tokens[from - 1]?.type === 'word' && !tokens[from]?.spaceBefore),
  )
  const ignored = /(?:ignore|without|no|забудьте|уберите|без) (?:the )?(?:plus|плюс)/.test(text)
  const whole = told.map(({ digits }) => digits).join('')
  const [head, end] = [told[0], told.at(-1)]
  if (ignored && head && end && whole.length >= 10 && whole.length <= 12) return [spread(head.start, end.end)]
  for (let first = 0; first < told.length && first < 4; first++) {
    let digits = ''
    for (let last = first; last < told.length && digits.length < 12; last++) {
      digits += told[last]?.digits ?? ''
      const left = first + told.length - 1 - last
      const enough = last - first >= 2 && (told[first]?.digits.length ?? 0) <= 5 && left <= 4
      const whole = mobile.test(digits) || (/скоб/.test(text) && city.test(digits))
      if (enough && whole) return [spread(told[first]?.start ?? 0, told[last]?.end ?? 0)]
    }
  }
  return []
}

const spread = (from: number, to: number): Match => ({ kind: 'PHONE', rule: 'phone.spread', from, to })

const letters = /букв|letters?(?![a-z])|только цифры|нужны цифры|цифры подряд|digits only|only (?:the )?digits/
/** Every Cyrillic letter within is a filler: no formula and no code is written so. */
const lettered = /(?<![\p{L}\d])\+?[78](?:[а-я]{0,2}\d){10}(?![\p{L}\d])/gu
const mixed = /(?:\d[а-я]){3}|(?:\d[а-я]{1,2}\d+){3}/

/** "89a51b4c72d0e9f36 (буквы выкинуть)", "а8 б9 в3 г0 …": digits with letters to be left out. */
function findAmongLetters({ tokens, folded: { text } }: Reading): Match[] {
  const plain = text.match(/\d\+?[а-я]/) ? [...text.matchAll(lettered)].find(([run]) => mixed.test(run)) : undefined
  if (plain) return [lettersIn(plain.index, plain.index + plain[0].length)]
  if (!letters.test(text)) return []
  const digits: string[] = []
  const places: number[] = []
  for (const token of tokens) {
    const word = token.type === 'word' ? numberWords.get(token.text) : undefined
    const said =
      token.type === 'number' ? token.text : word?.rank === 'unit' && token.text.length > 2 ? String(word.value) : ''
    for (let i = 0; i < said.length; i++) {
      digits.push(said.charAt(i))
      places.push(token.start + (token.type === 'number' ? i : 0))
    }
    if (digits.length > 40) return []
  }
  const all = digits.join('')
  if (all.length < 11 || all.length > 14) return []
  const at = /[78]9\d{9}/.exec(all)?.index ?? -1
  const [from, to] = [places[at] ?? -1, places[at + 10] ?? -1]
  // Digits that stand together were meant to: those are for the other rules.
  return at < 0 || !/\p{L}/u.test(text.slice(from, to)) ? [] : [lettersIn(from, to + 1)]
}

const lettersIn = (from: number, to: number): Match => ({ kind: 'PHONE', rule: 'phone.letters', from, to })

const blank =
  /(?<![\p{L}\d])\+?(?:[78][ ()-]{0,2})?9(?:[ ()-]{0,2}(?:\d|[xх*_?#•…]{1,4}(?=[ ()-]{0,2}(?:\d|[xх*_?#•…]|$|[,;]))))+/gu
const filledIn =
  /вместо|на мест[еоа]|поставь|подстав|встав[ьи]|замен|звездочк|пропуск|пропущен|икс|где |instead|replace|put |blank|stands for|= ?\d|это \d/

/** "8 9ХХ 415 22 60, вместо ХХ поставьте 31": a number with a blank, and what fills it. */
function findWithBlank({ atoms, folded: { text } }: Reading): Match[] {
  if (!/\d[xх*_?#•…]|[xх*_?#•…] ?-?\d/.test(text) || !filledIn.test(text)) return []
  for (const { 0: run, index } of text.matchAll(blank)) {
    const signs = run.replace(/[ ()+-]/g, '')
    const blanks = signs.replace(/\d/g, '').length
    const whole = signs.length === 11 ? /^[78]9/.test(signs) : signs.length === 10
    if (blanks === 0 || blanks > 4 || !whole) continue
    const [from, to] = [index, index + run.length]
    const filler = atoms.some(({ start, end, digits }) => (end <= from || start >= to) && digits.length <= blanks)
    if (filler) return [spread(from, to)]
  }
  return []
}

const roman = /(?<![\p{L}\d])vii{1,2}[ ,.;/-]{1,3}(?:ix|iv|iii)(?![\p{L}\d])/u
const numeral = '(?:viii|vii|vi|v|iv|ix|iii|ii|i|0|o|о)'
const romanRow = new RegExp(`(?<![\\p{L}\\d])${numeral}(?:[ ,.;/\\n-]{1,3}${numeral}){9,11}(?![\\p{L}\\d])`, 'gu')
const romanDigits = ['0', 'i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix']

/** "VIII IX I VI, III III I, IV II, V VII". */
function findRoman(text: string): Match[] {
  for (const { 0: run, index } of text.matchAll(romanRow)) {
    const digits = run
      .split(/[ ,.;/\n-]+/)
      .map((sign) => Math.max(0, romanDigits.indexOf(sign)))
      .join('')
    if (mobile.test(digits) || city.test(digits) || /^9\d{9}$/.test(digits))
      return [{ kind: 'PHONE', rule: 'phone.words', from: index, to: index + run.length }]
  }
  return []
}

const aside = /[\p{L}\d][ \n]{0,3}(?:\([^()\d\n]{3,50}\)|"[^"\d\n]{3,20}"|\*[^*\d\n]{3,20}\*)[ \n-]{0,3}[\dо]/u
const asides = /\([^()\d\n]{3,50}\)|"[^"\d\n]{3,20}"|\*[^*\d\n]{3,20}\*/gu

/** "89ОЗ (ноль это буква) 717 2б 4О": remarks between the parts of a number. */
function findOverRemarks({ folded: { text } }: Reading): Match[] {
  const bare = text.replace(asides, (remark) => ' '.repeat(remark.length))
  const starts: number[] = []
  let short = ''
  for (let i = 0; i < bare.length; i++) {
    if (/\s/.test(bare.charAt(i)) && short.endsWith(' ')) continue
    short += /\s/.test(bare.charAt(i)) ? ' ' : bare.charAt(i)
    starts.push(i)
  }
  const again = read(short)
  return [...findPhones(again), ...findLettered(again)].flatMap((match) => {
    const { start, end } = again.folded.span(match.from, match.to)
    const [from, to] = [starts[start] ?? 0, (starts[end - 1] ?? text.length - 1) + 1]
    return asidesWithin(text, from, to) ? [{ ...match, from, to }] : []
  })
}

const asidesWithin = (text: string, from: number, to: number): boolean => text.slice(from, to).match(asides) !== null
