import { type Reading, textOf } from './reading.ts'
import type { Token } from './tokens.ts'

/** A name as people have them in messengers. */
export interface Handle {
  /** Tokens [from, to). */
  from: number
  to: number
  text: string
  /** strong: with digits, points or underscores; plain: Latin letters that could be a word. */
  strength: 'strong' | 'plain'
  /** "name#1234". */
  tag?: true
}

/** What stands inside of names. */
export const handleSigns = /^[_.-]$/

/** Whether a name may go on with a token: one that stands right beside, and is no sign that names don't have. */
export const goesOnWith = (next: Token | undefined): boolean =>
  next !== undefined &&
  !next.spaceBefore &&
  (next.type !== 'symbol' || next.text === '#' || handleSigns.test(next.text))

/** The name that begins at token `i`: touching Latin (or any) letters, digits, "_" and inner points. */
export function handleAt({ tokens, folded }: Pick<Reading, 'tokens' | 'folded'>, i: number): Handle | null {
  let to = i
  while (to < tokens.length && to - i < 16) {
    const token = tokens[to]
    if (!token || (to > i && token.spaceBefore)) break
    if (
      token.type === 'symbol' &&
      !(
        handleSigns.test(token.text) &&
        (token.text === '_' || (to > i && tokens[to + 1] && !tokens[to + 1]?.spaceBefore))
      )
    )
      break
    to++
  }
  while (to > i && tokens[to - 1]?.type === 'symbol' && tokens[to - 1]?.text !== '_') to--
  const [first, last] = [tokens[i], tokens[to - 1]]
  if (!first || !last || to === i || (first.lineBefore && i > 0 && tokens[i - 1]?.type === 'word')) return null
  const text = textOf(tokens, i, to)
  if (text.length < 4 || text.length > 40) return null
  const next = tokens[to]
  const tag =
    next?.text === '#' && !next.spaceBefore && tokens[to + 1]?.type === 'number' && !tokens[to + 1]?.spaceBefore
  const letters = lettersIn(text)
  if (letters < 2) return null
  if (folded.text.charAt(last.end) === '(' || folded.text.charAt(last.end) === '[') return null
  const mixed = /[a-zа-я]/.test(text.charAt(0)) && /\d/.test(text) && letters >= 3 && !isVersion.test(text)
  const latin = letters >= 4 && /^[a-z0-9._-]+$/.test(text)
  if (tag) return { from: i, to: to + 2, text, strength: 'strong', tag: true }
  if (/[a-zа-я0-9]_|_[a-zа-я0-9]/.test(text) || mixed || (latin && /[a-z]\.[a-z0-9]/.test(text) && letters > 4)) {
    return { from: i, to, text, strength: 'strong' }
  }
  return latin && !/-/.test(text) ? { from: i, to, text, strength: 'plain' } : null
}

function lettersIn(text: string): number {
  let count = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if ((code >= 0x61 && code <= 0x7a) || (code >= 0x430 && code <= 0x44f)) count++
  }
  return count
}

const isVersion =
  /^(?:python|java|html|css|windows|win|ios|android|iphone|covid|sha|utf|ipv|web|v|mp|api|var|task|page|lab|test|group|chapter|level|гл|стр|рис|вар|лаб|версия|п|г|в|до|от|по|за|с)[.-]?\d+(?:\.\d+)*$/

const files =
  /[.](?:py|js|ts|jsx|tsx|java|cpp|c|h|cs|php|rb|go|rs|kt|swift|html?|css|json|xml|ya?ml|csv|tsv|txt|md|docx?|xlsx?|pptx?|pdf|png|jpe?g|gif|svg|zip|rar|7z|mp[34]|avi|mov|exe|sql|ipynb|r|m|sh|bat|log|ini|cfg|env|djvu|fb2|epub|rtf|odt|dwg|cdw|psd|heic|net|io)$/

/** Whether a name is one of a file or of something else with a point in it. */
export const isFileName = (name: string): boolean => files.test(name)
