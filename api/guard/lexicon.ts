import { numberWords, readings } from './number-words.ts'
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

/** What a word may be, as bits of `Is`; 0 for most words of the language. */
export function classesOf(word: string): number {
  let classes = whole.get(word) ?? 0
  const last = Math.min(longest, word.length)
  for (let length = shortest; length <= last; length++) classes |= beginnings.get(word.slice(0, length)) ?? 0
  return classes
}

/** Whether a word stands in the lexicon as a whole. */
export const isKnown = (word: string): boolean => whole.has(word)
