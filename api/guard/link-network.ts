import { beginsContactHost, isContactHost } from './domain-endings.ts'
import { handleAt, isFileName } from './handle-name.ts'
import { around, has, type Match, type Reading } from './reading.ts'
import { Is } from './word-classes.ts'

const networks = new Set('www vk вк facebook instagram инстаграм фейсбук youtube google гугл yandex discord'.split(' '))

/** Whether such a host may begin with a word. */
export const mayBeNetwork = (word: string): boolean =>
  beginsContactHost(word) || networks.has(word) || /^(?:тме|tme|вкме)$/.test(word)

/** "vk com ivanov", "вк ком/ivanov": a network's host with a space for its dot. */
export function networkAt({ tokens, folded }: Reading, i: number): Match | null {
  const [token, next] = [tokens[i], tokens[i + 1]]
  if (!token || !next || token.type !== 'word') return null
  const ending = tokens[i + 2]
  if (next.text === ',' && ending && !next.spaceBefore && !ending.spaceBefore) {
    const host = `${token.text}.${ending.text}`
    const typo =
      isContactHost(host) ||
      (/^[a-z-]{4,}\.[a-z]{2,3}$/.test(host) && tokens[i + 3]?.text === '/' && !tokens[i + 3]?.spaceBefore) ||
      (/^[a-z-]{4,}\.(?:ru|com|рф|kz|by|ua|uz|net|org)$/.test(host) && !/^[a-z]/.test(tokens[i + 4]?.text ?? ''))
    return typo ? { kind: 'LINK', rule: 'link.spoken', from: token.start, to: ending.end } : null
  }
  if (/^(?:тме|tme|вкме)$/.test(token.text) && next.text === '/' && ending?.type === 'word') {
    return { kind: 'LINK', rule: 'link.spoken', from: token.start, to: ending.end }
  }
  // "t-me/anna"
  if (next.type === 'symbol' && !next.spaceBefore && ending && !ending.spaceBefore && tokens[i + 3]?.text === '/') {
    const path = tokens[i + 4]
    if (isContactHost(`${token.text}.${ending.text}`) && path && !path.spaceBefore)
      return { kind: 'LINK', rule: 'link.spoken', from: token.start, to: path.end }
  }
  if (next.type !== 'word' || !(beginsContactHost(token.text) || networks.has(token.text))) return null
  // "t me/ivan_math", "goo gl/abc".
  if (
    isContactHost(`${token.text}.${next.text}`) &&
    ending &&
    ((ending.text === '/' &&
      ((!ending.spaceBefore && !tokens[i + 3]?.spaceBefore) || /^[a-z\d]/.test(tokens[i + 3]?.text ?? ''))) ||
      slashes.has(ending.text))
  )
    return { kind: 'LINK', rule: 'link.spoken', from: token.start, to: tokens[i + 3]?.end ?? ending.end }
  // "bit ly 3kXw9a"
  if (isContactHost(`${token.text}.${next.text}`) && /^[a-z]+$/.test(token.text + next.text) && ending?.spaceBefore) {
    const path = handleAt({ tokens, folded }, i + 2)
    if (path && /^(?=.*\d)(?=.*[a-z])[a-z\d]{5,}$/.test(path.text))
      return { kind: 'LINK', rule: 'link.spoken', from: token.start, to: tokens[path.to - 1]?.end ?? ending.end }
  }
  const known = networks.has(token.text) && token.text !== 'www'
  const www = token.text === 'www' && /^(?:ru|com|org|net|рф)$/.test(ending?.text ?? '')
  if (!www && !(known && /^(?:com|ком|gg)$/.test(next.text))) return null
  return { kind: 'LINK', rule: 'link.spoken', from: token.start, to: next.end }
}

const slashes = new Set(['слэш', 'слеш', 'slash', 'палка', 'палочка', 'косая'])
/** Whether a word is what a slash is called. */
export const isSlash = (word: string): boolean => slashes.has(word)

/** "тэ эм е слэш diplom_engineer": a path said aloud, with a name in it that is no file's. */
export function slashName(reading: Reading, i: number): Match | null {
  const { tokens } = reading
  if (!isSlash(tokens[i]?.text ?? '') || i === 0) return null
  const handle = handleAt(reading, i + 1)
  const { from, to } = around(tokens, i, 'sentence')
  if (handle?.strength !== 'strong' || isFileName(handle.text) || has(tokens, from, to, Is.code)) return null
  return { kind: 'LINK', rule: 'link.spoken', from: tokens[i - 1]?.start ?? 0, to: tokens[handle.to - 1]?.end ?? 0 }
}
