import { numberWords, readings } from './number-words.ts'
import { remembered } from './remembered.ts'
import { Is, type WordClass } from './word-classes.ts'
import { englishWords } from './words-english.ts'
import { russianWords } from './words-russian.ts'

const whole = new Map<string, number>()
const beginnings = new Map<string, number>()
let shortest = 99
let longest = 0

for (const words of [russianWords, englishWords]) {
  for (const [name, notation] of Object.entries(words) as [WordClass, string][]) {
    for (const reading of readings(notation)) {
      const begins = reading.endsWith('*')
      const word = begins ? reading.slice(0, -1) : reading
      const target = begins ? beginnings : whole
      target.set(word, (target.get(word) ?? 0) | Is[name])
      if (begins) {
        shortest = Math.min(shortest, word.length)
        longest = Math.max(longest, word.length)
      }
    }
  }
}
for (const word of numberWords.keys()) whole.set(word, (whole.get(word) ?? 0) | Is.numberWord)

/** Classes whose words people misspell, on purpose or not; the words of other classes are too many or too short for it. */
const misspelled = Is.messenger | Is.numberWord | Is.at
const misspelledVerbs = /^(?:напиш|отпиш|спиш|добав|набери|позвон|звони)/
const minMisspelled = 5

/** How a Russian word sounds: unstressed vowels alike, soft signs and doubled letters left out. */
const soundOf = (word: string): string =>
  word
    .replace(/[ьъ]/g, '')
    .replace(/[еэыя]/g, 'и')
    .replaceAll('о', 'а')
    .replace(/тс|дс|тц/g, 'ц')
    .replace(/(.)\1+/g, '$1')

const bySound = new Map<string, string>()
for (const [word, classes] of whole) {
  const often = classes & misspelled || (classes & Is.getInTouch && misspelledVerbs.test(word))
  if (often && word.length >= minMisspelled && /^[а-я]+$/.test(word)) bySound.set(soundOf(word), word)
}

/** Long names of messengers with one letter left open: "телегр?м". */
const openNames = new Map<string, string>()
const minOpen = 7
for (const [word, classes] of whole) {
  if (!(classes & Is.messenger) || word.length < minOpen) continue
  for (let at = 2; at < word.length; at++) openNames.set(`${word.slice(0, at)}?${word.slice(at + 1)}`, word)
}
const otherWords = /^(?:телеграф|инстанц|вк)/

/** The messenger that a word with one wrong letter means; null where it means none. */
function messengerMeantBy(word: string): string | null {
  if (word.length < minOpen || word.length > 14 || otherWords.test(word)) return null
  for (let at = 2; at < word.length; at++) {
    const name = openNames.get(`${word.slice(0, at)}?${word.slice(at + 1)}`)
    if (name) return name
  }
  return null
}

/** The known word that an unknown one is a misspelling of ("тилиграм", "напеши"); null where it is none. */
export function meantBy(word: string): string | null {
  // "выберу" sounds like a messenger's name.
  if (word.startsWith('выб')) return null
  if (word.length < minMisspelled || word.length >= 20) return null
  return bySound.get(soundOf(word)) ?? messengerMeantBy(word)
}

/** What a word may be, as bits of `Is`; 0 for most words of the language. */
export const classesOf = remembered((word): number => {
  let classes = whole.get(word) ?? 0
  const last = Math.min(longest, word.length)
  for (let length = shortest; length <= last; length++) classes |= beginnings.get(word.slice(0, length)) ?? 0
  return classes
}, 20_000)

/** The beginnings of all words that have one of these classes, whole or longer than is given. */
export function beginningsOf(classes: number): ReadonlySet<string> {
  const found = new Set<string>()
  for (const words of [whole, beginnings])
    for (const [word, own] of words)
      if (own & classes) for (let length = 1; length <= word.length; length++) found.add(word.slice(0, length))
  return found
}

/** Whether a word stands in the lexicon as a whole. */
export const isKnown = (word: string): boolean => whole.has(word)
