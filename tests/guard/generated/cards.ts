import { passesLuhn } from '../../../api/guard/card.ts'
import { inRussian } from './number-words.ts'
import { choose, type Family, type Random } from './random.ts'

const issuers = ['2200', '2202', '4276', '4817', '5469', '5536', '4377', '5106', '2204', '4274']

/** Sixteen digits of an issuer in use, with the right check digit. */
function cardNumber(random: Random): string {
  const start = random.of(issuers) + random.digits(11)
  for (let check = 0; check < 10; check++) if (passesLuhn(`${start}${check}`)) return `${start}${check}`
  return start
}

/** Cards, and transfers past the marketplace. */
export const cardFamilies: Readonly<Record<string, Family>> = {
  number: (random) =>
    choose(random, `{карта|номер карты|переведи на|моя карта сбер|кидай на|оплата на карту|предоплату сюда|} {|: }`) +
    cardNumber(random).replace(/(.{4})(?=.)/g, (group) => group + random.of([' ', ' '])),
  grouped: (random) => {
    const sign = random.of([' ', '-', '.', ' - ', '\n', '  ', '_', '/', ''])
    return `${random.of(['карта ', 'скинь на ', 'реквизиты: ', 'Сбер ', ''])}${cardNumber(random).replace(/(.{4})(?=.)/g, (group) => group + sign)}`
  },
  words: (random) =>
    `${random.of(['карта ', 'номер карты ', 'переводи на карту '])}${[...cardNumber(random).matchAll(/.{4}/g)].map(([group]) => (random.chance(0.5) ? inRussian(group) : group)).join(' ')}`,
  transfer: (random) =>
    choose(
      random,
      '{переведи|переведите|скинь|скиньте|кинь|киньте|закинь|можете перевести|давай переведу|я переведу|оплачу|могу оплатить|переводите|оплатите}{| деньги| остаток| предоплату| 2000| половину} {на карту|по номеру телефона|на сбер|на тинькофф|на карту сбера|на мою карту|через сбп|по сбп|на альфу|на втб|на тиньк|на карту тинькофф|на киви|на юмани|на карточку|по номеру карты|на т-банк|на озон банк}{|, так дешевле|, без комиссии| и начну|, пожалуйста|?}',
    ),
  english: (random) =>
    choose(
      random,
      '{pay me|send the money|just pay|you can pay|can I pay you|transfer it|I can pay} {on paypal|via PayPal|through venmo|by zelle|to my card|with crypto|on cashapp|via revolut|directly to my card|in usdt|by wise}{|, no fees| instead|?}',
    ),
}
