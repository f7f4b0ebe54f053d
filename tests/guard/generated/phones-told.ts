import { grouped } from './groups.ts'
import { inLatin, inRussian, inRussianGroups } from './number-words.ts'
import { choose, type Family, type Random } from './random.ts'

const operators = '900 903 909 911 916 921 926 931 950 965 977 987 999'.split(' ')
const mobile = (random: Random): string => `8${random.of(operators)}${random.digits(7)}`
const told = (random: Random, number: string): string =>
  choose(
    random,
    random.of(['{мой номер|тел|звоните|наберите|номерок}{:| -|} #', '#, {звоните|это мой номер|жду звонка}']),
  ).replace('#', () => number)

const ordinals: Readonly<Record<string, string>> = {
  один: 'первый',
  два: 'второй',
  три: 'третий',
  четыре: 'четвёртый',
  пять: 'пятый',
  шесть: 'шестой',
  семь: 'седьмой',
  восемь: 'восьмой',
  девять: 'девятый',
  десять: 'десятый',
  двадцать: 'двадцатый',
  тридцать: 'тридцатый',
  сорок: 'сороковой',
}
/** "девятьсот шестнадцатый". */
const asOrdinal = (words: string): string =>
  words.includes(' ')
    ? words.replace(/\S+$/, (last) => ordinals[last] ?? (last.endsWith('надцать') ? `${last.slice(0, -1)}ый` : last))
    : words
const figures = 'нуля единички двойки тройки четвёрки пятёрки шестёрки семёрки восьмёрки девятки'.split(' ')
const syllables: Readonly<Record<string, string>> = {
  восемь: 'во-семь',
  девять: 'де-вять',
  один: 'о-дин',
  четыре: 'че-ты-ре',
}
const cut = (total: number, random: Random): number[] => {
  const groups: number[] = []
  for (let left = total; left > 0; ) {
    const group = Math.min(left, 1 + random.below(4))
    groups.push(group)
    left -= group
  }
  return groups
}

/** Phone numbers as they are dictated and dealt out. */
export const toldPhoneFamilies: Readonly<Record<string, Family>> = {
  ordinals: (random) =>
    told(
      random,
      grouped(mobile(random), [1, 3, 3, 2, 2])
        .map((group, i) =>
          i === 1 && !group.endsWith('00') ? asOrdinal(inRussianGroups(group)) : inRussianGroups(group),
        )
        .join(random.of([', ', ' '])),
    ),
  repeated: (random) => {
    const digit = 1 + random.below(9)
    const times = random.of([
      `три ${figures[digit]}`,
      `${inRussian(String(digit))} три раза`,
      `трижды ${inRussian(String(digit))}`,
      `три раза по ${digit}`,
    ])
    return told(random, `8 ${random.of(operators)} ${times} ${random.digits(2)} ${random.digits(2)}`)
  },
  syllables: (random) =>
    told(
      random,
      inRussian(mobile(random)).replace(/восемь|девять|один|четыре/g, (word) => syllables[word] ?? word),
    ),
  transliterated: (random) => told(random, inLatin(inRussian(mobile(random)), random)),
  anyGrouping: (random) => {
    const number = grouped(mobile(random), cut(11, random)).join(random.of([' ', '-']))
    return choose(random, random.of(['{мой|телефон|звони|набери|контакт}: #', '#', '# {звони|пиши|это я}'])).replace(
      '#',
      () => number,
    )
  },
  codeApart: (random) =>
    `${choose(random, '{код|код оператора|мой код} # , {сам номер|номер|а номер|дальше}').replace(
      ' # ',
      () => ` ${random.of(operators)}`,
    )} ${grouped(random.digits(7), [3, 2, 2]).join(random.of(['-', ' ']))}`,
  placesNamed: (random) => {
    const [a, b, c] = grouped(mobile(random), [4, 3, 4])
    return random.of([
      `первые цифры ${a}, последние ${c}, между ними ${b}`,
      `номер начинается на ${a}, потом ${b}, а заканчивается на ${c}`,
      `в конце ${c}, в начале ${a}, в середине ${b}, звоните`,
    ])
  },
  lettersOneByOne: (random) =>
    told(
      random,
      [...mobile(random)].join(' ').replace(/ 0/g, () => ` ${random.of(['О', 'o', '0'])}`),
    ),
  drawnPhone: (random) =>
    `${random.of(['☎', '☎️', '📞', '📱'])} ${grouped(random.digits(7), [3, 2, 2]).join('-')}${random.of([' Саратов', '', ' спросить Олю'])}`,
}
