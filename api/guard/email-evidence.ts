import { cuesIn, weigh } from './evidence.ts'
import { around, type Match, type Reading } from './reading.ts'
import { remembered } from './remembered.ts'
import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'

/** What the parts of an address are called. "эт" and "at" are signs only where they are named or quoted. */
const parts = {
  sign: /^(?:собак(?:а|у|ой|ою|ен|ен[ау])|собачк(?:а|у|ой)|закорючк[ауои]й?|arroba|gav|гав)$/,
  at: /^(?:эт|ат|at|et)$/,
  provider:
    /^(?:gmail|гмейл|гмайл|гмэйл|джимейл|джимэйл|яндекс[еа]?|yandex|ya|рамблер[еа]?|rambler|мейл|мэйл|майл|mail|bk|бк|inbox|инбокс|list|аутлук[еа]?|outlook|hotmail|yahoo|proton|протон|gmx|icloud|айклауд|гугл[а-я]*)$/,
  mailbox:
    /^(?:почт[ауеыо]й?|ящик[а-я]{0,2}|мыл[оуеа]|электронк[ауеио]й?|(?:[еиэ]-?)?м[еэ]йл[а-я]?|e?mail|имейл[а-я]?|пошта)$/,
  ending: /^(?:ru|ру|com|ком|рф|net|нет|org|by|бай|kz|кз|ua|me|ми|de|uk|uz|уз)$/,
  spelling:
    /^(?:латиниц[а-я]+|латинск[а-я]+|слитно|буквам|азбукой|пробел[а-я]*|подчеркивани[а-я]+|подчеркивание|дефис[а-я]*|тире|underscore|dash|dot|точка|дот|period|домен[а-я]*|зона|зоны|фамили[а-я]+|surname|lastname|диктую|цифр[а-я]+|кус[а-я]+)$/,
} as const
type Part = keyof typeof parts

const partOf = remembered((word): Part | null => {
  if (word.length > 20) return null
  for (const name of Object.keys(parts) as Part[]) if (parts[name].test(word)) return name
  return null
}, 20_000)

/** "знак эт", "а в кружке", "at sign". */
const signNames =
  /^(?:знак[а-я]*|символ[а-я]*|коммерческ[а-я]+|sign|symbol|кружк[еом]+|хвостик[а-я]*|завитушк[а-я]*|кружочк[еом]+|кавычках)$/
const weights = { me: 1, reach: 1, promise: 1, there: 1, named: 1, others: -2, form: -3, past: -1 } as const

/** An address that is told rather than written: how its "@", its provider and its ending are named, in any order. */
export function findToldAddresses({ tokens, classes }: Reading): Match[] {
  if (!(classes & (Is.mailCue | Is.mailProvider | Is.at)) || classes & Is.code) return []
  let seenTo = 0
  for (let i = 0; i < tokens.length; i++) {
    const part = partOf(tokens[i]?.text ?? '')
    if (i < seenTo || (part !== 'provider' && part !== 'sign')) continue
    const { from, to } = windowOf(tokens, i)
    const told = tellsAddress(tokens, from, to)
    if (told) {
      const [first, last] = [tokens[told.first], tokens[told.last]]
      return [{ kind: 'EMAIL', rule: 'email.spoken', from: first?.start ?? 0, to: last?.end ?? 0 }]
    }
    seenTo = i + 8
  }
  return []
}

/** The sentence, and what is right around: "Адрес моего ящика прост: …". */
function windowOf(tokens: readonly Token[], i: number): { from: number; to: number } {
  const sentence = around(tokens, i, 'sentence')
  return {
    from: Math.max(0, Math.min(sentence.from, i - 18)),
    to: Math.min(tokens.length, Math.max(sentence.to, i + 12)),
  }
}

function tellsAddress(tokens: readonly Token[], from: number, to: number): { first: number; last: number } | null {
  const told = { mailbox: 0, provider: 0, sign: 0, ending: 0, spelling: 0 }
  let first = -1
  let last = -1
  let named = false
  for (let i = from; i < to; i++) {
    const { text = '', classes = 0, type } = tokens[i] ?? {}
    if (type !== 'word') continue
    const part = partOf(text)
    if (part === null) {
      named ||= /^[a-z]{4,}$/.test(text) && !(classes & (Is.mailCue | Is.mailProvider))
      if (text.length > 1 || !/^[аa]$/.test(text) || !isNamedSign(tokens, i)) continue
      told.sign = 2
    } else if (part === 'at') {
      if (!isNamedSign(tokens, i) && !isSetApart(tokens, i)) continue
      told.sign = 2
    } else if (part === 'ending') {
      if (told.provider + told.sign === 0) continue
      told.ending = /^(?:домен.*|зон[аы])$/.test(tokens[i - 1]?.text ?? '') ? 3 : 2
    } else if (part === 'spelling') {
      const joins = /^(?:точка|дот|dot)$/.test(text) && i > from && tokens[i + 1]?.type === 'word'
      told.spelling = Math.max(told.spelling, joins ? 2 : 1)
      continue
    } else told[part] = 2
    if (first < 0) first = i
    last = i
  }
  const sure = [told.provider, told.sign, told.ending].filter((value) => value > 0).length
  if (sure < 2 && !(told.provider && told.mailbox && told.spelling && named)) return null
  const sum = Object.values(told).reduce((all, value) => all + value, 0) + weigh(cuesIn(tokens, from, to), weights)
  return sum >= (sure === 3 ? 6 : 7) ? { first, last } : null
}

const isNamedSign = (tokens: readonly Token[], i: number): boolean =>
  [tokens[i - 1], tokens[i + 1], tokens[i + 2]].some((token) => signNames.test(token?.text ?? ''))

const isSetApart = (tokens: readonly Token[], i: number): boolean =>
  /^["«“('—-]$/.test(tokens[i - 1]?.text ?? '') || tokens[i + 1]?.text === ','
