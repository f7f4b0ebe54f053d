import { classesOf } from './lexicon.ts'
import { remembered } from './remembered.ts'
import { Is } from './word-classes.ts'

const signs = /(собак[ау]|собачк[ау]|точка|тчк)/
const ending = /^(?:ru|ру|com|ком|рф|kz|by|ua|uz|net|org|онлайн|online|онлайн)$/
const [shortest, longest] = [7, 60]

/** "annamathточкаru", "собакамейлточкару": an address written together with what its signs are called, apart again; null for every other word. */
export const splitAddress = (word: string): readonly string[] | null =>
  word.length < shortest || word.length > longest ? null : partsOf(word)

const partsOf = remembered((word): readonly string[] | null => {
  if (!signs.test(word)) return null
  const parts = word.split(signs)
  for (let i = 1; i < parts.length; i += 2) {
    const [sign = '', after = ''] = [parts[i], parts[i + 1]]
    const fits = sign.startsWith('соба')
      ? (classesOf(after) & Is.mailProvider) !== 0
      : ending.test(after) || (parts.length > i + 2 && after !== '')
    if (!fits) return null
  }
  return parts.filter((part) => part !== '')
}, 5000)
