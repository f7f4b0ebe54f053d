import { grouped } from './groups.ts'
import { nick } from './names.ts'
import { inRussian } from './number-words.ts'
import { choose, type Random } from './random.ts'

/** Messages of one author, oldest first; the last one has to be refused. */
export type SplitFamily = (random: Random) => string[]

const mobile = (random: Random): string =>
  `8${random.of(['903', '916', '926', '951', '987', '999'])}${random.digits(7)}`

export const splitFamilies: Readonly<Record<string, SplitFamily>> = {
  groups: (random) =>
    grouped(
      mobile(random),
      random.of([
        [4, 7],
        [1, 3, 7],
        [4, 3, 4],
        [1, 3, 3, 4],
        [4, 3, 2, 2],
        [1, 3, 3, 2, 2],
        [6, 5],
        [5, 6],
        [8, 3],
      ]),
    ),
  framed: (random) => {
    const [a = '', b = '', c = ''] = grouped(mobile(random), [4, 3, 4])
    return [
      choose(random, `{мой номер|номер|запиши|телефон|лови номер}{:|} ${a}`),
      choose(random, `{дальше|потом|затем|и|далее} ${b}`),
      choose(random, `{и|и ещё|в конце|потом|последние} ${c}`),
    ]
  },
  words: (random) =>
    grouped(
      mobile(random),
      random.of([
        [4, 7],
        [4, 3, 4],
        [1, 3, 3, 4],
      ]),
    ).map((part) => inRussian(part)),
  nick: (random) => [
    choose(
      random,
      '{есть телега?|пиши в тг|мой ник в телеге|ник в вк такой|ищи меня в инсте|добавь в дискорде|я в телеграме}',
    ),
    nick(random),
  ],
  mail: (random) => [
    choose(random, '{моя почта|почта|мыло}'),
    nick(random),
    choose(random, '{собака|эт} {mail|gmail|yandex|мейл|яндекс}'),
    choose(random, 'точка {ru|com|ру|ком}'),
  ],
  invitation: (random) => [
    choose(random, '{напиши мне|пиши|давай общаться|найди меня|давай спишемся|добавь меня|спишемся}'),
    choose(random, 'в {телегу|телеграме|вк|вотсапе|тг|дискорде|инсте|ватсап|вайбере}'),
  ],
  link: (random) => [
    choose(random, '{мой сайт|заходи|ссылка}'),
    `${nick(random)}`.replace(/[_.]/g, '-'),
    choose(random, '{точка ру|.ru|точка com|.com|точка рф}'),
  ],
  places: (random) => {
    const [a = '', b = '', c = ''] = grouped(mobile(random), [4, 3, 4])
    return [`номер начинается на ${a}`, `заканчивается на ${c}`, `в середине ${b}`]
  },
  tag: (random) => [
    random.of(['discord', 'дискорд', 'мой дс']),
    `${nick(random).replace(/[._]/g, '')}#`,
    random.digits(4),
  ],
  dotAlone: (random) => [
    random.of(['сайт', 'мой сайт', 'заходи']),
    nick(random).replace(/[_.]/g, '-'),
    '.',
    random.of(['ru', 'com']),
  ],
}
