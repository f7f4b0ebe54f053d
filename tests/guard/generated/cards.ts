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
  iban: (random) => {
    const iban = ibanOf(`DE${random.digits(18)}`)
    return `${random.of(['IBAN: ', 'переведи на ', 'my iban ', ''])}${random.chance(0.5) ? iban : iban.replace(/(.{4})(?=.)/g, '$1 ')}`
  },
  wallet: (random) =>
    `${random.of(['USDT TRC20 ', 'кошелёк ', 'крипта: ', 'wallet ', 'кидай на '])}${random.of([
      () => `T${base58(random, 33)}`,
      () => `0x${hex(random, 40)}`,
      () => `bc1q${base58(random, 38).toLowerCase()}`,
    ])()}`,
  payee: (random) =>
    `${random.of(['paypal:', 'мой paypal', 'venmo', 'cashapp', 'пейпал —', 'my revolut is', 'send to paypal'])} ${random.of(['anna.math', 'ivan_tutor92', 'petrova.pay', 'lena_2001'])}`,
  purse: (random) =>
    `${random.of(['юмани', 'ЮMoney', 'yoomoney'])} 41001${random.digits(10).replace(/(.{4})(?=.)/g, '$1 ')}`,
}

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const base58 = (random: Random, length: number): string =>
  Array.from({ length }, (_, i) => (i === 3 ? '7' : alphabet.charAt(random.below(alphabet.length)))).join('')
const hex = (random: Random, length: number): string =>
  Array.from({ length }, () => '0123456789abcdef'.charAt(random.below(16))).join('')

/** With the right check digits (ISO 7064, mod 97-10). */
function ibanOf(account: string): string {
  const digits = `${account.slice(2)}${account.slice(0, 2)}00`.replace(/[A-Z]/g, (letter) =>
    String(Number.parseInt(letter, 36)),
  )
  const check = 98n - (BigInt(digits) % 97n)
  return `${account.slice(0, 2)}${String(check).padStart(2, '0')}${account.slice(2)}`
}
