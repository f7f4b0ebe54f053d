import { firstNames, lastNames, nick, plainNick, trades } from './names.ts'
import { choose, type Family } from './random.ts'

const networks =
  'телеграм|телеграмм|телега|тг|телеге|telegram|tg|ватсап|вотсап|вацап|whatsapp|вайбер|viber|скайп|skype|дискорд|discord|дс|вк|вконтакте|vk|инста|инстаграм|instagram|insta|снэпчат|snapchat|фейсбук|facebook|тикток|tiktok|signal|сигнал|макс|max|линк|тимс|wechat|line|одноклассники|ок|zoom|зум|тви|твиттер|threads|тредс|pinterest|youtube|имо|kakao|стим|steam|slack'.split(
    '|',
  )
const certain = networks.slice(0, 30)

export const handleFamilies: Readonly<Record<string, Family>> = {
  networkNick: (random) =>
    choose(random, `{|мой |я в |ищи в }${random.of(certain)}{| -|:| —| ник| это| мой ник|, ник} ${nick(random)}`),
  nickNetwork: (random) => choose(random, `${nick(random)} {в|- мой|это мой|—|на} ${random.of(certain)}`),
  anyNetwork: (random) =>
    choose(
      random,
      `{мой ник в|пиши в|добавь в|найди меня в|я есть в} ${random.of(networks)}{:| -|,|, ник} ${nick(random)}`,
    ),
  inSentence: (random) =>
    choose(
      random,
      `{Добрый день!|Привет, |Здравствуйте. }{ сюда редко захожу,| если срочно,| уведомления не приходят,| файл большой,} {пишите|лучше пишите|добавляйтесь|найдите меня} в ${random.of(certain)}{,|:| —} ${nick(random)}{|, отвечу быстро|, скину примеры| , там обсудим}`,
    ),
  nickOnly: (random) =>
    choose(random, `{мой ник|ник|ник там|мой юзернейм|username|nick|my nick is|мой логин}{:| -|} ${nick(random)}`),
  spoken: (random) =>
    choose(
      random,
      `{тг|телега|инста|вк|ник в тг|скайп} ${random.of(firstNames)} {нижнее подчеркивание|подчёркивание|underscore|точка|нижнее подчёркивание} ${random.of(lastNames)}`,
    ),
  english: (random) =>
    choose(
      random,
      `{my|add me on|find me on|dm me on|I am on|text me on} {telegram|whatsapp|discord|instagram|insta|snap|snapchat|skype|tg|viber|signal|facebook|ig|kik|wechat|line}{,|:| -| is| as|, nick} ${nick(random)}`,
    ),
  tag: (random) =>
    choose(
      random,
      `{мой дискорд|discord|дс|дискорд}{:| -|} ${random.of(firstNames)}${random.of(trades)}#${random.digits(4)}`,
    ),
  numberId: (random) => choose(random, `{вк|vk|вконтакте} {id|айди|id:|ид}{ |}${random.digits(7 + random.below(2))}`),
  plainBefore: (random) =>
    choose(
      random,
      `${plainNick(random)} {в телеграме|в телеге|это мой тг|в инсте|— мой вк|в дискорде, пиши|это телега моя}`,
    ),
  plainNamed: (random) =>
    choose(
      random,
      `{меня в телеграме зовут|забей в поиске телеграма|в телеге набери|найди в вк по нику|ищи в инсте|мой ник в дискорде|в тг я записан как} ${plainNick(random)}`,
    ),
  plainAlone: (random) =>
    choose(random, `{тг|ТГ.|тг...|vk|инста|snap|дискорд|telegram|тикток|в имо|дс}{ |: } ${plainNick(random)}`),
  otherLayout: (random) => choose(random, `{ntktuhfv|ntktuf|gbib d ntktuhfv|nt ktuhfv bkb ntktuhfv} ${nick(random)}`),
  disguised: (random) =>
    choose(
      random,
      `{т3леграм|t3legram|те-ле-грам|те ле грам|т.е.л.е.г.а|телегр4м|теле-грамм|дис-корд|ин-ста}{:| } ${nick(random)}`,
    ),
  meeting: (random) =>
    `${random.of(['zoom id', 'идентификатор зума', 'anydesk', 'зум'])} ${random.digits(3)} ${random.digits(3)} ${random.digits(4)}`,
}
