import { cuesIn, weigh } from './evidence.ts'
import { around, type Match, type Reading } from './reading.ts'
import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'

/** The "@", by all its names; "эт" and "at" only where they are named or quoted. */
const at = /^(?:собак(?:а|у|ой|ою|ен|ен[ау])|собачк(?:а|у|ой)|закорючк[ауои]й?|собакен|arroba|gav|гав)$/
const et = /^(?:эт|ат|at|et|а|a)$/
const names =
  /^(?:знак[а-я]*|символ[а-я]*|коммерческ[а-я]+|sign|symbol|кружк[еом]+|хвостик[а-я]*|завитушк[а-я]*|кружочк[еом]+|кавычках)$/
const endings = /^(?:ru|ру|com|ком|рф|net|нет|org|by|бай|kz|кз|ua|me|ми|de|uk|uz|уз)$/
const spelling =
  /^(?:латиниц[а-я]+|латинск[а-я]+|слитно|буквам|азбукой|пробел[а-я]*|подчеркивани[а-я]+|подчеркивание|дефис[а-я]*|тире|underscore|dash|dot|точка|дот|period|домен[а-я]*|зона|зоны|фамили[а-я]+|surname|lastname|lower|диктую|цифр[а-я]+|кус[а-я]+)$/
const mail =
  /^(?:почт[ауеыо]й?|ящик[а-я]{0,2}|мыл[оуеа]|электронк[ауеио]й?|(?:[еиэ]-?)?м[еэ]йл[а-я]?|e?mail|имейл[а-я]?|пошта)$/
const provider =
  /^(?:gmail|гмейл|гмайл|гмэйл|джимейл|джимэйл|яндекс[еа]?|yandex|ya|рамблер[еа]?|rambler|мейл|мэйл|майл|mail|bk|бк|inbox|инбокс|list|аутлук[еа]?|outlook|hotmail|yahoo|proton|протон|gmx|icloud|айклауд|гугл[а-я]*)$/
const weights = { me: 1, reach: 1, promise: 1, there: 1, named: 1, others: -2, form: -3, past: -1 } as const

/** An address that is told rather than written: how its "@", its provider and its ending are named, in any order. */
export function findToldAddresses(reading: Reading): Match[] {
  const { tokens, classes } = reading
  if (!(classes & (Is.mailCue | Is.mailProvider | Is.at)) || classes & Is.code) return []
  for (let i = 0; i < tokens.length; i++) {
    if (!provider.test(tokens[i]?.text ?? '') && !at.test(tokens[i]?.text ?? '')) continue
    const { from, to } = windowOf(tokens, i)
    const told = tellsAddress(tokens, from, to)
    if (!told) continue
    return [
      { kind: 'EMAIL', rule: 'email.spoken', from: tokens[told.first]?.start ?? 0, to: tokens[told.last]?.end ?? 0 },
    ]
  }
  return []
}

/** The sentence, and the one before: "Адрес моего ящика прост: …". */
function windowOf(tokens: readonly Token[], i: number): { from: number; to: number } {
  const sentence = around(tokens, i, 'sentence')
  return {
    from: Math.max(0, Math.min(sentence.from, i - 18)),
    to: Math.min(tokens.length, Math.max(sentence.to, i + 12)),
  }
}

function tellsAddress(tokens: readonly Token[], from: number, to: number): { first: number; last: number } | null {
  let [said, host, sign, ending, spelled] = [0, 0, 0, 0, 0]
  let first = -1
  let last = -1
  for (let i = from; i < to; i++) {
    const { text = '', type } = tokens[i] ?? {}
    const known = said + host + sign + ending
    const before = tokens[i - 1]?.text ?? ''
    if (type === 'word') {
      if (at.test(text)) sign = 2
      else if (
        et.test(text) &&
        (names.test(before) ||
          names.test(tokens[i + 2]?.text ?? '') ||
          /^["«“('—-]$/.test(before) ||
          tokens[i + 1]?.text === ',')
      )
        sign = Math.max(sign, text.length === 1 && !names.test(tokens[i + 2]?.text ?? '') ? 0 : 2)
      else if (provider.test(text) && !(mail.test(text) && said === 0 && host === 0 && i === from)) host = 2
      else if (mail.test(text)) said = 2
      else if (endings.test(text) && (host > 0 || sign > 0)) ending = 2
      else if (spelling.test(text)) spelled = 1
      if (mail.test(text)) said = Math.max(said, host > 0 || sign > 0 ? 1 : 2)
    }
    if (said + host + sign + ending > known) {
      if (first < 0) first = i
      last = i
    }
  }
  const strong = (host > 0 ? 1 : 0) + (sign > 0 ? 1 : 0) + (ending > 0 ? 1 : 0)
  const latin = tokens
    .slice(from, to)
    .some(({ text, classes }) => /^[a-z]{4,}$/.test(text) && !(classes & (Is.mailCue | Is.mailProvider)))
  if (strong < 2 && !(host > 0 && said === 2 && spelled > 0 && latin)) return null
  const sum = said + host + sign + ending + spelled + weigh(cuesIn(tokens, from, to), weights)
  return sum >= (strong === 3 ? 6 : 7) ? { first, last } : null
}
