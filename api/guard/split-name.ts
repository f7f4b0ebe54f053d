import { commonWords } from './common-words.ts'
import { Cue, cuesIn } from './evidence.ts'
import { isFileName } from './handle-name.ts'
import { has, type Match, negated, read } from './reading.ts'
import { Is } from './word-classes.ts'

const name = /^[a-z][a-z0-9]*(?:[._-]+[a-z0-9]+)*_?$/i
const maxTalk = 80

/**
 * A message that is nothing but a name, after its author spoke of a messenger or of what they are called: "у вас телега?", "лови
 * как меня искать", "lena_superprof".
 *
 * @param nearestFirst what was said right before
 */
export function findNameAfterTalk(text: string, nearestFirst: readonly string[]): Match[] {
  const said = text.trim()
  if (!isName(said) && !isPartOfName(said)) return []
  const telling = nearestFirst.filter((recent) => recent.length <= maxTalk).some(tellsOfName)
  return telling
    ? [{ kind: 'HANDLE', rule: 'split', from: text.indexOf(said), to: text.indexOf(said) + said.length }]
    : []
}

const isName = (said: string): boolean =>
  said.length >= 4 &&
  said.length <= 40 &&
  name.test(said) &&
  !isFileName(said.toLowerCase()) &&
  !commonWords.has(said.toLowerCase())

const joining =
  /(?:слитно|подч[её]ркивани|пробел|стыку|без пробел|втор(?:ая|ое|ой)|перв(?:ая|ое)|половин|част[ьи]|кусок|точка|тире|дефис|underscore|dash)/i

/** "второе «master», между ними подчёркивание". */
const isPartOfName = (said: string): boolean => said.length <= maxTalk && joining.test(said) && /[a-z]{3,}/i.test(said)

function tellsOfName(recent: string): boolean {
  const { tokens } = read(recent)
  const all = tokens.length
  if (has(tokens, 0, all, Is.code | Is.data | Is.topic | Is.reported) || negated(tokens, 0, all)) return false
  return has(tokens, 0, all, Is.messenger) || (cuesIn(tokens, 0, all) & (Cue.named | Cue.me)) === (Cue.named | Cue.me)
}
