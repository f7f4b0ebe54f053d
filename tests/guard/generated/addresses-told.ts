import { firstNames, lastNames, nick, trades } from './names.ts'
import { choose, type Family, type Random } from './random.ts'

const pairs: readonly (readonly [string, string])[] = [
  ['(', ')'],
  ['[', ']'],
  ['«', '»'],
  ['-', '-'],
  ['/', '/'],
  ['|', '|'],
  ['*', '*'],
  ['~', '~'],
  ['_', '_'],
  ['"', '"'],
  ['— ', ' —'],
]
const around = (random: Random, word: string): string => {
  const [open, close] = random.of(pairs)
  return `${open}${word}${close}`
}
const label = (random: Random): string =>
  random.of([
    () => `${random.of(trades)}-${random.of(firstNames)}`,
    () => `${random.of(lastNames)}${random.of(trades)}`,
    () => `${random.of(trades)}${random.digits(2)}`,
  ])()
const byLetter = (text: string): string => [...text].join(' ')
const atSite = (random: Random, address: string): string =>
  choose(
    random,
    random.of(['{мой сайт|сайт|заходи на сайт|адрес сайта}{:|} #', '{заходите на сайт|вот мой сайт} #, там цены']),
  ).replace('#', () => address)

/** E-mail addresses whose signs are told. */
export const toldEmailFamilies: Readonly<Record<string, Family>> = {
  anySigns: (random) =>
    `{почта}`.replace('{почта}', () => random.of(['почта ', 'пишите на ', 'мыло: ', ''])) +
    nick(random) +
    around(random, random.of(['собака', 'at', 'собачка', 'эт'])) +
    random.of(['mail', 'yandex', 'gmail', 'bk']) +
    around(random, random.of(['точка', 'dot'])) +
    random.of(['ru', 'com']),
  byLetter: (random) =>
    `${random.of(['почта', 'пиши на', 'адрес:', ''])} ${byLetter(`${nick(random)}@${random.of(['mail.ru', 'gmail.com', 'ya.ru'])}`)}`.trim(),
  together: (random) =>
    `${random.of(['почта', 'пиши на', 'адрес:'])} ${random.of(lastNames)}${random.digits(2)}собака${random.of(['яндекс', 'мейл', 'гмейл', 'mail', 'yandex'])}точка${random.of(['ру', 'ком', 'ru'])}`,
  beforeProvider: (random) =>
    choose(
      random,
      '{адрес почты|почта|мыло}{:| —| простое:} # , {почтовик|на|домен} {яндекс|mail|gmail|гмейл}',
    ).replace(' # ', () => ` ${nick(random)}7`),
  otherDots: (random) =>
    `${random.of(['email', 'contact', 'write to'])}: ${nick(random)}1 at ${random.of(['mail', 'yandex', 'gmail'])} ${random.of(['point', 'period'])} ${random.of(['ru', 'com'])}`,
}

/** Web addresses that lost their dots, or have other ones. */
export const toldLinkFamilies: Readonly<Record<string, Family>> = {
  withoutDot: (random) => atSite(random, `${label(random)} ${random.of(['ru', 'ру', 'com', 'рф', 'kz'])}`),
  zoneNamed: (random) =>
    atSite(random, `${label(random)}${random.of([' (зона ru)', ', домен ру', ' в зоне ru', ' пробел ru'])}`),
  together: (random) => atSite(random, `${label(random)}точка${random.of(['ру', 'ru', 'рф', 'ком'])}`),
  otherDots: (random) =>
    atSite(random, `${label(random)}${random.of(['•', '·', '▪', '∙', '。', '．'])}${random.of(['ru', 'com', 'рф'])}`),
  hyphens: (random) => atSite(random, `${label(random)}-${random.of(['dot', 'точка'])}-${random.of(['com', 'ru'])}`),
  byLetter: (random) =>
    `${random.of(['сайт', 'заходи', 'ссылка:', ''])} ${byLetter(`${label(random).replace('-', '')}.${random.of(['ru', 'com', 'org'])}`)}`.trim(),
  schemeApart: (random) =>
    `${random.of(['http', 'www', 'https', 'hxxp'])} ${label(random)} ${random.of(['ru', 'com'])}`,
  spokenIp: (random) =>
    `${random.of(['заходи на сервер', 'подключайся', 'мой сервер'])} ${[random.of([45, 77, 85, 94, 185]), 20 + random.below(200), 20 + random.below(200), 20 + random.below(200)].join(random.of([' точка ', ' dot ', '.']))}`,
}
