import { commonWords, productWords } from './common-words.ts'
import { Cue, cuesIn, weigh } from './evidence.ts'
import { type Handle, handleAt, isFileName } from './handle-name.ts'
import { hintFor } from './hints.ts'
import { around, has, type Match, maxMatches, negated, type Reading } from './reading.ts'
import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'

/** What a sentence about being found says, and what speaks against it. */
const weights = {
  reach: 1,
  me: 1,
  there: 1,
  together: 1,
  having: 1,
  spelled: 1,
  others: -3,
  form: -3,
  past: -2,
} as const
const enough = 7

/** Says that a name follows: "зовут", "забей", "под именем". */
const naming =
  /^(?:ник[а-я]{0,2}|никнейм[а-я]*|юзер[а-я]*|логин[а-я]*|зовут|зовусь|называюсь|записан[аы]?|подписан[аы]?|забей(?:те)?|вбей(?:те)?|вбить|набери(?:те)?|ищи(?:те)?|найди(?:те)?|поиск[еу]|именем|имя|найти|добавь(?:те)?|добавляй(?:те)?|собак[ауи]|собачк[ау]|nick(?:name)?|username|handle|named|called|search|find|add)$/
const between =
  /^(?:[.:,=—–"'«»(>→/-]|в|во|на|это|есть|мой|моя|я|там|тут|под|по|как|так|и|is|as|its|im|on|in|at|my|the|under|by)$/
/** English words that no name ends like. */
const wordLike = /(?:tion|sion|ing|ment|ness|ity|ism|ers|able|ous|ive|ship|ance|ence|ology|ized|ised|ful|less|ware)$/
/** Networks whose names are words too, but not these ones. */
const unambiguous = /^(?:tg|vk|ig|inst|snap|snapchat|дс|ds|wa|kik|тикток|tiktok|twitter|твиттер|wechat|фб|fb|imo|имо)$/
const everywhere = new Set(['везде', 'всюду', 'everywhere', 'площадках', 'соцсетях'])
const isEverywhere = hintFor(everywhere)
const places = Is.messenger | Is.maybeMessenger | Is.elsewhere

/**
 * A name that nothing but its letters and its neighbours tell from a word: "annamath в телеграме", "забей в поиске телеграма annamath".
 *
 * @param known what other rules found already
 */
export function findNamesByEvidence(reading: Reading, known: readonly Match[]): Match[] {
  const { tokens, classes, hints } = reading
  const matches: Match[] = []
  if (!(classes & places) && !(hints & isEverywhere)) return matches
  const covered = new Set(known.map(({ to }) => to))
  for (let i = 0; i < tokens.length && matches.length + known.length < maxMatches; i++) {
    const token = tokens[i]
    if (token?.type !== 'word' || !/^[a-z]/.test(token.text) || (!token.spaceBefore && isJoined(tokens[i - 1])))
      continue
    const handle = handleAt(reading, i) ?? hyphenatedAt(tokens, i)
    if (!handle) continue
    if (!covered.has(tokens[handle.to - 1]?.end ?? 0) && isName(reading, handle)) {
      const network = nearest(tokens, handle)
      if (network !== null && scoreOf(reading, handle, network) >= enough)
        matches.push(matchOf(tokens, handle, network))
    }
    i = handle.to - 1
  }
  return matches
}

const isJoined = (before: Token | undefined): boolean => before !== undefined && !/^["'«“(:,—→>/-]$/.test(before.text)

/** "ekonomist-ivan": two words that are one name, where one is announced. */
function hyphenatedAt(tokens: readonly Token[], i: number): Handle | null {
  const parts = tokens.slice(i, i + 3)
  const [first, hyphen, second] = parts
  if (!first || hyphen?.text !== '-' || !second || hyphen.spaceBefore || second.spaceBefore) return null
  const text = `${first.text}-${second.text}`
  return /^[a-z]{3,}-[a-z]{3,}$/.test(text) ? { from: i, to: i + 3, text, strength: 'plain' } : null
}

/** In Latin letters, no word of the lexicon or of computers, and in small letters or with a sign that words don't have. */
function isName({ tokens, folded }: Reading, { text, strength, from, to }: Handle): boolean {
  if (isFileName(text) || /^(?:https?|www)/.test(text)) return false
  if (strength === 'strong') return /[a-z]{2}/.test(text)
  const classes = (tokens[from]?.classes ?? 0) & ~(Is.numberWord | Is.filler | Is.data)
  if (
    classes !== 0 ||
    text.length < 5 ||
    (to - from > 1 && !text.includes('-')) ||
    commonWords.has(text) ||
    productWords.has(text)
  )
    return false
  if (wordLike.test(text)) return false
  const { start } = folded.span(tokens[from]?.start ?? 0, (tokens[from]?.start ?? 0) + 1)
  return folded.source.charAt(start) === folded.source.charAt(start).toLowerCase()
}

const maxApart = 10
const maxAround = 16

/** The messenger in the same sentence that is nearest to a name; null where there is none. */
function nearest(tokens: readonly Token[], { from, to }: Handle): number | null {
  const sentence = around(tokens, from, 'sentence')
  // "тг. annamath", "тг... annamath"
  let dots = from
  while (dots > 0 && from - dots < 4 && tokens[dots - 1]?.text === '.') dots--
  const before = tokens[dots - 1]
  if (dots < from && before && before.classes & Is.messenger && (dots === 1 || before.lineBefore)) return dots - 1
  const isPlace = (token: Token | undefined): boolean =>
    token !== undefined && ((token.classes & places) !== 0 || everywhere.has(token.text))
  for (let apart = 1; apart <= maxApart; apart++) {
    const [before, after] = [from - apart, to - 1 + apart]
    if (before >= sentence.from && isPlace(tokens[before])) return before
    if (after < sentence.to && isPlace(tokens[after])) return after
  }
  return null
}

function scoreOf(reading: Reading, handle: Handle, network: number): number {
  const { tokens } = reading
  const sentence = around(tokens, handle.from, 'sentence')
  const from = Math.max(Math.min(sentence.from, network), handle.from - maxAround)
  const to = Math.min(sentence.to, handle.to + maxAround)
  const clause = around(tokens, handle.from, 'clause')
  if (has(tokens, from, to, Is.reported | Is.data) || isAboutPrograms(tokens, clause.from, clause.to)) return 0
  if (negated(tokens, clause.from, clause.to)) return 0
  if (tokens.slice(from, to).some(({ text }) => /^[{};<>&%`$\\]$/.test(text))) return 0
  const [first, last] = network < handle.from ? [network + 1, handle.from] : [handle.to, network]
  const gap = tokens.slice(first, last)
  const adjacent = gap.length < 5 && gap.every(({ text }) => between.test(text) || naming.test(text))
  const sure = ((tokens[network]?.classes ?? 0) & Is.messenger) !== 0 || unambiguous.test(tokens[network]?.text ?? '')
  const announced = /^[:—→-]$/.test(tokens[handle.from - 1]?.text ?? '')
  const russian = tokens.slice(from, to).some(({ text }) => /[а-я]/.test(text))
  const named = tokens
    .slice(Math.max(from, handle.from - 4), handle.from)
    .some(({ text }) => naming.test(text) && (russian || !/^(?:find|add|search)$/.test(text)))
  const spoken = /^(?:its|im)$/.test(tokens[handle.from - 1]?.text ?? '') && !/(?:ed|ly|al|ic)$/.test(handle.text)
  const others = to - from - (handle.to - handle.from) - 1
  const next = tokens[handle.to]
  const beside = tokens.slice(from, network).concat(gap, tokens.slice(handle.to, to))
  const alone =
    beside.every(({ type, text }) => type === 'symbol' || between.test(text)) &&
    tokens.length === to - from &&
    network < handle.from &&
    sure
  // Every word of an English sentence looks like a name.
  if (!russian && handle.strength === 'plain' && !(alone || announced || (sure && (named || (spoken && adjacent)))))
    return 0
  const cues = cuesIn(tokens, from, handle.from) | cuesIn(tokens, handle.to, to)
  const personal = named || announced || alone || (cues & (Cue.me | Cue.reach | Cue.there | Cue.together)) !== 0
  if (!sure && !personal) return 0
  if (
    handle.strength === 'plain' &&
    handle.to - handle.from > 1 &&
    !((named || announced) && (announced || cues & Cue.me || sure))
  )
    return 0
  return (
    (adjacent || everywhere.has(tokens[network]?.text ?? '') ? 2 : 1) +
    Number(sure) +
    Number(gap.length === 0) +
    (handle.strength === 'strong' ? 3 : 1) +
    (named || spoken ? 2 : 0) +
    Number(announced) +
    Number(russian) +
    Number(tokens.slice(from, to).some(({ text }) => /^(?:друзья|друзьях|friends)$/.test(text))) +
    (others <= 3 ? 2 : 0) +
    (alone ? 2 : 0) +
    Number(!next || next.lineBefore || next.type === 'symbol') +
    (has(tokens, clause.from, clause.to, Is.topic) ? -2 : 0) +
    weigh(cues, weights)
  )
}

/** "бот для телеграма" is work; "пишите боту anna_bot" leads to somebody. */
const isAboutPrograms = (tokens: readonly Token[], from: number, to: number): boolean =>
  tokens.some(
    ({ classes, text }, i) =>
      i >= from && i < to && classes & Is.code && !(text === 'боту' && ((tokens[i - 1]?.cues ?? 0) & Cue.reach) !== 0),
  )

function matchOf(tokens: readonly Token[], handle: Handle, network: number): Match {
  const [first, last] = network < handle.from ? [network, handle.to - 1] : [handle.from, network]
  return { kind: 'HANDLE', rule: 'handle.messenger', from: tokens[first]?.start ?? 0, to: tokens[last]?.end ?? 0 }
}
