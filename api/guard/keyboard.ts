import { classesOf, isKnown } from './lexicon.ts'
import { Is } from './word-classes.ts'

const latin = 'qwertyuiopasdfghjklzxcvbnm'
const cyrillic = 'йцукенгшщзфывапролдячсмить'
const otherKey: ReadonlyMap<string, string> = new Map(
  [...latin].flatMap((letter, i) => {
    const same = cyrillic.charAt(i)
    return [
      [letter, same],
      [same, letter],
    ]
  }),
)

const minTyped = 5
const looked = Is.messenger | Is.phoneCue | Is.getInTouch | Is.mailProvider | Is.at | Is.mailCue

/** The word of contacts that was typed with the other layout on: "ntktuhfv" for "телеграм", "еудупкфь" for "telegram"; null for every other word. */
export function typedFor(word: string): string | null {
  if (word.length < minTyped || word.length > 16) return null
  let typed = ''
  for (const letter of word) {
    const other = otherKey.get(letter)
    if (other === undefined) return null
    typed += other
  }
  return isKnown(typed) && classesOf(typed) & looked ? typed : null
}
