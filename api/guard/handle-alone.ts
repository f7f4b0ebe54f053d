import { Cue, cuesIn, weigh } from './evidence.ts'
import { goesOnWith, handleAt, isFileName } from './handle-name.ts'
import { hintFor } from './hints.ts'
import { around, has, type Match, maxMatches, type Reading } from './reading.ts'
import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'

/** "@name"; a lone "@" is left to the base rule. */
export function findAtNames({ tokens, folded }: Reading): Match[] {
  const matches: Match[] = []
  if (!folded.text.includes('@')) return matches
  for (let i = 0; i + 1 < tokens.length && matches.length < maxMatches; i++) {
    const [sign, name] = [tokens[i], tokens[i + 1]]
    if (sign?.text !== '@' || name?.type === 'symbol' || !name || name.spaceBefore) continue
    let to = i + 1
    while (
      to < tokens.length &&
      to - i < 12 &&
      !tokens[to]?.spaceBefore &&
      (tokens[to]?.type !== 'symbol' || /^[_.-]$/.test(tokens[to]?.text ?? ''))
    )
      to++
    while (tokens[to - 1]?.type === 'symbol' && tokens[to - 1]?.text !== '_') to--
    matches.push({ kind: 'HANDLE', rule: 'handle.at-sign', from: sign.start, to: tokens[to - 1]?.end ?? name.end })
  }
  return matches
}

const calling = new Set('найди найдите ищи ищите поищи добавь добавьте добавляй add find search я'.split(' '))
const calls = hintFor(calling)

/** "найди меня: annamath_92", "add me annamath92", "я тут annamath_92": a name after "me" that is no messenger's. */
export function findCalledNames(reading: Reading): Match[] {
  const { tokens } = reading
  const matches: Match[] = []
  if (!(reading.classes & (Is.getInTouch | Is.me)) || !(reading.hints & calls)) return matches
  for (let i = 0; i + 1 < tokens.length && matches.length < maxMatches; i++) {
    const verb = tokens[i]
    if (!verb || !(verb.hints & calls) || !calling.has(verb.text)) continue
    let at = i + 1
    while (
      at < tokens.length &&
      at - i < 4 &&
      /^(?:меня|me|:|,|-|там|тут|по|нику|as|by|везде|как|for|up)$/.test(tokens[at]?.text ?? '')
    )
      at++
    const handle = at > i + 1 || tokens.length < 7 ? handleAt(reading, at) : null
    if (handle?.strength !== 'strong' || has(tokens, 0, Math.min(tokens.length, 40), Is.code | Is.data)) continue
    const meant = has(tokens, i + 1, at, Is.me) || /^[a-z_.]{4,}\d\d+$/.test(handle.text) || verb.text === 'я'
    if (meant)
      matches.push({
        kind: 'HANDLE',
        rule: 'handle.nick',
        from: verb.start,
        to: tokens[handle.to - 1]?.end ?? verb.end,
      })
  }
  return matches
}

/** "_", said aloud. */
export const underscore = /^(?:подчеркивание|подчеркиванием|андерскор|underscore)$/

/** "ivan нижнее подчеркивание petrov": a name said aloud, where a messenger or a name is spoken of. */
export function spelledUnderscore(reading: Reading, i: number): Match | null {
  const { tokens } = reading
  const { from, to } = around(tokens, i, 'sentence')
  const said = Is.messenger | Is.maybeMessenger | Is.nick | Is.mailCue | Is.at | Is.getInTouch
  if (!has(tokens, from, to, said) || has(tokens, from, to, Is.code)) return null
  // "Instagram: нижнее подчёркивание, потом lera".
  const network = tokens.slice(from, to).findIndex(({ classes }) => classes & (Is.messenger | Is.nick))
  const latin = tokens.slice(i, to).findIndex(({ text, classes }) => /^[a-z]{2,}$/.test(text) && classes === 0)
  if (network >= 0 && latin >= 0 && !has(tokens, from, to, Is.data | Is.topic)) {
    return {
      kind: 'HANDLE',
      rule: 'handle.spelled',
      from: tokens[Math.min(i, from + network)]?.start ?? 0,
      to: tokens[i + latin]?.end ?? 0,
    }
  }
  const first = tokens[i - 1]?.text === 'нижнее' ? i - 2 : i - 1
  const aside = told(tokens, first)
  if (aside && network >= 0)
    return { kind: 'HANDLE', rule: 'handle.spelled', from: tokens[from + network]?.start ?? 0, to: aside.end }
  const [name, rest] = [tokens[first], tokens[i + 1]]
  if (!name || !rest || name.type === 'symbol' || rest.type === 'symbol') return null
  return { kind: 'HANDLE', rule: 'handle.spelled', from: name.start, to: rest.end }
}

