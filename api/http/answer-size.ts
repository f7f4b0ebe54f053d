import { OkoError } from '../errors.ts'
import { maxAnswerCharacters } from './limits.ts'

/** How many values are looked at in one piece. */
const valuesAtOnce = 4096

/**
 * How many characters plain data has as JSON, nearly: of a text what it has unescaped. Counting ends beyond `maxAnswerCharacters`;
 * what costs little to ask for may be long: a name of a field that a client has made up, some thousand times.
 */
export async function charactersOf(data: unknown, takeTurn: () => Promise<void>): Promise<number> {
  const left = [data]
  let characters = 0
  for (let seen = 1; left.length > 0 && characters <= maxAnswerCharacters; seen++) {
    const value = left.pop()
    if (typeof value === 'string') characters += value.length + 3
    else if (typeof value !== 'object' || value === null) characters += 5
    else if (Array.isArray(value)) for (const item of value) left.push(item)
    else {
      for (const name in value) {
        characters += name.length + 3
        left.push((value as Record<string, unknown>)[name])
      }
    }
    if (seen % valuesAtOnce === 0) await takeTurn()
  }
  return characters
}

/** What one answer may hold of texts, so that no more is loaded than could be shown. */
export class AnswerRoom {
  #left = maxAnswerCharacters

  /** @throws LIMIT_EXCEEDED where that is more than there is room for */
  take(characters: number): void {
    this.#left -= characters
    if (this.#left < 0) throw tooLong()
  }
}

export const tooLong = () =>
  new OkoError(
    'LIMIT_EXCEEDED',
    `The answer would have more than ${maxAnswerCharacters} characters: ask for less at once`,
  )
