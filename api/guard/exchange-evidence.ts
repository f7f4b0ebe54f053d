import { Cue, cuesIn, weigh } from './evidence.ts'
import type { Finding } from './finding.ts'
import { around, has, isQuoted, type Match, maxMatches, type Reading, saysNo } from './reading.ts'
import { remembered } from './remembered.ts'
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
      /^(?:номер(?:а|ами)?|телефон(?:а|ами)?|цифр[ыа]|циферки|контакт(?:ы|ик|ами)?|ник|юзер|айди|nomer|telefon|number|phone|contacts?)$/,
    notBefore: Is.numbered | Is.data,
    needs: Cue.yours | Cue.call | Cue.together | Cue.promise,
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
    rule: 'invitation.number',
    kind: 'INVITATION',
    anchor:
      /^(?:номерок|номерочек|номерком|телефончик|тел|мобильн(?:ый|ик)|сотов(?:ый|ого)|координат(?:ы|ами)|контактами|cell)$/,
    notBefore: Is.numbered | Is.data,
    needs: Cue.yours | Cue.call | Cue.together | Cue.reach,
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
    },
    enough: 4,
  },
  {
    rule: 'invitation.call',
    kind: 'INVITATION',
    anchor: /^(?:телефону|созвон|видеосвяз[иь]|видеозвонок)$/,
    notBefore: 0,
    needs: Cue.together | Cue.promise | Cue.call,
    weights: { together: 3, promise: 2, call: 2, able: 1, me: 1, you: 1, others: -4, past: -3, form: -3, site: -3 },
    enough: 3,
  },
  {
    rule: 'invitation.email',
    kind: 'INVITATION',
    anchor:
      /^(?:почт[ауеыо]й?|мыл[оуе]|(?:[еиэ]-?)?м[еэ]йл[а-я]{0,3}|[ие]майл|ящик|gmail|гмейл|джимейл|email|e-mail|mail)$/,
    notBefore: Is.numbered | Is.data | Is.code,
    needs: Cue.reach | Cue.promise | Cue.yours | Cue.named | Cue.having,
    weights: {
      reach: 2,
      promise: 2,
      yours: 2,
      me: 1,
      you: 1,
      named: 2,
      having: 1,
      there: 1,
      able: 1,
      together: 2,
      aside: 2,
      others: -4,
      past: -3,
      form: -3,
      site: -1,
    },
    enough: 4,
  },
  {
    rule: 'card.transfer',
    kind: 'CARD',
    anchor:
      /^(?:карт[уе]|карточк[уе]|сбп|сбер(?:а|у|е|бер|ом|банк|банка)?|тин[её]к|тиньк(?:а|у|офф)|тинькофф|тбанк|альф[уеы]|втб|озон|райф|юмани|киви|кошел[а-я]+|реквизиты|крипт[уо]й?|usdt|paypal|venmo|zelle|cashapp|revolut|wise|руки|налом|налик[а-я]*|наличк[а-я]*|наличными|card|cash|crypto)$/,
    notBefore: Is.data | Is.topic,
    needs: Cue.pay | Cue.reach,
    weights: {
      pay: 2,
      reach: 1,
      purse: 1,
      number: 1,
      promise: 1,
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
    rule: 'card.transfer',
    kind: 'CARD',
    anchor:
      /^(?:кошел[а-я]+|реквизит[ыа]?|пластик[а-я]{0,2}|юмани|юmoney|киви|qiwi|usdt|биткоин[а-я]*|kaspi|каспи|payme|click|хумо|humo|узкард|uzcard|элкарт|mbank)$/,
    notBefore: Is.data | Is.topic,
    needs: Cue.pay | Cue.reach | Cue.yours,
    weights: {
      pay: 2,
      reach: 2,
      yours: 1,
      me: 1,
      you: 1,
      aside: 2,
      secret: 2,
      promise: 1,
      others: -3,
      past: -2,
      form: -3,
    },
    enough: 4,
  },
  {
    rule: 'invitation.off-platform',
    kind: 'INVITATION',
    anchor: /^(?:туда|оттуда)$/,
    notBefore: 0,
    needs: Cue.aside | Cue.secret,
    weights: { reach: 2, me: 1, aside: 2, secret: 2, named: 1, together: 2, others: -3 },
    enough: 5,
  },
]

const anchoredBy = remembered(
  (word): readonly Exchange[] => exchanges.filter(({ anchor }) => word.length < 20 && anchor.test(word)),
  20_000,
)

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