/** "sanya zhbi (нижнее подчёркивание между)": the second of two names before a bracket; null where there are none. */
function told(tokens: readonly Token[], bracket: number, anything = false): Token | null {
  const [a, b, open] = [tokens[bracket - 2], tokens[bracket - 1], tokens[bracket]]
  const latin = /^[a-z]{2,}$/
  return b && (anything || /^[(,—-]$/.test(open?.text ?? '')) && latin.test(a?.text ?? '') && latin.test(b.text)
    ? b
    : null
}

/** "тг egor точка brown": a name of two words with its point said aloud, right after a messenger. */
export function spelledPoint({ tokens }: Reading, i: number): Match | null {
  const [name, rest] = [tokens[i - 1], tokens[i + 1]]
  if (name?.type !== 'word' || rest?.type !== 'word' || !/^[a-z]{2,}/.test(name.text + rest.text)) return null
  const { from, to } = around(tokens, i, 'sentence')
  // "инста lizka точка study": all that is said is a messenger and a name.
  const onlyName = to - from <= 4 && ((tokens[from]?.classes ?? 0) & Is.messenger) !== 0
  const said = name.classes | rest.classes
  if (said & Is.code || (said & Is.topic && !onlyName) || rest.lineBefore) return null
  const near = Math.max(from, i - 6)
  const network = tokens
    .slice(near, i - 1)
    .findLast(({ classes }) => classes & (Is.messenger | Is.maybeMessenger | Is.nick))
  if (!network || has(tokens, from, i, Is.code | Is.topic | Is.data)) return null
  return { kind: 'HANDLE', rule: 'handle.spelled', from: network.start, to: rest.end }
}

/** "дискорд: boroda решётка 4417": a name's number with its sign said aloud, after a messenger. */
export function spelledHash({ tokens }: Reading, i: number): Match | null {
  const [name, number] = [tokens[i - 1], tokens[i + 1]]
  if (name?.type !== 'word' || number?.type !== 'number' || number.text.length !== 4) return null
  const { from, to } = around(tokens, i, 'sentence')
  const network = tokens
    .slice(Math.max(from, i - 6), i - 1)
    .findLast(({ classes }) => classes & (Is.messenger | Is.nick))
  if (!network || has(tokens, from, to, Is.code | Is.data | Is.topic)) return null
  return { kind: 'HANDLE', rule: 'handle.spelled', from: network.start, to: number.end }
}

/** "телега ivan math без пробела": two words that make one name. */
export function writtenTogether({ tokens }: Reading, i: number): Match | null {
  const at = /^(?:без|в)$/.test(tokens[i - 1]?.text ?? '') ? i - 1 : i
  const last = told(tokens, at, true)
  const { from } = around(tokens, i, 'sentence')
  const network = tokens
    .slice(Math.max(from, i - 8), at)
    .find(({ classes }) => classes & (Is.messenger | Is.maybeMessenger | Is.nick))
  return last && network
    ? { kind: 'HANDLE', rule: 'handle.spelled', from: network.start, to: tokens[i]?.end ?? last.end }
    : null
}

/** What else has a name of Latin letters. */
const isNamedToo = /^(?:файл|архив|папк|класс|таблиц|столб|колонк|пол[ея]$)/

/** "в телеграме: марина-куз латиницей": a name that is told how to write, after a messenger. */
export function latinised({ tokens }: Reading, i: number): Match | null {
  const { from, to } = around(tokens, i, 'sentence')
  const network = tokens.slice(from, i).findIndex(({ classes }) => classes & (Is.messenger | Is.nick))
  const name = tokens[i - 1]
  if (network < 0 || from + network >= i - 1 || has(tokens, from, to, Is.code | Is.topic | Is.data | Is.reported))
    return null
  if (tokens.slice(from, to).some(({ text }) => isNamedToo.test(text))) return null
  const [first, last] = [tokens[from + network], tokens[i]]
  return first && last && name ? { kind: 'HANDLE', rule: 'handle.spelled', from: first.start, to: last.end } : null
}

/** "собака ivanov_92": a name after a spelled "@". */
export function afterAtWord(reading: Reading, i: number): Match | null {
  const handle = handleAt(reading, i + 1)
  const word = reading.tokens[i]
  if (!word || !handle || handle.strength !== 'strong' || !/^[a-z]/.test(handle.text)) return null
  return {
    kind: 'HANDLE',
    rule: 'handle.at-sign',
    from: word.start,
    to: reading.tokens[handle.to - 1]?.end ?? word.end,
  }
}

const weights = {
  named: 2,
  me: 1,
  you: 1,
  there: 1,
  reach: 2,
  together: 2,
  having: 1,
  promise: 1,
  yours: 1,
  others: -3,
  form: -3,
} as const
const enough = 4

/** "у меня там tatyana.repetitor.5", "лови: rita.algebra, го": a name wherever it stands, where a sentence is about being found. */
export function findTalkedNames(reading: Reading): Match[] {
  const { tokens } = reading
  const matches: Match[] = []
  for (let i = 0; i < tokens.length && matches.length < maxMatches; i++) {
    const token = tokens[i]
    if (
      token?.type !== 'word' ||
      !goesOnWith(tokens[i + 1]) ||
      (!token.spaceBefore && tokens[i - 1]?.type !== 'symbol') ||
      !/^[a-z]/.test(token.text)
    )
      continue
    const handle = handleAt(reading, i)
    if (!handle || handle.to === i + 1) continue
    const last = tokens[handle.to - 1]
    if (
      handle.strength === 'strong' &&
      /[._]|[a-z]{3,}\d/.test(handle.text) &&
      !isFileName(handle.text) &&
      !isMember.test(handle.text)
    ) {
      const { from, to } = around(tokens, i, 'sentence')
      if (isTold(reading, i, handle.to, from, to)) {
        matches.push({ kind: 'HANDLE', rule: 'handle.nick', from: token.start, to: last?.end ?? token.end })
      }
    }
    i = handle.to - 1
  }
  return matches
}

/** Names in programs and abbreviations: "this.props", "org.postgresql", "fig.3". */
const isMember =
  /^(?:this|self|org|com|java|javax|console|document|window|math|np|pd|plt|df|sys|os|std|system|app|req|res|router|props|state|node|io|http|www|fig|eq|ex|sec|vol|pp|no|ch|obj|arr|list|str|int|data|config|module|package|user|test|index|main)[._]/

function isTold({ tokens, classes }: Reading, begin: number, end: number, from: number, to: number): boolean {
  const beside = (classes: number): boolean => has(tokens, from, begin, classes) || has(tokens, end, to, classes)
  if (beside(Is.code | Is.data | Is.reported)) return false
  if (tokens[begin]?.text === 'self' || tokens[end - 1]?.text === '_' || /^[=([]$/.test(tokens[end]?.text ?? ''))
    return false
  const cues = cuesIn(tokens, from, begin) | cuesIn(tokens, end, to)
  const near = Math.max(from, begin - 14)
  const until = Math.min(to, end + 6)
  const networks =
    has(tokens, near, begin, Is.messenger | Is.elsewhere) ||
    has(tokens, end, until, Is.messenger) ||
    tokens.slice(near, begin).some(({ text }) => /^(?:ник.{0,2}|никнейм.*|юзер.*|nick|nickname|handle)$/.test(text))
  const place = networks ? 3 : has(tokens, near, begin, Is.maybeMessenger) ? 2 : 0
  const topic = beside(Is.topic)
  // An underscore is in no word: "телеграм для вопросов: sapr_kompas_help".
  if (
    (place === 3 || (place === 2 && cues & Cue.named)) &&
    tokens.slice(begin, end).some(({ text }) => text === '_') &&
    !(cues & Cue.form)
  ) {
    if (!topic || tokens[begin - 1]?.text === ':' || cues & (Cue.me | Cue.reach | Cue.there)) return true
  }
  if (place === 0 && !(cues & (Cue.named | Cue.there | Cue.reach))) return false
  if (!(cues & (Cue.me | Cue.reach | Cue.together | Cue.yours))) return false
  // "do you have snap? mine's lil.newton.09": the network was named in the sentence before.
  const network = (classes & (Is.messenger | Is.maybeMessenger | Is.elsewhere)) !== 0
  if (network && cues & (Cue.me | Cue.reach) && cues & (Cue.there | Cue.named | Cue.reach)) return true
  return weigh(cues, weights) + place - (topic ? 2 : 0) >= enough
}
