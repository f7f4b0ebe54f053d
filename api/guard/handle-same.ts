import { around, has, type Match, maxMatches, negated, type Reading } from './reading.ts'
import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'

const places = Is.messenger | Is.maybeMessenger | Is.elsewhere

/** Names of networks that are abbreviated by whoever is there; none of a thesis. */
const same =
  /^(?:так(?:ой|ая|ое|им) же|т(?:от|а|ем|ому) же|эт(?:от|ому|им) же|(?:точно )?(?:как|что) (?:и )?(?:ник |имя )?(?:тут|здесь)|(?:тут|здесь) такой|the same|same as|same (?:number|name|nick|username|handle|one|id|there))(?: |$)/

/** "телега та же, что тут", "вотсап на этот же номер", "insta is the same": the contact is what the reader sees already. */
export function findSameNames({ tokens, classes }: Reading): Match[] {
  const matches: Match[] = []
  if (!(classes & places)) return matches
  for (let i = 0; i < tokens.length && matches.length < maxMatches; i++) {
    const token = tokens[i]
    if (!token || !(token.classes & places)) continue
    const { from, to } = around(tokens, i, 'sentence')
    const end = sameAfter(tokens, i, to)
    if (end === null || to - from > 14 || negated(tokens, from, to)) continue
    if (has(tokens, from, to, Is.topic | Is.code | Is.data)) continue
    matches.push({ kind: 'INVITATION', rule: 'invitation.nick', from: token.start, to: tokens[end]?.end ?? token.end })
  }
  return matches
}

/** The last token of "the same" that follows with nothing but small words between; null where none does. */
function sameAfter(tokens: readonly Token[], i: number, to: number): number | null {
  for (let at = i + 1; at < to && at - i < 6; at++) {
    const words = [0, 1, 2, 3].map((k) => tokens[at + k]?.text ?? '').join(' ')
    const found = same.exec(`${words} `)
    if (found) return Math.min(to - 1, at + found[0].trim().split(' ').length - 1)
    if (
      !/^(?:на|у|,|номер|он|меня|там|это|мой|ник|имя|логин|по|с|под|:|-|тоже|будет|is|my|with|on|the|nick|username|привязан|зарегистрирован)$/.test(
        tokens[at]?.text ?? '',
      )
    )
      return null
  }
  return null
}
