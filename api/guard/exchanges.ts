import { Cue, type Weights } from './evidence.ts'
import type { Finding } from './finding.ts'
import { remembered } from './remembered.ts'
import type { RuleName } from './rule-set.ts'
import { Is } from './word-classes.ts'

/** A thing that leads off the marketplace, and what has to be said around it for it to be proposed. */
export interface Exchange {
  rule: RuleName
  kind: Finding['kind']
  /** The word that everything turns on. */
  anchor: RegExp
  /** What may not follow the anchor right away: it is something else then. */
  notBefore: number
  weights: Weights
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
      number: 2,
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
      /^(?:кошел[а-я]+|реквизит(?:ы|а|ам)?|пластик[а-я]{0,2}|юмани|юmoney|киви|qiwi|usdt|биткоин[а-я]*|kaspi|каспи|payme|click|хумо|humo|узкард|uzcard|элкарт|mbank)$/,
    notBefore: Is.data | Is.topic,
    needs: Cue.pay | Cue.reach | Cue.yours,
    weights: {
      pay: 2,
      purse: 1,
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

/** What turns on a word; most words have nothing. */
export const anchoredBy = remembered(
  (word): readonly Exchange[] => exchanges.filter(({ anchor }) => word.length < 20 && anchor.test(word)),
  20_000,
)
