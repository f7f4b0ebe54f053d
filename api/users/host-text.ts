import { badUserInput } from '../errors.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const badCharacters = /[\u0000-\u001F\u007F-\u009F]|\p{Surrogate}/u

/**
 * A one-line text of the host (a title, a name, an id): trimmed, 1 to `limit` code points, no control characters. It is the
 * host's own, so the contact guard doesn't look at it.
 *
 * @throws BAD_USER_INPUT
 */
export function checkText(name: string, value: string, limit: number): string {
  const text = value.trim()
  if (badCharacters.test(value)) throw badUserInput(`${name} has control characters`)
  if (text === '' || [...text].length > limit) throw badUserInput(`${name} must have 1 to ${limit} characters`)
  return text
}

/**
 * An address that a client may open: http(s), or a path of the host's own site. Anything else ("javascript:") is refused.
 *
 * @throws BAD_USER_INPUT
 */
export function checkUrl(name: string, value: string): string {
  const text = checkText(name, value, 2000)
  const ownPath = /^\/(?![/\\])/.test(text)
  if (ownPath || (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol))) return text
  throw badUserInput(`${name} must be an http(s) address or a path that begins with /`)
}
