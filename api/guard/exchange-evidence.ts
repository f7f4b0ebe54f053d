import { Cue, cuesIn, cuesOf, weigh } from './evidence.ts'
import type { Finding } from './finding.ts'
import { around, has, isQuoted, type Match, maxMatches, type Reading, saysNo } from './reading.ts'
import type { RuleName } from './rule-set.ts'
import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'

/** A thing that leads off the marketplace, and what has to be said around it for it to be proposed. */
interface Exchange {
  rule: RuleName
  kind: Finding['kind']
  /** The word that everything turns on. */
  anchor: RegExp
  /** What may not follow the anchor right away: it is something else then. */
  notBefore: number
  weights: Parameters<typeof weigh>[1]
  /** Cues without which there is nothing. */
  needs: number
  enough: number
}

const exchanges: readonly Exchange[] = [
  {
    rule: 'invitation.number',
    kind: 'INVITATION',
    anchor:
      /^(?:номер(?:ок|очек|а|ами|ком)?|телефон(?:чик|а|ами)?|тел|мобильн(?:ый|ик)|сотов(?:ый|ого)|контакт(?:ы|ик|ами)?|ник|юзер|айди|nomer|telefon|number|phone|contacts?)$/,
    notBefore: Is.numbered | Is.data,
    needs: Cue.yours | Cue.call | Cue.together,
    weights: {
      reach: 2,
      promise: 2,
      call: 2,
      yours: 2,
      me: 1,
      you: 1,
      together: 2,
      aside: 2,
      secret: 1,
      able: 1,
      others: -3,
      past: -2,
      form: -3,
      site: -2,
    },
    enough: 5,
  },
  {
    rule: 'invitation.email',
    kind: 'INVITATION',
    anchor: /^(?:почт[ауеыо]й?|мыл[оуе]|[еи]-?м[еэ]йл[а-я]?|[ие]майл|gmail|гмейл|джимейл|email|e-mail|mail)$/,
    notBefore: Is.numbered | Is.data | Is.code,
    needs: Cue.reach | Cue.promise | Cue.yours | Cue.named,
    weights: {
      reach: 2,
      promise: 2,
      yours: 2,
      me: 1,
      you: 1,
      named: 2,
      there: 1,
      able: 1,
      together: 2,
      aside: 2,
      others: -4,
      past: -3,
      form: -3,
      site: -2,
    },
    enough: 5,
  },
  {
    rule: 'card.transfer',
    kind: 'CARD',
    anchor:
      /^(?:карт[уеыа]|карточк[уеиа]|сбп|сбер(?:а|у|е|бер|ом|банк|банка)?|тин[её]к|тиньк(?:а|у|офф)|тинькофф|тбанк|альф[уеы]|втб|озон|райф|юмани|киви|кошел[а-я]+|реквизиты|крипт[уо]й?|usdt|paypal|venmo|zelle|cashapp|revolut|wise|руки|налом|налик[а-я]*|наличк[а-я]*|наличными|card|cash|crypto)$/,
    notBefore: Is.data | Is.topic,
    needs: Cue.pay | Cue.reach,
    weights: {
      pay: 2,
      reach: 1,
      purse: 1,
      me: 1,
      you: 1,
      aside: 2,
      secret: 2,
      yours: 1,
      able: 1,
      together: 1,
      others: -2,
      past: -2,
      form: -3,
    },
    enough: 5,
  },
  {
    rule: 'invitation.off-platform',
    kind: 'INVITATION',
    anchor: /^(?:напрямую|мимо|минуя|вне|обход|обойти|обойдем|посредник(?:ов|а)|отсюда|directly|outside)$/,
    notBefore: Is.data | Is.topic,
    needs: Cue.site | Cue.secret,
    weights: {
      site: 2,
      secret: 2,
      together: 2,
      able: 1,
      me: 1,
      you: 1,
      pay: 2,
      promise: 1,
      reach: 1,
      others: -3,
      form: -3,
    },
    enough: 5,
  },
]

const anchored = (text: string): readonly Exchange[] => exchanges.filter(({ anchor }) => anchor.test(text))

/** Proposals to exchange numbers or to pay and deal past the marketplace, by what the sentence says in any order. */
export function findExchanges({ tokens }: Reading): Match[] {
  const matches: Match[] = []
  for (let i = 0; i < tokens.length && matches.length < maxMatches; i++) {
    const token = tokens[i]
    if (token?.type !== 'word') continue
    for (const exchange of anchored(token.text)) {
      if (isQuoted(tokens, i) || !isProposed(tokens, i, exchange)) continue
      matches.push({ kind: exchange.kind, rule: exchange.rule, from: token.start, to: token.end })
    }
  }
  return matches
}

const refund =
  /^(?:возврат.*|верн[уеё].*|вернули|вывод.*|выве[лд].*|поступ.*|пришл[аио]|зачисл.*|зарплат.*|стипенди.*|списал.*|refund.*|withdraw.*|payout.*)$/

function isProposed(
  tokens: readonly Token[],
  i: number,
  { notBefore, needs, weights, enough, kind }: Exchange,
): boolean {
  const { from, to } = around(tokens, i, 'sentence')
  if ((tokens[i + 1]?.classes ?? 0) & notBefore || has(tokens, from, to, Is.topic | Is.code | Is.reported)) return false
  const cues =
    cuesIn(tokens, from, i) | cuesIn(tokens, i + 1, to) | (kind === 'CARD' ? cuesOf(tokens[i]?.text ?? '') : 0)
  if (!(cues & needs)) return false
  if (kind === 'CARD' && tokens.slice(from, to).some(({ text }) => refund.test(text))) return false
  let sum = weigh(cues, weights)
  if (has(tokens, from, to, Is.messenger | Is.maybeMessenger)) sum += 2
  const denied = kind === 'CARD' || !(needs & Cue.site) ? around(tokens, i, 'clause') : { from, to }
  if (saysNo(tokens, denied.from, denied.to)) sum -= 4
  return sum >= enough
}
