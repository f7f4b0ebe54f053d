import { grouped } from './groups.ts'
import { inEnglish, inRussian, inRussianGroups } from './number-words.ts'
import { choose, type Family, type Random } from './random.ts'

const operators =
  '900 903 905 909 911 912 916 917 919 921 925 926 929 931 937 950 951 960 965 977 981 985 987 988 996 999'.split(' ')
const shapes: readonly (readonly number[])[] = [
  [1, 3, 3, 2, 2],
  [1, 3, 3, 4],
  [1, 3, 7],
  [4, 3, 2, 2],
  [4, 3, 4],
  [4, 7],
  [1, 3, 2, 2, 3],
  [1, 3, 2, 3, 2],
  Array(11).fill(1),
]

const mobile = (random: Random): string => random.of(['8', '8', '7']) + random.of(operators) + random.digits(7)

const frames = [
  '{мой номер|номер|тел|тел.|телефон|моб.|сот.}{:| |: } #',
  '{звоните|позвоните|наберите|звони|набери}{, | — | }#',
  '# {звоните|это мой номер|жду звонка|Марина|пишите туда|вотсап}',
  '{Добрый день! |Здравствуйте, |}{если что|по всем вопросам|для связи|на всякий случай}{:| —|} #',
  'Сегодня до {шести|вечера} занята, {потом|позже} {наберите|звоните} #, обсудим {главу|план|цену}',
  'оставлю {тут|здесь}: #, {а то сайт виснет|так быстрее}',
  '#',
]
const englishFrames = [
  '{my number is|my number:|call me at|call|text me at|you can reach me on|phone:|cell} #',
  'Hi! {It is easier by phone|I am free tonight}, {my cell is|reach me at|call} #',
  '# - {text me|call me|that is my number}',
]
const framed = (random: Random, contact: string, all: readonly string[] = frames): string =>
  choose(random, random.of(all)).replace('#', () => contact)

const separators = [
  ' ',
  '-',
  '.',
  ' - ',
  '/',
  '_',
  '*',
  '|',
  '–',
  '—',
  ' . ',
  '~',
  '•',
  '·',
  '\u00a0',
  '--',
  '..',
  ' / ',
  '\\',
  ':',
  '#',
  '+',
  ' ~ ',
  '\n',
  '  ',
]

