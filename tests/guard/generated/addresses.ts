import { firstNames, lastNames, nick, russianNames, trades } from './names.ts'
import { choose, type Family, type Random } from './random.ts'

const providers = [
  'mail.ru',
  'gmail.com',
  'yandex.ru',
  'ya.ru',
  'bk.ru',
  'inbox.ru',
  'list.ru',
  'rambler.ru',
  'outlook.com',
  'icloud.com',
  'yahoo.com',
  'hotmail.com',
  'proton.me',
  'mail.com',
  'ukr.net',
  'tut.by',
]
const mailFrames = [
  '{моя почта|почта|пишите на почту|мыло|email|имейл|мой адрес|e-mail}{:| —|} #',
  '# {пишите|это моя почта|жду файлы|отправьте туда}',
  '{Добрый вечер! |}{скиньте|отправьте|присылайте} {файл|методичку|задание} {на|сюда} #',
  '#',
  '{my email is|send it to|drop me a line at|email me at} #',
]
const inMail = (random: Random, address: string): string =>
  choose(random, random.of(mailFrames)).replace('#', () => address)
const spokenEnding: Readonly<Record<string, string>> = { ru: 'ру', com: 'ком', net: 'нет', by: 'бай', me: 'ми' }
const spokenHost: Readonly<Record<string, string>> = {
  mail: 'мейл',
  gmail: 'гмейл',
  yandex: 'яндекс',
  ya: 'я',
  bk: 'бк',
  inbox: 'инбокс',
  list: 'лист',
  rambler: 'рамблер',
  outlook: 'аутлук',
  icloud: 'айклауд',
  yahoo: 'яху',
  hotmail: 'хотмейл',
  proton: 'протон',
  ukr: 'укр',
  tut: 'тут',
}
const atSigns = [
  ' собака ',
  ' (собака) ',
  '(собака)',
  ' [at] ',
  '(at)',
  ' (at) ',
  '[собака]',
  ' {at} ',
  '<at>',
  ' собачка ',
  ' "собака" ',
  ' @ ',
  ' ＠ ',
  '(а)',
  ' сабака ',
  '*собака*',
  ' at ',
]
const dots = [' точка ', '(точка)', '[dot]', ' (dot) ', ' dot ', '.', ' . ', '[.]', '(.)', ' [точка] ']

export const emailFamilies: Readonly<Record<string, Family>> = {
  plain: (random) => inMail(random, `${nick(random)}@${random.of(providers)}`),
  signWritten: (random) => inMail(random, `${nick(random)}${random.of(atSigns)}${random.of(providers)}`),
  bothWritten: (random) =>
    inMail(random, `${nick(random)}${random.of(atSigns)}${random.of(providers).replace('.', () => random.of(dots))}`),
  spokenRussian: (random) => {
    const [host = '', ending = ''] = random.of(providers).split('.')
    const local = random.chance(0.3)
      ? `${random.of(russianNames)}${random.of([' ', '', ' точка '])}${random.of(russianNames)}`
      : nick(random)
    return inMail(
      random,
      `${local} собака ${random.chance(0.7) ? spokenHost[host] : host} точка ${random.chance(0.7) ? spokenEnding[ending] : ending}`,
    )
  },
  onProvider: (random) => {
    const host = random.of([
      'яндексе',
      'гмейле',
      'мейле',
      'рамблере',
      'gmail',
      'yandex',
      'mail.ru',
      'gmail.com',
      'outlook',
    ])
    return choose(
      random,
      random.of([
        `{моя почта|почта|мыло|мейл} ${nick(random)} на ${host}`,
        `{почта|моя почта} на ${host}: ${nick(random)}`,
        `{пиши|пишите} на ${host}, {ящик|адрес|логин} ${nick(random)}`,
      ]),
    )
  },
  spaced: (random) => inMail(random, `${nick(random)} @ ${random.of(providers).replace('.', ' . ')}`),
}

