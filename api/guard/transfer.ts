import { Cue, cuesIn } from './evidence.ts'
import { around, has, type Match, maxMatches, negated, type Reading } from './reading.ts'
import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'

const card = /^(?:карт(?:у|очку|е|ы)|card|кошелек|счет|сбп|qiwi|wallet)$/
const payNow =
  /^(?:перевед(?:и|ите|у|ешь|ете|ем)|переводи(?:те)?|кинь(?:те)?|кину|скинь(?:те)?|скину|кидай(?:те)?|брось(?:те)?|закинь(?:те)?|закину|оплати(?:те)?|оплачу|оплачивай(?:те)?|заплати(?:те)?|заплачу|перечисли(?:те)?|перечислю|плати(?:те)?|отправь(?:те)?|отправлю|сбрось(?:те)?|скидывай(?:те)?|пришли(?:те)?|pay|send|transfer|wire)$/
const mayPay =
  /^(?:можно|можете|можешь|могу|давай|давайте|удобнее|лучше|можем|хотите|хочешь|предлагаю|оплата|предоплата|предоплату|перевод|переводом|can|could|lets|prefer|will|ill)$/
const payInfinitive =
  /^(?:перевести|кинуть|скинуть|оплатить|заплатить|перечислить|переводить|платить|закинуть|оплату|перевод|переводом|напрямую|pay|send|transfer|wire|directly|сразу)$/
const moneyBack =
  /^(?:возврат.*|вернут.*|верн[уе].*|вывод.*|вывест.*|выве[лд].*|поступ.*|зачисл.*|зарплат.*|стипенди.*|refund.*|withdraw.*|payout.*|банк|клиента|клиент)$/

/** Payment past the marketplace: "переведи на карту", "по номеру телефона", "pay me on paypal". */
export function findTransfers(reading: Reading): Match[] {
  const { tokens, classes } = reading
  const matches: Match[] = []
  if (!(classes & (Is.pay | Is.bank))) return matches
  for (let i = 0; i < tokens.length && matches.length < maxMatches; i++) {
    const token = tokens[i]
    if (token?.type !== 'word') continue
    const number = cardNumberEnd(tokens, i)
    const to = number || targetEnd(reading, i)
    if (to === 0 && /^(?:zelle|venmo|paypal)$/.test(token.text) && tokens[i + 1]?.text === 'me') {
      matches.push({ kind: 'CARD', rule: 'card.transfer', from: token.start, to: tokens[i + 1]?.end ?? token.end })
    }
    if (to === 0) continue
    const sentence = around(tokens, i, 'sentence')
    const clause = around(tokens, i, 'clause')
    if (negated(tokens, clause.from, clause.to) || has(tokens, sentence.from, i, Is.reported)) continue
    if (paysHere(tokens, sentence.from, sentence.to)) continue
    const words = tokens.slice(Math.max(sentence.from, i - 7), Math.min(sentence.to, to + 4))
    const texts = words.map(({ text }) => text)
    const outside = [
      ...tokens.slice(Math.max(sentence.from, i - 7), i),
      ...tokens.slice(to, Math.min(sentence.to, to + 4)),
    ]
    if (outside.some(({ text }) => moneyBack.test(text)) || (texts.includes('пришли') && texts.includes('деньги')))
      continue
    const would = texts.some((text, at) => /^(?:оплатил|перевел|скинул)[аи]?$/.test(text) && texts[at + 1] === 'бы')
    const now = would || texts.some((text) => payNow.test(text))
    const may = texts.some((text) => mayPay.test(text)) && texts.some((text) => payInfinitive.test(text))
    const byPhone = tokens[i]?.text === 'номеру'
    // "оплата на карту?", "можно на карту?": nothing else is said.
    const brief =
      (sentence.to - sentence.from <= 3 && tokens[sentence.to]?.text === '?') ||
      ((tokens[clause.to]?.text === ',' ? clause.to : sentence.to) - sentence.from <= 7 &&
        texts.some((text) => /^(?:(?:пред)?оплат[ауы]|аванс|перевод|можно|давай|давайте|куда|лучше|сбп)$/.test(text)))
    const past = tokens.slice(to, sentence.to).some(({ text }) => /^про(?:шл[оаи]|шел)$/.test(text))
    const thesis =
      has(tokens, sentence.from, sentence.to, Is.topic) ||
      (tokens[to]?.text === ',' && /^опиши/.test(tokens[to + 1]?.text ?? ''))
    if ((past || thesis) && !now) continue
    if (!now && !may && !brief && number === 0 && !(byPhone && has(tokens, sentence.from, sentence.to, Is.pay)))
      continue
    const start = tokens
      .slice(Math.max(sentence.from, i - 7), i)
      .find(({ text }) => payNow.test(text) || mayPay.test(text) || payInfinitive.test(text))
    matches.push({
      kind: 'CARD',
      rule: 'card.transfer',
      from: (start ?? token).start,
      to: tokens[to - 1]?.end ?? token.end,
    })
    i = to - 1
  }
  return matches
}

