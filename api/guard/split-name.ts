import { commonWords } from './common-words.ts'
import { Cue, cuesIn } from './evidence.ts'
import { type Folded, fold } from './fold.ts'
import { isFileName } from './handle-name.ts'
import { has, type Match, negated, type Reading, read } from './reading.ts'
import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'

const name = /^[a-z][a-z0-9]*(?:[._-]+[a-z0-9]+)*_?(?:#\d{4})?$/
const maxTalk = 80
/** How many messages back a messenger is spoken of. */
const maxTold = 3

/**
 * A message that is nothing but a name, after its author spoke of a messenger or of what they are called: "у вас телега?", "лови
 * как меня искать", "lena_superprof".
 *
 * @param nearestFirst what was said right before
 */
export function findNameAfterTalk(own: Reading, nearestFirst: readonly string[]): Match[] {
  const { folded, tokens } = own
  const mentioned = nameWithin(folded.text)
  const talk = nearestFirst.slice(0, maxTold).filter((recent) => recent.length <= maxTalk)
  if (mentioned !== null && (talk.some(tellsOfName) || (isJoined(mentioned, nearestFirst) && isOfName(own)))) {
    return [{ kind: 'HANDLE', rule: 'split', from: 0, to: folded.source.length }]
  }
  const said = tokens.map(({ text: word, spaceBefore }, i) => (spaceBefore && i > 0 ? ` ${word}` : word)).join('')
  const [first, last] = [tokens[0], tokens.at(-1)]
  if (!first || !last) return []
  const whole = joined(said, nearestFirst)
  if (
    !isName(said) &&
    !isPartOfName(said, tokens) &&
    !isCalled(said, nearestFirst) &&
    !(whole && tellsOfName(whole.before))
  )
    return []
  if (whole && tellsOfName(whole.before)) return [found(folded, first, last)]
  const telling = nearestFirst
    .slice(0, maxTold)
    .filter((recent) => recent.length <= maxTalk)
    .some(tellsOfName)
  return telling ? [found(folded, first, last)] : []
}

/** "anton_geodez, буду ждать", "part two: with_clara": a name of two parts that begins a short message, or is told as a piece. */
const leading = /^([a-z]{3}[a-z0-9]*(?:[._][a-z0-9]+)+)(?=[,!.] |[,!]? ?$)/
const piece =
  /(?:част[ьи]|кусок|кусочек|половин[аы]|конец|втор[а-я]+|part|half|second|end)[^:\n]{0,14}[:—-] ?([a-z][a-z0-9]*(?:[._][a-z0-9]+)+)/

function nameWithin(text: string): string | null {
  if (text.length > maxTalk) return null
  const name = leading.exec(text)?.[1] ?? piece.exec(text)?.[1] ?? null
  return name !== null && name.length >= 5 && !isFileName(name) ? name : null
}

const isJoined = (name: string, nearestFirst: readonly string[]): boolean =>
  /^[a-z][a-z0-9._-]{2,19}$/.test(plain(nearestFirst[0] ?? '')) && /[._]/.test(name)

function found(folded: Folded, first: Token, last: Token): Match {
  const { start, end } = folded.span(first.start, last.end)
  return { kind: 'HANDLE', rule: 'split', from: start, to: end }
}

const fragment = /^[a-z0-9._#-]{1,20}$/
const plain = (text: string): string => fold(text.slice(0, maxTalk)).text.trim()

/** "discord" announces a name rather than begins it. */
const announcing = Is.messenger | Is.maybeMessenger | Is.nick

/** "roma", "chertezhi", "_97": the name that pieces make together, and what was said before them; null where they make none. */
function joined(said: string, nearestFirst: readonly string[]): { before: string } | null {
  if (!fragment.test(said)) return null
  const earlier = nearestFirst.map(plain)
  let name = said
  let pieces = 0
  while (fragment.test(earlier[pieces] ?? '') && !(read(earlier[pieces] ?? '').classes & announcing))
    name = (earlier[pieces++] ?? '') + name
  if (pieces === 0 || !isName(name) || !/[a-z]{3}/.test(name)) return null
  const before = nearestFirst.slice(pieces, pieces + 2).filter((recent) => recent.length <= maxTalk)
  return before.length > 0 ? { before: before.reverse().join('\n') } : null
}

const sign = /^(?:@|at|эт|ат|собак[ауе]|собачка|\(?at\)?)$/
const ending = /^(?:\.|точка|dot|ru|ру|com|ком|by|kz|net|ua)$/

/**
 * "tanya-shulgina", "at", "mail": the mailbox of an address whose name and sign were messages of their own.
 *
 * @param nearestFirst what was said right before
 */
export function findMailboxAfterSign(text: string, nearestFirst: readonly string[]): Match[] {
  const [at = '', name = ''] = nearestFirst.slice(0, 2).map(plain)
  if (!sign.test(at) || !/[a-zа-я0-9]$/.test(name)) return []
  const { tokens } = read(text)
  const [first, ...rest] = tokens
  if (!first || !(first.classes & Is.mailProvider) || !rest.every((token) => ending.test(token.text))) return []
  return [{ kind: 'EMAIL', rule: 'split', from: 0, to: text.length }]
}

const called = /(?:называется|назван|подписан|зовусь|ник такой|имя такое|найд[её]шь|найдете)/
const russianName = /^[а-яё]{3,}(?:[-_.][а-яё\d]+)*$/i

/** "ивановой-репетитор" after "страница так и называется", "7724" after "после решётки". */
const isCalled = (said: string, [nearest = '', earlier = '']: readonly string[]): boolean =>
  (russianName.test(said) && called.test(nearest) && said !== 'так') ||
  (/^#?\d{4}$/.test(said) && /реш[её]тк|хештег|хэштег|\btag\b/i.test(`${nearest} ${earlier}`))

const isName = (said: string): boolean =>
  said.length >= 4 && said.length <= 40 && name.test(said) && !isFileName(said) && !commonWords.has(said)

const joining =
  /^(?:слитно|подчеркивани.*|пробел.*|стыку.*|втор(?:ая|ое|ой)|перв(?:ая|ое|ой)|половин.*|част[ьи]|кусок|точка|тире|дефис|underscore|dash)$/

/** "второе «master», между ними подчёркивание". */
const isPartOfName = (said: string, tokens: readonly Token[]): boolean =>
  said.length <= maxTalk &&
  tokens.some(({ text }) => joining.test(text)) &&
  tokens.some(({ text }) => /^[a-z]{3,}$/.test(text))

const tellsOfName = (recent: string): boolean => isOfName(read(recent))

function isOfName({ tokens }: Reading): boolean {
  const all = tokens.length
  if (has(tokens, 0, all, Is.code | Is.data | Is.topic | Is.reported) || negated(tokens, 0, all)) return false
  const asks =
    all <= 14 &&
    has(tokens, 0, all, Is.maybeMessenger) &&
    (cuesIn(tokens, 0, all) & (Cue.having | Cue.me | Cue.named)) !== 0
  return (
    asks ||
    has(tokens, 0, all, Is.messenger) ||
    (cuesIn(tokens, 0, all) & (Cue.named | Cue.me)) === (Cue.named | Cue.me)
  )
}