const endings = 'ru com рф org net by kz ua online site pro me io su xyz club shop'.split(' ')
const label = (random: Random): string =>
  random.of([
    () => `${random.of(trades)}-${random.of(firstNames)}`,
    () => `${random.of(lastNames)}${random.of(trades)}`,
    () => `${random.of(trades)}${random.digits(2)}`,
    () => `my-${random.of(trades)}-${random.of(trades)}`,
    () => `${random.of(firstNames)}${random.of(lastNames)}`,
  ])()
const russianLabel = (random: Random): string =>
  `${random.of(['репетитор', 'диплом', 'курсовая', 'решу', 'зачет', 'физика', 'матан'])}${random.of(['-онлайн', '-иванов', '24', 'про', '-на-пять', 'бот', ''])}`
const linkFrames = [
  '{мой сайт|сайт|заходите на|вся инфа на|отзывы и цены на|переходите на|портфолио тут|ссылка}{:| —|} #',
  '# {заходите|там всё написано|тут мои работы|вот сайт}',
  '#',
  '{Добрый день, |}{примеры работ|цены|расписание} {смотрите|есть} на #',
  '{check|visit|my site is|see my portfolio at|everything is on} #',
]
const inLink = (random: Random, address: string): string =>
  choose(random, random.of(linkFrames)).replace('#', () => address)
const hosts = [
  't.me',
  'vk.com',
  'wa.me',
  'instagram.com',
  'bit.ly',
  'clck.ru',
  'vk.cc',
  'tg.me',
  'facebook.com',
  'discord.gg',
  'docs.google.com',
  'forms.gle',
  'youtu.be',
  'taplink.cc',
  'tinyurl.com',
  'telegram.me',
  'ok.ru',
  'vk.me',
  'drive.google.com',
  'disk.yandex.ru',
  'github.com',
]

export const linkFamilies: Readonly<Record<string, Family>> = {
  scheme: (random) =>
    inLink(
      random,
      `${random.of(['https://', 'http://', 'hxxp://', 'hxxps://', 'http:// ', 'h t t p : / / ', 'https:\\\\', 'htt p://'])}${label(random)}.${random.of(endings)}`,
    ),
  bare: (random) =>
    inLink(
      random,
      `${random.of(['', '', 'www.'])}${label(random)}.${random.of(endings)}${random.of(['', '', '/', `/${random.of(trades)}`])}`,
    ),
  russian: (random) => inLink(random, `${russianLabel(random)}.${random.of(['рф', 'рус', 'онлайн', 'сайт'])}`),
  punycode: (random) => inLink(random, `xn--${random.of(lastNames)}${random.digits(2)}a.xn--p1ai`),
  service: (random) => inLink(random, `${random.of(hosts)}/${nick(random)}`),
  serviceWritten: (random) =>
    inLink(
      random,
      `${random.of(hosts.filter((host) => host.split('.').length === 2)).replace('.', () => random.of([' . ', '[.]', ' точка ', '(точка)', ' dot ', '[dot]', ' .', '. ']))}${random.of(['/', ' / ', ' слэш '])}${nick(random)}`,
    ),
  spoken: (random) =>
    inLink(
      random,
      `${random.chance(0.3) ? russianLabel(random) : label(random)} ${random.of(['точка', 'точка', 'тчк', 'dot'])} ${random.of(['ру', 'ru', 'ком', 'com', 'рф', 'орг', 'онлайн'])}`,
    ),
  bracketed: (random) =>
    inLink(
      random,
      `${label(random)}${random.of(['[.]', '(.)', '{.}', '[dot]', '(dot)', '[точка]', '(точка)', ' [.] '])}${random.of(endings)}`,
    ),
  spacedDot: (random) =>
    inLink(random, `${label(random)}${random.of([' . ', ' .', '. '])}${random.of(['ru', 'com', 'рф', 'org', 'kz'])}`),
  ipAddress: (random) =>
    `${random.of(['заходи на сервер', 'подключайся', 'мой сервер', 'сайт пока тут:', 'сервак', 'join my server'])} ${random.of([45, 62, 77, 85, 91, 94, 109, 176, 178, 185, 188, 193, 213])}.${random.below(250) + 2}.${random.below(250) + 2}.${random.below(250) + 2}${random.of(['', `:${random.digits(4)}`])}`,
}
