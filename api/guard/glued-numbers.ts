import { numberWords } from './number-words.ts'
import { remembered } from './remembered.ts'

const minWord = 3
const longest = 15
const maxLength = 80

/** "одиндватри", "eightnine": number words written together, apart again; null for every other word. */
export const splitNumbers = remembered((word): readonly string[] | null => {
  if (word.length < 2 * minWord || word.length > maxLength || numberWords.has(word)) return null
  // From the end: how the letters from each place on can be parted.
  const parts: (readonly string[] | null)[] = Array(word.length + 1).fill(null)
  parts[word.length] = []
  for (let at = word.length - minWord; at >= 0; at--) {
    for (let length = Math.min(longest, word.length - at); length >= minWord && !parts[at]; length--) {
      const rest = parts[at + length]
      const part = word.slice(at, at + length)
      if (rest && numberWords.has(part)) parts[at] = [part, ...rest]
    }
  }
  return parts[0] ?? null
}, 20_000)
