import { Cue, cuesIn } from './evidence.ts'
import { hintFor } from './hints.ts'
import { around, has, isQuoted, type Match, type Reading, saysNo } from './reading.ts'
import { remembered } from './remembered.ts'
import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'

/** What a proposal to deal without the marketplace is made of. */
const Part = { aside: 1, site: 2, money: 4, cancels: 8, order: 16, meets: 32, contact: 64, market: 128 } as const

const words: Readonly<Record<keyof typeof Part, RegExp>> = {
  aside:
    /^(?:напрямую|прямое|прямую|мимо|минуя|обход|обойтись|обойдемся|обойдем|отсюда|налом|наликом|наличк[а-я]+|наличны[а-я]+|кэшем|кеш[а-я]*|руки|рук|конверте|безнал|вида|вживую|очно|офлайн|оффлайн|лично|втихую|тайком|directly|cash)$/,
  site: /^(?:сайт[а-я]{0,2}|площадк[а-я]+|платформ[а-я]+|бирж[а-я]+|сервис[а-я]{0,2}|посредник[а-я]*|посредничеств[а-я]*|эскроу|комисси[а-я]+|касс[а-я]*|гарант[а-я]*|site|platform|middleman|fees?|commission|escrow)$/,
  money:
    /^(?:деньг[а-я]+|денег|оплат[а-я]*|оплачу|заплачу|плат[а-я]+|сумм[а-я]*|гонорар[а-я]*|разниц[а-я]+|цен[аеуы]|руб[а-я]*|тыс|тысяч[а-я]*|скидк[а-я]+|дешевле|процент[а-я]*|дороже|аванс|перевод[а-я]*|переведу|рассчит[а-я]+|отда(?:м|шь|дите|ете)|передам|сдира[а-я]+|cheaper|pay|money)$/,
  cancels:
    /^(?:отмен[а-я]+|аннулир[а-я]+|закро(?:ем|й|йте|ю|ете)|закрыва[а-я]+|сним(?:и|ите|ем|ете)|удали(?:те|м)?|откаж[а-я]+|cancel)$/,
  order: /^(?:заказ[а-я]{0,2}|ставк[а-я]+|order)$/,
  meets:
    /^(?:встрет[а-я]+|встреч[а-я]+|приход[а-я]+|приезж[а-я]+|принос[а-я]+|курьер[а-я]*|кафе|офис[а-я]*|метро|meet)$/,
  contact:
    /^(?:номер[а-я]*|телефон[а-я]*|адрес[а-я]*|почт[а-я]+|контакт[а-я]*|координат[а-я]*|реквизит[а-я]*|кошел[а-я]+|биткоин[а-я]*|крипт[а-я]+|usdt|email|number)$/,
  market:
    /^(?:предприят[а-я]*|поставщик[а-я]*|производител[а-я]*|экспорт[а-я]*|импорт[а-я]*|потребител[а-я]*|покупател[а-я]*|кредит[а-я]*|бухгалт[а-я]*|проводк[а-я]*|ооо|банк[а-я]*|налог[а-я]*|рынк[а-я]*|рынок|магазин[а-я]*|товар[а-я]*|фирм[а-я]*|выборы)$/,
}
const kinds = Object.keys(words) as (keyof typeof Part)[]

const partsOf = remembered((word): number => {
  let parts = 0
  if (word.length < 20) for (const kind of kinds) if (words[kind].test(word)) parts |= Part[kind]
  return parts
}, 20_000)

const beginsDeal = (word: string): boolean =>
  (partsOf(word) & (Part.aside | Part.site | Part.cancels | Part.meets)) !== 0
const mayDeal = hintFor(beginsDeal)

const without = /^(?:без|мимо|вне|минуя|помимо|кроме|обход|without|outside|off|skip|avoid)$/
const safe = /^(?:через|на|по|via|through|on)$/
const enough = 6

/** Proposals to deal and to pay past the marketplace, by what is said around its mention: "заказ аннулируем, отдам налом курьеру". */
export function findDeals(reading: Reading): Match[] {
  const { tokens, hints } = reading
  if (!(hints & mayDeal)) return []
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]
    if (!token || !(token.hints & mayDeal) || token.type !== 'word' || !beginsDeal(token.text)) continue
    const { from, to } = around(tokens, i, 'sentence')
    const next = around(tokens, Math.min(to + 1, tokens.length - 1), 'sentence')
    const until = Math.max(to, Math.min(next.to, i + 25))
    if (has(tokens, from, to, Is.code | Is.reported | Is.data)) continue
    const found = dealIn(tokens, from, until)
    if (found && !isQuoted(tokens, i))
      return [
        {
          kind: 'INVITATION',
          rule: 'invitation.off-platform',
          from: tokens[found.first]?.start ?? 0,
          to: tokens[found.last]?.end ?? 0,
        },
      ]
    while (i + 1 < to) i++
  }
  return []
}

function dealIn(tokens: readonly Token[], from: number, to: number): { first: number; last: number } | null {
  let parts = 0
  let avoided = false
  let kept = false
  let first = -1
  let last = -1
  for (let i = from; i < to; i++) {
    const token = tokens[i]
    if (token?.type !== 'word') continue
    let own = partsOf(token.text)
    if (/^(?:тут|здесь|here)$/.test(token.text) && /^(?:не|not)$/.test(tokens[i - 1]?.text ?? '')) own |= Part.aside
    if (/^сотруднич/.test(token.text) && /^прям/.test(tokens[i - 1]?.text ?? '')) avoided = true
    if (own & Part.site) {
      const led = [tokens[i - 1]?.text ?? '', tokens[i - 2]?.text ?? '']
      const through = led.findIndex((text) => safe.test(text))
      const refused = through >= 0 && tokens[i - through - 2]?.text === 'не'
      // "без сайта", "не через сайт", "чтобы платформа комиссию не брала".
      if (refused || led.some((text) => without.test(text) || /^чтобы?$/.test(text))) avoided = true
      else if (through >= 0) kept = true
    }
    if (own & (Part.aside | Part.cancels | Part.meets) || (own & Part.site && avoided)) {
      if (first < 0) first = i
      last = i
    }
    parts |= own
  }
  if (parts & Part.market || first < 0) return null
  const cancelled = (parts & (Part.cancels | Part.order)) === (Part.cancels | Part.order)
  const cues = cuesIn(tokens, from, to)
  // "встретимся у метро, отдам деньги".
  const inPerson = (parts & (Part.meets | Part.money)) === (Part.meets | Part.money) && (cues & Cue.together) !== 0
  if (!avoided && !inPerson && !(parts & Part.aside)) return null
  let sum =
    (avoided ? 4 : 0) + (parts & Part.aside || inPerson ? 3 : 0) + (cancelled ? 3 : 0) + (cues & Cue.secret ? 2 : 0)
  for (const kind of [Part.money, Part.contact]) if (parts & kind) sum++
  if (parts & Part.meets) sum += 2
  for (const cue of [Cue.me, Cue.you, Cue.together, Cue.able]) if (cues & cue) sum++
  if (cues & (Cue.ban | Cue.form)) sum -= 4
  if (!avoided && has(tokens, from, to, Is.topic)) sum -= 2
  if (kept && !avoided && !cancelled) sum -= 3
  if (!avoided && saysNo(tokens, from, to)) sum -= 2
  return sum >= enough ? { first, last } : null
}
