import { Cue, cuesIn } from './evidence.ts'
import { hintFor } from './hints.ts'
import { around, has, type Match, negated, type Reading } from './reading.ts'
import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'

const asked = hintFor(
  /карт|card|qr|кьюар|куар|куэр|донат|donat|бусти|boosty|usdt|усдт|юсдт|trc|крипт|crypto|битк|btc|кошел|wallet|реквизит|iban|счет/,
)

/** Payment past the marketplace that names no number: asked for a card, shown as a QR code, called a donation, told as a wallet. */
export function findToldPayments(reading: Reading): Match[] {
  const { tokens, hints } = reading
  if (!(hints & asked)) return []
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]
    if (token?.type !== 'word') continue
    const to = asksForCard(tokens, i) || qrCode(tokens, i) || donation(tokens, i) || coin(tokens, i)
    if (to > 0)
      return [{ kind: 'CARD', rule: 'card.transfer', from: token.start, to: tokens[to - 1]?.end ?? token.end }]
  }
  return findWalletInParts(reading)
}

const money = Cue.pay | Cue.purse
const back =
  /^(?:возврат.*|вернут.*|верн[уе].*|вывод.*|вывест.*|выве[лд].*|поступ.*|зачисл.*|прид[её]т.*|прийд[её]т|refund.*|withdraw.*|payout.*|привяза.*|сайт|сайте|site|website|platform|checkout)$/
const other = Is.code | Is.topic | Is.reported | Is.data

/** Whether a sentence is about the marketplace's own payments, about somebody else's, or says no. */
function isHere(tokens: readonly Token[], i: number): boolean {
  const { from, to } = around(tokens, i, 'sentence')
  if (has(tokens, from, to, other) || negated(tokens, from, to)) return true
  return tokens.slice(from, to).some(({ text }) => back.test(text))
}

const give =
  /^(?:дай(?:те)?|скинь(?:те)?|кинь(?:те)?|пришли(?:те)?|напиши(?:те)?|подскажи(?:те)?|скажи(?:те)?|можно|нужн[аы]?|send|give|whats|what|tell|need|drop|share)$/

/** "на какую карту вам переводить?", "what's your card number?", "дайте реквизиты карты". */
function asksForCard(tokens: readonly Token[], i: number): number {
  const text = tokens[i]?.text ?? ''
  const { from, to } = around(tokens, i, 'sentence')
  const which = /^как(?:ую|ой|ие)$/.test(text) && /^(?:на|по)$/.test(tokens[i - 1]?.text ?? '')
  const purse = /^(?:карт[уые]|карточк[уи]|кошелек|счет|реквизиты|банк)$/
  if (which && purse.test(tokens[i + 1]?.text ?? '')) {
    const moved = cuesIn(tokens, from, to) & Cue.pay || has(tokens, from, to, Is.pay)
    // "на какой счёт отнести оплату" is book-keeping.
    if (/^(?:счет|банк)$/.test(tokens[i + 1]?.text ?? '') && !has(tokens, from, to, Is.you | Is.me)) return 0
    return moved && !isHere(tokens, i) ? i + 2 : 0
  }
  const card = /^(?:card|iban|wallet|paypal)$/.test(text) && /^(?:your|ur)$/.test(tokens[i - 1]?.text ?? '')
  const number = /^(?:number|details|address|digits|info)$/.test(tokens[i + 1]?.text ?? '')
  if (card && (number || text === 'iban') && tokens.slice(from, i).some((token) => give.test(token.text))) {
    return isHere(tokens, i) ? 0 : i + (number ? 2 : 1)
  }
  if (
    /^реквизит[ыов]{1,2}$/.test(text) &&
    /^(?:карт[ыу]?|карточки|счета|для|ваши|твои|свои|мои)$/.test(tokens[i + 1]?.text ?? '')
  ) {
    const moves = has(tokens, from, to, Is.pay) && tokens.slice(from, to).some((token) => give.test(token.text))
    return moves && !isHere(tokens, i) ? i + 2 : 0
  }
  return 0
}

const shown =
  /^(?:скину[лт]?[аи]?|кину[лт]?[аи]?|отправ(?:лю|ил[аи]?)|пришл(?:ю|ите|и)|прислал[аи]?|вышлю|покажу|дам|наведи(?:те)?|(?:от)?сканиру[йе](?:те)?|сканьте|приложил[аи]?|прикрепл?[юия][а-я]*|scan|send|sent|attach(?:ed)?)$/

