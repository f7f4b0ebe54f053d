import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'

/** What the part of an address before its "@" is made of. */
export const localPart = /^(?:[a-zа-я0-9]|[-_+.])+$/

/** Where the part before the "@" begins: touching tokens, and further ones over spoken dots and underscores. */
export function localStart(tokens: readonly Token[], i: number): number {
  let from = i
  while (from > 0 && i - from < 12) {
    const token = tokens[from - 1]
    if (!token || !localPart.test(token.text)) break
    const after = tokens[from]
    const touches = from === i || (after && !after.spaceBefore)
    const joined =
      token.classes & Is.dot ||
      /^[._-]$/.test(token.text) ||
      /^(?:подчеркивание|underscore|нижнее|андерскор|дефис|тире)$/.test(token.text)
    const joins =
      after &&
      (after.classes & Is.dot || /^(?:[._-]|нижнее|подчеркивание|underscore|андерскор|дефис|тире)$/.test(after.text))
    if (!touches && !joined && !joins) break
    from--
  }
  return from
}

const work =
  /^(?:файл[а-я]*|верси[а-я]+|стать[а-я]+|функци[а-я]+|лист|групп[а-я]+|отчет[а-я]*|вариант[а-я]*|решени[а-я]+|загрузи[а-я]+|скача[а-я]+|прикрепи[а-я]+|открыл[аи]?|file|version|variant|uploaded|downloaded)$/

/** "файл kursovaya_3", "загрузил otchet_2": what a name belongs to where it is no mailbox's. */
export const namesWork = (before: Token | undefined): boolean => before !== undefined && work.test(before.text)