const marketplace =
  /^(?:сайт[а-я]{0,2}|площадк[а-я]+|платформ[а-я]+|страниц[еу]|кабинете|сделку|site|website|platform|checkout)$/
const dearer = /^(?:комисси[а-я]+|процент[а-я]*|дорог[а-я]*|дороже|дешевле|долго|лучше|fees?|commission)$/

/** "через СБП на сайте можно?": the marketplace takes it, and nobody says that it does so badly. */
function paysHere(tokens: readonly Token[], from: number, to: number): boolean {
  let here = false
  for (let i = from; i < to; i++) {
    const text = tokens[i]?.text ?? ''
    if (dearer.test(text)) return false
    if (!marketplace.test(text)) continue
    const at = /^(?:сам[а-я]+|этом|вашем|the|this|your)$/.test(tokens[i - 1]?.text ?? '') ? i - 2 : i - 1
    if (/^(?:не|чем|not|than)$/.test(tokens[at - 1]?.text ?? '')) return false
    here ||= /^(?:на|через|в|on|via|through|at)$/.test(tokens[at]?.text ?? '')
  }
  return here
}

/** After "на карту", "по номеру телефона", "на сбер", "to my paypal" that begin before or at token `i`; 0 where it is none. */
/** "кину номер карты, переведёшь?": offers or asks for a card's number. */
function cardNumberEnd(tokens: readonly Token[], i: number): number {
  if (tokens[i]?.text !== 'номер') return 0
  const at = /^(?:мо|тво|сво|ваш)(?:ей|их)$/.test(tokens[i + 1]?.text ?? '') ? i + 2 : i + 1
  const named = /^(?:карт|карточк)[ыиу]$/.test(tokens[at]?.text ?? '')
  const { from, to } = around(tokens, i, 'sentence')
  const cues = cuesIn(tokens, from, to)
  const offered = cues & (Cue.reach | Cue.promise) && cues & Cue.pay
  return named && offered && !(cues & (Cue.others | Cue.past | Cue.form)) ? at + 1 : 0
}

function targetEnd({ tokens }: Reading, i: number): number {
  const token = tokens[i]
  const before = tokens[i - 1]
  if (!token || !before) return 0
  const led = /^(?:на|в|по|через|to|on|via|by|with|through|using)$/
  const mine = /^(?:мою|мой|моему|мне|вашу|свою|его|ее|my|the|your|номер|эту|счет|this)$/
  const leads = led.test(before.text) || (mine.test(before.text) && led.test(tokens[i - 2]?.text ?? ''))
  if (!leads) return 0
  if (token.text === 'номеру' && /^(?:телефона|тел|карты|мобильного)$/.test(tokens[i + 1]?.text ?? '')) return i + 2
  if (card.test(token.text)) {
    if (token.text === 'счет' && !/^(?:мой|мою)$/.test(before.text)) return 0
    return tokens[i + 1] && tokens[i + 1]?.classes && (tokens[i + 1]?.classes ?? 0) & Is.bank ? i + 2 : i + 1
  }
  if (/^(?:т|озон|альфа|яндекс|почта|хоум|райффайзен)$/.test(token.text)) {
    const name = tokens[i + 1]?.text === '-' ? i + 2 : i + 1
    if (/^банк[а-я]?$/.test(tokens[name]?.text ?? '')) return name + 1
  }
  if (token.classes & Is.bank) return i + 1
  return 0
}