/** "qr сбп на оплату скинул картинкой", "наведите камеру на QR, оплата мне напрямую". */
function qrCode(tokens: readonly Token[], i: number): number {
  if (!/^(?:qr|кьюар[а-я]*|куар[а-я]*|куэр[а-я]*)$/.test(tokens[i]?.text ?? '')) return 0
  const { from, to } = around(tokens, i, 'sentence')
  if (has(tokens, from, to, Is.topic | Is.data)) return 0
  const words = tokens.slice(from, to)
  const paid = cuesIn(tokens, from, to) & money || has(tokens, from, to, Is.pay | Is.bank)
  if (!paid || !words.some(({ text }) => shown.test(text))) return 0
  // "на сайте" is where it belongs, "не через сайт" and "мимо сайта" where it doesn't.
  const site = words.findIndex(({ text }) =>
    /^(?:сайт[а-я]{0,2}|платформ[а-я]+|площадк[а-я]+|site|platform|checkout)$/.test(text),
  )
  const past = words
    .slice(Math.max(0, site - 5), Math.max(0, site))
    .some(({ text }) => /^(?:не|мимо|без|вместо|минуя|not|instead|past)$/.test(text))
  if (site < 0 && negated(tokens, from, to)) return 0
  return site >= 0 && !past ? 0 : i + 1
}

/** "киньте донат на бусти вместо оплаты", "оплата через boosty". */
function donation(tokens: readonly Token[], i: number): number {
  const text = tokens[i]?.text ?? ''
  if (
    !/^(?:бусти|boosty|донейшен[а-я]*|donationalerts|донаталертс|patreon|патреон[а-я]?|кофи|чаевые|донат(?:ы|ом|а|ами)?|donation)$/.test(
      text,
    )
  )
    return 0
  const { from, to } = around(tokens, i, 'sentence')
  if (isHere(tokens, i)) return 0
  const words = tokens.slice(from, to)
  const instead = words.some(({ text: word }) => /^(?:вместо|instead|минуя|мимо|напрямую|directly)$/.test(word))
  const named = /^(?:бусти|boosty|донейш|donationa|patreon|патреон)/.test(text)
  const led = /^(?:на|через|по|via|on|through)$/.test(tokens[i - 1]?.text ?? '')
  const paid = has(tokens, from, to, Is.pay) || cuesIn(tokens, from, to) & Cue.pay
  const told = words.some(({ text: word }) =>
    /^(?:кинь|киньте|скинь|скиньте|закинь|закиньте|переведи|переведите|оплати|оплатите|кину|оплачу|можно|можете|давайте|send|pay)$/.test(
      word,
    ),
  )
  return paid && ((named && led && told) || (instead && (named || told))) ? i + 1 : 0
}

const coins =
  /^(?:usdt|усдт|юсдт|тезер[а-я]*|крипт(?:а|у|ой|е|ою)|crypto|btc|биткоин(?:ы|ах|ами|ом)?|эфир(?:ом)?|ton|trc|тон(?:ах|ами)?)$/
const takes =
  /^(?:прим(?:ете|ешь|у)|принима(?:ете|ешь|ю|ем)|возьм(?:ете|ешь|у)|бер(?:ете|ешь|у)|кину|переведу|оплачу|заплачу|скину|accept|take|pay)$/

/** "усдт примете?", "могу криптой оплатить": said to each other rather than of the world. */
function coin(tokens: readonly Token[], i: number): number {
  if (!coins.test(tokens[i]?.text ?? '')) return 0
  const { from, to } = around(tokens, i, 'sentence')
  const taken = tokens.slice(Math.max(from, i - 5), Math.min(to, i + 5)).some(({ text }) => takes.test(text))
  const brief = to - from <= 10 && !isHere(tokens, i)
  return taken && brief ? i + 1 : 0
}

const walletWord = /кошел[ье]|wallet|адрес|address|usdt|усдт|trc|erc|btc|битк|крипт|crypto|трон|ton/
const piece = /(?<![\p{L}\d])(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{5,24}(?![\p{L}\d])/giu
const coinWord = /usdt|усдт|trc|erc-?20|btc|битк|крипт|crypto|сеть|network|трон|tron/

/** "TXr9dKq7 дальше Lw2mVb5 дальше ZpH4s": a wallet in pieces, in letters of both cases. */
function findWalletInParts({ folded }: Reading): Match[] {
  const { text, source } = folded
  if (!walletWord.test(text) || !coinWord.test(text)) return []
  const pieces = [...source.matchAll(piece)].filter(([run]) => /[a-z]/.test(run) && /[A-Z]/.test(run))
  const [first, last] = [pieces[0], pieces.at(-1)]
  if (!first || !last || pieces.length < 2 || last.index - first.index > 120 || text.length !== source.length) return []
  if (pieces.map(([run]) => run).join('').length < 14) return []
  return [{ kind: 'CARD', rule: 'card.account', from: first.index, to: last.index + last[0].length }]
}
