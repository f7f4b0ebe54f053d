import { commonWords } from './common-words.ts'
import { Cue, cuesIn } from './evidence.ts'
import { isFileName } from './handle-name.ts'
import { has, type Match, negated, read } from './reading.ts'
import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'

const name = /^[a-z][a-z0-9]*(?:[._-]+[a-z0-9]+)*_?$/
const maxTalk = 80

/**
 * A message that is nothing but a name, after its author spoke of a messenger or of what they are called: "у вас телега?", "лови
 * как меня искать", "lena_superprof".
 *
 * @param nearestFirst what was said right before
 */
export function findNameAfterTalk(text: string, nearestFirst: readonly string[]): Match[] {
  const { folded, tokens } = read(text)
  const said = tokens.map(({ text: word, spaceBefore }, i) => (spaceBefore && i > 0 ? ` ${word}` : word)).join('')
  const [first, last] = [tokens[0], tokens.at(-1)]
  if (!first || !last || !(isName(said) || isPartOfName(said, tokens))) return []
  const telling = nearestFirst.filter((recent) => recent.length <= maxTalk).some(tellsOfName)
  const { start, end } = folded.span(first.start, last.end)
  return telling ? [{ kind: 'HANDLE', rule: 'split', from: start, to: end }] : []
}

const isName = (said: string): boolean =>
  said.length >= 4 && said.length <= 40 && name.test(said) && !isFileName(said) && !commonWords.has(said)

const joining =
  /^(?:слитно|подчеркивани.*|пробел.*|стыку.*|втор(?:ая|ое|ой)|перв(?:ая|ое|ой)|половин.*|част[ьи]|кусок|точка|тире|дефис|underscore|dash)$/

/** "второе «master», между ними подчёркивание". */
const isPartOfName = (said: string, tokens: readonly Token[]): boolean =>
  said.length <= maxTalk &&
  tokens.some(({ text }) => joining.test(text)) &&
  tokens.some(({ text }) => /^[a-z]{3,}$/.test(text))

function tellsOfName(recent: string): boolean {
  const { tokens } = read(recent)
  const all = tokens.length
  if (has(tokens, 0, all, Is.code | Is.data | Is.topic | Is.reported) || negated(tokens, 0, all)) return false
  return has(tokens, 0, all, Is.messenger) || (cuesIn(tokens, 0, all) & (Cue.named | Cue.me)) === (Cue.named | Cue.me)
}
