import { Cue, cuesIn, weigh } from './evidence.ts'
import { isLessonWord, slang } from './messenger-scene.ts'
import { around, has, isQuoted, type Match, maxMatches, type Reading, saysNo } from './reading.ts'
import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'

const weights = {
  reach: 3,
  together: 3,
  promise: 2,
  able: 1,
  me: 1,
  you: 1,
  having: 1,
  named: 2,
  spelled: 2,
  there: 1,
  yours: 1,
  secret: 1,
  others: -3,
  past: -2,
  ban: -4,
  busy: -3,
} as const
const enough = 4
const places = Is.messenger | Is.maybeMessenger | Is.elsewhere

/** Invitations to a messenger, by what the sentence around it says in any order. */
export function findByEvidence(reading: Reading): Match[] {
  const { tokens } = reading
  const matches: Match[] = []
  if (!(reading.classes & places)) return matches
  for (let i = 0; i < tokens.length && matches.length < maxMatches; i++) {
    const token = tokens[i]
    if (!token || !(token.classes & places)) continue
    const { from, to } = around(tokens, i, 'sentence')
    if (evidenceAt(reading, i, from, to) < enough) continue
    matches.push({ kind: 'INVITATION', rule: 'invitation.messenger', from: token.start, to: token.end })
    i = to - 1
  }
  return matches
}

/** How much speaks for an invitation to the messenger at token `i`. */
function evidenceAt(reading: Reading, i: number, from: number, to: number): number {
  const { tokens } = reading
  const token = tokens[i]
  if (!token || isQuoted(tokens, i)) return 0
  const cues = cuesIn(tokens, from, i) | cuesIn(tokens, i + 1, to)
  if (isPartOfName(tokens, i) && !(isChannel(tokens, i) && cues & Cue.me && cues & Cue.reach)) return 0
  const liked = (cues & (Cue.able | Cue.me)) === (Cue.able | Cue.me) && to - from <= 8
  if (!liked && !(cues & (Cue.reach | Cue.together | Cue.promise | Cue.yours | Cue.having | Cue.named | Cue.past)))
    return 0
  let sum = weigh(cues, weights)
  const toMe = tokens
    .slice(from, to)
    .some(
      ({ cues: said }, k) =>
        said & (Cue.reach | Cue.paired) && /^(?:меня|мне|me)$/.test(tokens[from + k + 1]?.text ?? ''),
    )
  if (toMe) sum += 1
  // "мы вам в инсте писали": to the reader, there.
  if (cues & Cue.past && cues & Cue.you && cues & Cue.me) sum += 2
  if (cues & Cue.having && cues & Cue.you && isQuestion(tokens, i, to)) sum += 2
  if (slang.test(token.text)) sum += 1
  const led = /^(?:в|во|на|по|через|on|via|v|na)$/.test(tokens[i - 1]?.text ?? '')
  if (!(token.classes & (Is.messenger | Is.elsewhere)) && !(led && online.test(token.text)))
    sum -= !led && otherwise.test(token.text) ? 2 : 1
  if (/^(?:твой|твоя|твою|ваш|ваша|вашу|свой|свою|your|ur|tvoi|tvoy)$/.test(tokens[i - 1]?.text ?? '')) sum += 2
  if (led) sum += 1
  if (/^(?:из|с|про|о|об|from|about|of|for)$/.test(tokens[i - 1]?.text ?? '')) sum -= 3
  if (has(tokens, from, i, Is.topic | Is.code) || has(tokens, i + 1, to, Is.topic | Is.code)) {
    // Where both are meant by it, chapters and tables are the errand.
    const meant = (toMe || (cues & Cue.me && cues & Cue.you)) && cues & (Cue.reach | Cue.promise | Cue.together)
    sum -= meant ? 2 : 4
  }
  const clause = around(tokens, i, 'clause')
  if (saysNo(tokens, clause.from, Math.min(clause.to, i + 5))) sum -= 5
  if (has(tokens, from, to, Is.reported)) sum -= 4
  for (let k = from; k < to; k++) if (isLessonWord(tokens[k]?.text ?? '')) sum -= 4
  return sum
}

/** Names of people and things too. */
const otherwise = /^(?:max|макс|line|meet|steam|element|matrix|signal|сигнал)$/

/** Names that mean nothing else where one is "in" them. */
const online = /^(?:максе?|max|зуме?|zoom|дс|фб|тимсе?|сигнале?|signal|снапе?|имо|контакте|одноклассниках)$/

const isQuestion = (tokens: readonly Token[], i: number, to: number): boolean =>
  tokens.slice(i, to + 1).some(({ text }) => text === '?')

/** "телеграм-канал": a name that leads there, where it is the writer's own. */
const isChannel = (tokens: readonly Token[], i: number): boolean =>
  tokens[i + 1]?.text === '-' && /^(?:канал|чат|групп)/.test(tokens[i + 2]?.text ?? '')

/** "телеграм-бот", "VK API", "max_length". */
function isPartOfName(tokens: readonly Token[], i: number): boolean {
  const [before, token, next, after] = [tokens[i - 1], tokens[i], tokens[i + 1], tokens[i + 2]]
  if (
    next &&
    (next.classes & Is.code || (/^[-_.]$/.test(next.text) && !next.spaceBefore && after && !after.spaceBefore))
  )
    return true
  return /^[_.#$\\%/]$/.test(before?.text ?? '') && token?.spaceBefore === false
}
