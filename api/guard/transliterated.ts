import { cuesOf } from './evidence.ts'
import { hintFor, hintsOf } from './hints.ts'
import { classesOf } from './lexicon.ts'
import { remembered } from './remembered.ts'
import type { Token } from './tokens.ts'

const cyrillicOf: readonly (readonly [latin: RegExp, cyrillic: string])[] = [
  [/shch|sch/g, 'щ'],
  [/zh/g, 'ж'],
  [/kh/g, 'х'],
  [/ch/g, 'ч'],
  [/sh/g, 'ш'],
  [/ts/g, 'ц'],
  [/y[uo]|[ji]u/g, 'ю'],
  [/ya|[ji]a/g, 'я'],
  [/ye|je/g, 'е'],
  [/(?<=[aeiouаеиоуюя])[yj]/g, 'й'],
  [/y/g, 'ы'],
  [/j/g, 'й'],
]
const letters = new Map(
  [...'abvgdeziklmnoprstufhcwxq'].map((letter, i) => [letter, [...'абвгдезиклмнопрстуфхцвхк'][i] ?? letter]),
)

function cyrillic(word: string): string {
  let result = word
  for (const [latin, letter] of cyrillicOf) result = result.replace(latin, letter)
  return result.replace(/[a-z]/g, (letter) => letters.get(letter) ?? letter)
}

/** The Russian word that the rules know, of which a Latin one is the transliteration; null where there is none. */
const russianFor = remembered((word): string | null => {
  const plain = cyrillic(word)
  const forms = [plain, `${plain}ь`, plain.replace(/(?<=[нвлдтсзр])те$/, 'ьте')]
  return forms.find((form) => (classesOf(form) | cuesOf(form)) !== 0) ?? null
}, 5000)

/** Words of Russian that no English sentence has. */
const russian = new Set(
  'ne na vy ty mne vam tebe vas tebya tut tam zdes tuda syuda bez cherez mozhno nuzhno davay davayte davai davaite est chto kak gde esli dlya ili po menya ya eto vash vashu moy kuda pozhaluysta pojaluista kakoy napishi napishite naidi naydite skin skinte dayte vse uzhe luchshe tolko udobno udobnee'.split(
    ' ',
  ),
)
const inRussian = hintFor(russian)
const english = new Set('the is are you and to of for with my me in it this that do have can'.split(' '))
const enough = 2

/** Reads Russian in Latin letters ("davayte bez komissii, napryamuyu") as Russian, as far as the rules know its words. */
export function readTransliterated(tokens: readonly Token[]): void {
  let found = 0
  for (const { hints } of tokens) if (hints & inRussian) found++
  if (found < enough) return
  found = 0
  for (const { type, text } of tokens) {
    if (type !== 'word' || text.length > 11) continue
    if (english.has(text)) return
    if (russian.has(text)) found++
  }
  if (found < enough) return
  tokens.forEach((token, i) => {
    if (token.type !== 'word' || token.classes !== 0 || !/^[a-z]{2,20}$/.test(token.text) || isJoined(tokens, i)) return
    const word = russianFor(token.text)
    if (word === null) return
    token.text = word
    token.classes = classesOf(word)
    token.cues |= cuesOf(word)
    token.hints |= hintsOf(word)
  })
}

/** Whether it is a part of a name or an address. */
const isJoined = (tokens: readonly Token[], i: number): boolean =>
  tokens[i]?.spaceBefore === false ||
  (tokens[i + 1] !== undefined && !/^[,?!.)]$/.test(tokens[i + 1]?.text ?? '') && !tokens[i + 1]?.spaceBefore)
