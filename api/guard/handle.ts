import { commonWords } from './common-words.ts'
import {
  afterAtWord,
  findAtNames,
  findCalledNames,
  findTalkedNames,
  latinised,
  spelledHash,
  spelledPoint,
  spelledUnderscore,
  underscore,
  writtenTogether,
} from './handle-alone.ts'
import { findBotNames } from './handle-bot.ts'
import { findNamesByEvidence } from './handle-evidence.ts'
import { type Handle, handleAt, handleSigns, isFileName } from './handle-name.ts'
import { groups, matchOf, numberAfter, pageId } from './handle-number.ts'
import { namedPerson } from './handle-person.ts'
import { findPhonetic, findWrittenNames } from './handle-written.ts'
import { hintFor } from './hints.ts'
import { around, has, type Match, maxMatches, negated, type Reading } from './reading.ts'
import { remembered } from './remembered.ts'
import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'

const glue =
  /^(?:[:=(–,>~«"'*`→⇒➡»|-]|👉|👈|👇|➜|🔜|столбик|столбиком|вертикально|буквы|буквами|letters|vertically|это|is|мой|моя|мое|вот|такой|под|по|как|as|at|the|id|айди|ид|ник|ником|нику|никнейм|никнеймом|логин|логином|юзер|юзернейм|nick|nickname|username|user|login|handle|name|аккаунт|акк|аккаунта|профиль|тоже|там|я|called|under|by|named|account|profile|in|лс|tag|тег|тэг|personal|везде|такая|такое|page|live|same|me|meeting|room|конференции|конференция|идентификатор|код|нейм|нэйм|имя|\/)$/

/** Names beside a messenger ("тг ivanov_92"), after "ник", or after a spelled "@". */
export function findHandles(reading: Reading): Match[] {
  const { tokens } = reading
  const matches = findAtNames(reading)
  matches.push(
    ...findWrittenNames(reading),
    ...findPhonetic(reading),
    ...findCalledNames(reading),
    ...findTalkedNames(reading),
    ...findBotNames(reading),
  )
  for (let i = 0; i < tokens.length && matches.length < maxMatches; i++) {
    const token = tokens[i]
    if (!token) break
    const classes = token.classes
    if (!(classes & leads) && !(token.hints & isSign)) continue
    let found: Match | null = null
    if (isInsideIdentifier(reading, i)) continue
    if (classes & (Is.messenger | Is.maybeMessenger | Is.elsewhere))
      found = afterMessenger(reading, i) ?? beforeMessenger(reading, i) ?? namedPerson(reading, i)
    else if (classes & Is.nick) found = afterNick(reading, i) ?? (token.text === 'id' ? pageId(reading, i) : null)
    else if (classes & Is.at) found = afterAtWord(reading, i)
    else found = bySign(reading, i, signOf(token.text)) ?? (classes & Is.dot ? spelledPoint(reading, i) : null)
    if (found) matches.push(found)
  }
  matches.push(...findNamesByEvidence(reading, matches))
  return matches
}

const leads = Is.messenger | Is.maybeMessenger | Is.elsewhere | Is.nick | Is.at | Is.dot

type Sign = 'group' | 'hash' | 'g' | 'bracket' | 'underscore' | 'together' | 'latin' | 'none'

/** What a word or a sign says about a name beside it. */
const signOf = remembered((text): Sign => {
  if (groups.test(text)) return 'group'
  if (/^(?:решетк[ау]|решеточк[ау]|х[еэ]ш(?:тег)?|hash(?:tag)?)$/.test(text)) return 'hash'
  if (/^[гg]$/.test(text)) return 'g'
  if (/^[([{]$/.test(text)) return 'bracket'
  if (underscore.test(text)) return 'underscore'
  if (/^(?:слитно|пробел(?:а|ов)|одно)$/.test(text)) return 'together'
  return /^(?:латиниц|транслит)/.test(text) ? 'latin' : 'none'
}, 20_000)

const isSign = hintFor((word) => signOf(word) !== 'none')

function bySign(reading: Reading, i: number, sign: Sign): Match | null {
  switch (sign) {
    case 'group':
      return pageId(reading, i)
    case 'hash':
      return spelledHash(reading, i)
    case 'g':
      return isAbbreviated(reading.tokens, i) ? afterMessenger(reading, i) : null
    case 'bracket':
      return reading.tokens[i + 1]?.text === 'at' ? afterAtWord(reading, i + 2) : null
    case 'underscore':
      return spelledUnderscore(reading, i)
    case 'together':
      return writtenTogether(reading, i)
    case 'latin':
      return latinised(reading, i)
    case 'none':
      return null
  }
}

/** "max_length", "abort.signal": a name in a program, of which the messenger's is a part. */
function isInsideIdentifier({ tokens }: Reading, i: number): boolean {
  const [before, token, after] = [tokens[i - 1], tokens[i], tokens[i + 1]]
  const joins = /^[_.#$\\%]$/
  if (after?.text === '_' && !after.spaceBefore) return true
  if (!before || token?.spaceBefore || token?.text.length === 1 || !joins.test(before.text)) return false
  return !((token?.classes ?? 0) & Is.messenger) || before.text === '_'
}

/** "т г", "t.g.": what stands before its "г". */
function isAbbreviated(tokens: readonly Token[], i: number): boolean {
  const before = tokens[i - 1]?.text === '.' ? i - 2 : i - 1
  return /^[тt]$/.test(tokens[before]?.text ?? '')
}

/** Whether a sentence is a piece of a program. */
const isCode = (tokens: readonly Token[], from: number, to: number): boolean =>
  tokens.slice(from, to).some(({ text }) => /^[{};#<>&%`]$/.test(text))

function afterMessenger(reading: Reading, i: number): Match | null {
  const { tokens } = reading
  const messenger = tokens[i]
  if (!messenger) return null
  const sure = (messenger.classes & Is.messenger) !== 0
  let at = tokens[i]?.text.length === 1 && tokens[i + 1]?.text === '.' ? i + 2 : i + 1
  let explicit = false
  // "ник в скайпе ivanpetrov"
  let nick = ((tokens[i - 2]?.classes ?? 0) & Is.nick) !== 0
  while (at < tokens.length && at - i < 6) {
    const token = tokens[at]
    if (
      !token ||
      !glue.test(token.text) ||
      (token.text === 'id' && tokens[at + 1]?.spaceBefore === false && tokens[at + 1]?.type !== 'symbol')
    )
      break
    if (token.text === '-' && !token.spaceBefore && !tokens[at + 1]?.spaceBefore) break
    if (/^(?:[:=→»⇒➡➜-]|👉|👇)$/u.test(token.text)) explicit = true
    if (token.classes & Is.nick || /^(?:as|как|id|айди)$/.test(token.text)) nick = true
    at++
  }
  // A name may stand in the next line, but only where one is announced.
  if (tokens[at]?.lineBefore && !/^[:—-]$/.test(tokens[at - 1]?.text ?? '')) return null
  const handle = handleAt(reading, at)
  if (!handle) return numberAfter(reading, i, at, sure, explicit || nick)
  const { from, to } = around(tokens, i, 'sentence')
  if (negated(tokens, around(tokens, i, 'clause').from, i)) return null
  const mine = has(tokens, i - 2, i + 1, Is.me) || has(tokens, i, at, Is.me)
  const personal =
    mine || nick || has(tokens, Math.max(from, i - 6), i, Is.getInTouch) || has(tokens, Math.max(from, i - 6), i, Is.me)
  const code = has(tokens, from, to, Is.code)
  const clause = around(tokens, i, 'clause')
  const short = Math.min(to, clause.to) - Math.max(from, clause.from) - (handle.to - handle.from) <= 5
  if (handle.strength === 'strong') {
    if (code && !mine && !nick) return null
    if (handle.tag) return matchOf(messenger, tokens[handle.to - 1])
    if (!sure && ((!explicit && !personal && !short) || isCode(tokens, from, to))) return null
    if (!sure && messenger.classes & Is.elsewhere && !explicit && !nick && !mine) return null
    return matchOf(messenger, tokens[handle.to - 1])
  }
  if (commonWords.has(handle.text) || classesIn(tokens, handle) !== 0 || code) return null
  const shortName = /^(?:tg|vk|ig|fb|snap|inst|wa|tele)$/.test(messenger.text)
  const idGiven =
    nick &&
    /^(?:line|wechat|kakao|kakaotalk|snap|kik|imo|тикток|tiktok|стим|steam|тимс|фб|fb|одноклассники)$/.test(
      messenger.text,
    )
  if (!sure && (!mine || isCode(tokens, from, to)) && !shortName && !idGiven) return null
  const last = endsThere(tokens, handle.to)
  const russian = hasRussian(tokens, from, to)
  const slang = /^(?:тгк?|tg|инст.|insta|телег.|вк|vk|ig|ds|дс|дискорд|discord|skype|скайп|snap|inst)$/.test(
    messenger.text,
  )
  const lower = reading.folded.source
    .slice(reading.folded.span(tokens[at]?.start ?? 0, (tokens[at]?.start ?? 0) + 1).start)
    .charAt(0)
  const capital = lower !== lower.toLowerCase()
  if (nick || (mine && (sure || explicit || shortName) && last)) return matchOf(messenger, tokens[handle.to - 1])
  if (!sure && !shortName) return null
  if (explicit && last && !capital && (russian || short)) return matchOf(messenger, tokens[handle.to - 1])
  return sure &&
    slang &&
    !capital &&
    last &&
    (personal || short) &&
    (russian || (to - from <= 3 && /^(?:insta|tg|skype|snap|inst|ig)$/.test(messenger.text)))
    ? matchOf(messenger, tokens[handle.to - 1])
    : null
}

const endsThere = (tokens: readonly Token[], at: number): boolean => {
  const next = tokens[at]
  return (
    !next ||
    next.lineBefore ||
    next.type === 'symbol' ||
    /^(?:пиши.*|напиши.*|добав.*|там|и|жду|а|or|and|add|text|write|если|удобнее|отвеч.*)$/.test(next.text)
  )
}

const classesIn = (tokens: readonly Token[], { from, to }: Handle): number => {
  let classes = 0
  for (let i = from; i < to; i++) classes |= tokens[i]?.classes ?? 0
  return classes & ~(Is.numberWord | Is.data | Is.filler)
}

const hasRussian = (tokens: readonly Token[], from: number, to: number): boolean =>
  tokens.slice(from, to).some(({ text }) => /[а-я]/.test(text))

/** "ivanov_92 в телеге", "ivan.petrov (inst)". */
function beforeMessenger(reading: Reading, i: number): Match | null {
  const { tokens } = reading
  let end = i
  while (
    end > 0 &&
    i - end < 4 &&
    /^(?:в|во|на|мой|это|is|on|in|my|at|[(–:,-]|ник|nick|via|через|для|from|the|там)$/.test(tokens[end - 1]?.text ?? '')
  )
    end--
  let start = end
  while (start > 0 && end - start < 12) {
    const token = tokens[start - 1]
    if (!token || (token.type === 'symbol' && !handleSigns.test(token.text))) break
    start--
    if (token.spaceBefore) break
  }
  const handle = start < end ? handleAt(reading, start) : null
  if (!handle || handle.to !== end || handle.strength !== 'strong') return null
  const { from, to } = around(tokens, i, 'sentence')
  const messenger = tokens[i]
  if (!messenger || messenger.lineBefore || isFileName(handle.text)) return null
  if (has(tokens, from, to, Is.code) || negated(tokens, from, i)) return null
  const personal = has(tokens, from, to, Is.me | Is.getInTouch | Is.nick)
  const short = to - from <= handle.to - handle.from + 5
  if (
    !(messenger.classes & Is.messenger) &&
    !personal &&
    !(
      short &&
      handle.text.length > 5 &&
      /^(?:tg|vk|ig|inst|snap|дс|ds|тикток|tiktok|signal|сигнал|фб|fb|тви|твиттер|twitter|max)$/.test(messenger.text)
    )
  )
    return null
  if (!personal && !short) return null
  return { kind: 'HANDLE', rule: 'handle.messenger', from: tokens[handle.from]?.start ?? 0, to: messenger.end }
}

/** "мой ник ivanov_92", "username: ivan_petrov, add me". */
function afterNick(reading: Reading, i: number): Match | null {
  const { tokens } = reading
  let at = i + 1
  while (
    at < tokens.length &&
    at - i < 4 &&
    /^(?:[:=«"'-]|это|is|мой|такой|там|в|тг|телеге|вк|instead|везде|тут)$/.test(tokens[at]?.text ?? '')
  )
    at++
  const handle = handleAt(reading, at)
  const { from, to } = around(tokens, i, 'sentence')
  if (!handle || has(tokens, from, to, Is.code | Is.data) || negated(tokens, from, i)) return null
  const nick = tokens[i]
  const real = /^(?:ник.*|nick.*|юзер|юзернейм.*|username|usernames|handle)$/.test(nick?.text ?? '')
  const mine = has(tokens, Math.max(from, i - 3), at, Is.me)
  const told = tokens[at - 1]?.text === ':' && at - i === 2
  const personal = mine || told || has(tokens, from, to, Is.getInTouch | Is.messenger)
  if (!nick || !(real || (mine && handle.strength === 'strong'))) return null
  const fits =
    handle.strength === 'strong'
      ? personal || to - from <= 8
      : (mine ||
          (/^(?:ник|никнейм|nick|nickname|username|юзернейм)$/.test(nick.text) &&
            to - from <= 5 &&
            handle.text.length > 5 &&
            (told || tokens[at - 1]?.text === '-' || hasRussian(tokens, from, to)))) &&
        !commonWords.has(handle.text) &&
        classesIn(tokens, handle) === 0
  return fits
    ? { kind: 'HANDLE', rule: 'handle.nick', from: nick.start, to: tokens[handle.to - 1]?.end ?? nick.end }
    : null
}
