import { Cue, cuesIn, weigh } from './evidence.ts'
import { anchoredBy, type Exchange } from './exchanges.ts'
import { around, has, isQuoted, type Match, maxMatches, type Reading, saysNo } from './reading.ts'
import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'

/** Proposals to exchange numbers or to pay and deal past the marketplace, by what the sentence says in any order. */
export function findExchanges({ tokens }: Reading): Match[] {
  const matches: Match[] = []
  for (let i = 0; i < tokens.length && matches.length < maxMatches; i++) {
    const token = tokens[i]
    if (token?.type !== 'word') continue
    for (const exchange of anchoredBy(token.text)) {
      if (isQuoted(tokens, i) || !isProposed(tokens, i, exchange)) continue
      matches.push({ kind: exchange.kind, rule: exchange.rule, from: token.start, to: token.end })
    }
  }
  return matches
}

/** "на почту", and nothing after it that would say whose. */
const isLedAndLast = (tokens: readonly Token[], i: number, to: number): boolean =>
  /^(?:на|по|to|via|by)$/.test(tokens[i - 1]?.text ?? '') && (i + 1 >= to || tokens[i + 1]?.type === 'symbol')

/** "номер задания", "номер вашей методички": of a thing, not of the reader. */
function isOfSomething(tokens: readonly Token[], i: number, things: number): boolean {
  const [next, after] = [tokens[i + 1], tokens[i + 2]]
  if ((next?.classes ?? 0) & things) return true
  const whose = /^(?:вашего|вашей|ваших|твоего|твоей|моего|моей|своего|своей|этого|этой|нашего|нашей)$/.test(
    next?.text ?? '',
  )
  return whose && after?.type === 'word' && !/^(?:телефона|мобильного|вотсапа|вацапа|карты)$/.test(after.text)
}

/** "Мне удобнее оплатить сразу вам. Пришлите 16 цифр пластика": what the sentence before says of paying. */
function paysBefore(tokens: readonly Token[], from: number): number {
  if (from < 2 || tokens[from]?.lineBefore) return 0
  const before = around(tokens, from - 2, 'sentence')
  const cues = cuesIn(tokens, before.from, before.to)
  return cues & (Cue.others | Cue.past | Cue.form | Cue.site) ? 0 : cues & (Cue.pay | Cue.you)
}

const refund =
  /^(?:возврат.*|вернут|вернули|вывод.*|выве[лд].*|поступ.*|пришл[аио]|зачисл.*|зарплат.*|стипенди.*|списал.*|refund.*|withdraw.*|payout.*)$/

function isProposed(
  tokens: readonly Token[],
  i: number,
  { rule, notBefore, needs, weights, enough, kind }: Exchange,
): boolean {
  const { from, to } = around(tokens, i, 'sentence')
  // "у меня созвон до 15", "на созвоне": busy with somebody else.
  if (/^созвон/.test(tokens[i]?.text ?? '') && /^(?:меня|нас|на)$/.test(tokens[i - 1]?.text ?? '')) return false
  if (isOfSomething(tokens, i, notBefore) || has(tokens, from, to, Is.reported)) return false
  const cues =
    cuesIn(tokens, from, i) |
    cuesIn(tokens, i + 1, to) |
    (kind === 'CARD' ? (tokens[i]?.cues ?? 0) | paysBefore(tokens, from) : 0)
  if (!(cues & needs)) return false
  if (kind === 'CARD' && tokens.slice(from, to).some(({ text }) => refund.test(text))) return false
  let sum = weigh(cues, weights)
  if (kind === 'INVITATION' && has(tokens, from, to, Is.topic)) sum -= 2
  if (has(tokens, from, to, Is.code)) sum -= 3
  if (kind === 'INVITATION' && to - from <= 4 && cues & Cue.reach && rule === 'invitation.email') sum += 3
  if (rule === 'invitation.email' && isLedAndLast(tokens, i, to)) sum += 3
  if (to - from <= 4 && cues & Cue.yours) sum++
  if (/^(?:мой|мои|мою)$/.test(tokens[i - 1]?.text ?? '')) sum++
  if (rule === 'invitation.email' && /^электронн/.test(tokens[i - 1]?.text ?? '')) sum++
  if (rule === 'invitation.email' && cues & Cue.having && cues & Cue.you && tokens[to]?.text === '?') sum++
  // "ваш эмейл?"
  if ((tokens[i - 1]?.cues ?? 0) & Cue.yours && tokens[i + 1]?.text === '?') sum += 3
  if (has(tokens, from, to, Is.messenger | Is.maybeMessenger)) sum += 2
  const denied = kind === 'CARD' || !(needs & Cue.site) ? around(tokens, i, 'clause') : { from, to }
  if (saysNo(tokens, denied.from, denied.to)) sum -= 4
  return sum >= enough
}