const brackets = [
  '8 (#) @-%-%',
  '8(#)@-%-%',
  '8-(#)-@-%-%',
  '8 [#] @ % %',
  '8 #) @ % %',
  '8 (#) @%%',
  '8(#) @.%.%',
  '+7(#)@-%-%',
  '+7 # @ % %',
  '7(#)@%%',
]
const keycap = (digit: string): string => `${digit}\ufe0f\u20e3`
const drawn: readonly ((digit: string) => string)[] = [
  (digit) => String.fromCodePoint(0xff10 + Number(digit)),
  (digit) => (digit === '0' ? '⓪' : String.fromCodePoint(0x2460 + Number(digit) - 1)),
  keycap,
  (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.charAt(Number(digit)),
  (digit) => '₀₁₂₃₄₅₆₇₈₉'.charAt(Number(digit)),
  (digit) => String.fromCodePoint(0x660 + Number(digit)),
  (digit) => String.fromCodePoint(0x6f0 + Number(digit)),
  (digit) => String.fromCodePoint(0x966 + Number(digit)),
  (digit) => String.fromCodePoint(0x1d7ce + Number(digit)),
  (digit) => String.fromCodePoint(0x1d7ec + Number(digit)),
]
const letters: Readonly<Record<string, readonly string[]>> = {
  '0': ['O', 'О', 'о', 'o'],
  '1': ['l', 'I', '|', 'i'],
  '3': ['З', 'з'],
  '6': ['б'],
  '4': ['Ч', 'ч'],
  '5': ['S'],
  '8': ['B', 'В'],
}
const abroad = [
  '+375 29 @-%-%',
  '375 (33) @-%-%',
  '+375(44)@%%',
  '8 029 @ % %',
  '+380 67 @ % %',
  '380 (50) @-%-%',
  '067 @-%-%',
  '+998 90 @ % %',
  '998(93)@-%-%',
  '8 701 @ % %',
  '+7 747 @-%-%',
  '+996 555 @%%',
  '+994 50 @ % %',
  '+995 555 @-%%',
  '+374 91 @%%',
  '+1 (415) @-%%',
  '+44 7911 %%%%',
  '07700 @@',
  '+49 151 @ @%',
  '+49 (0) 176 % @@',
  '+90 532 @ % %',
  '+972 54 @-%%',
  '(415) @-%%',
  '415-@-%%',
]
const invisible = ['\u200b', '\u200c', '\u2060', '\ufeff', '\u00ad', '\u200d']
const filled = (random: Random, template: string): string =>
  template.replace(/[@%]/g, (sign) => random.digits(sign === '@' ? 3 : 2)).replace('#', random.of(operators))

/** Some digits in words, some as they are. */
function halfSpoken(random: Random): string {
  const groups = grouped(mobile(random), random.of([shapes[0] ?? [], shapes[1] ?? [], shapes[3] ?? []]))
  const spoken = random.below(groups.length)
  return groups
    .map((group, i) => (i === spoken || random.chance(0.4) ? random.of([inRussian, inRussianGroups])(group) : group))
    .join(random.of([' ', ' ', '-', ', ']))
}

/** Phone numbers in every disguise that is told apart by the list. */
export const phoneFamilies: Readonly<Record<string, Family>> = {
  separated: (random) => {
    const shape = random.of(shapes)
    return framed(random, grouped(mobile(random), shape).join(random.of(separators)))
  },
  mixedSeparators: (random) => {
    const groups = grouped(mobile(random), random.of(shapes.slice(0, 6)))
    return framed(
      random,
      groups.reduce((all, group) => all + random.of([' ', '-', '.', '/', ' - ', '_', ')', '*']) + group),
    )
  },
  bracketed: (random) => framed(random, filled(random, random.of(brackets))),
  abroad: (random) =>
    framed(random, filled(random, random.of(abroad)), random.chance(0.4) ? englishFrames : frames.slice(0, 4)),
  overLines: (random) =>
    `${random.of(['номер', 'звоните', 'мой тел', 'пиши'])}\n${grouped(mobile(random), random.of(shapes)).join(random.of(['\n', '\n\n', ' \n', '-\n']))}`,
  withoutEight: (random) =>
    framed(
      random,
      grouped(
        random.of(operators) + random.digits(7),
        random.of([
          [3, 3, 2, 2],
          [3, 3, 4],
          [3, 7],
          [3, 2, 2, 3],
        ]),
      ).join(random.of([' ', '-', '.', ' - '])),
      frames.slice(0, 4),
    ),
  words: (random) => framed(random, inRussian(mobile(random), random.of([' ', ' ', ', ', '-', ' - ', '\n', '. ']))),
  wordGroups: (random) =>
    framed(
      random,
      grouped(mobile(random), [1, 3, 3, 2, 2])
        .map(inRussianGroups)
        .join(random.of([' ', ' ', ', ', ' - '])),
    ),
  halfWords: (random) => framed(random, halfSpoken(random)),
  englishWords: (random) =>
    framed(
      random,
      inEnglish(random.chance(0.5) ? random.digits(10) : mobile(random), random.of([' ', ' ', '-', ', '])),
      englishFrames,
    ),
  letters: (random) => {
    const swapped = [...mobile(random)]
      .map((digit, i) => (i > 0 && random.chance(0.5) ? random.of(letters[digit] ?? [digit]) : digit))
      .join('')
    return framed(random, grouped(swapped, random.of(shapes.slice(0, 6))).join(random.of([' ', '-', ''])))
  },
  drawn: (random) => {
    const draw = random.of(drawn)
    return framed(
      random,
      grouped(mobile(random), random.of(shapes))
        .map((group) => [...group].map(draw).join(''))
        .join(random.of(['', ' ', '-', ''])),
    )
  },
  invisible: (random) =>
    framed(
      random,
      [...grouped(mobile(random), random.of(shapes)).join(random.of(['', ' ', '-']))]
        .map((char) => (random.chance(0.5) ? char + random.of(invisible) : char))
        .join(''),
    ),
  withWordsBetween: (random) => {
    const word = random.of(['пробел', 'тире', 'дефис', 'потом', 'дальше', 'затем', 'и', 'далее'])
    return framed(random, grouped(mobile(random), random.of(shapes.slice(0, 7))).join(` ${word} `), frames.slice(0, 5))
  },
}
