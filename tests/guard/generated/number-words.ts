import type { Random } from './random.ts'

const russianDigits = 'ноль один два три четыре пять шесть семь восемь девять'.split(' ')
const russianTeens =
  'десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать'.split(
    ' ',
  )
const russianTens = 'двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто'.split(' ')
const russianHundreds = 'сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот'.split(' ')
const englishDigits = 'zero one two three four five six seven eight nine'.split(' ')

/** Digit by digit. */
export const inRussian = (digits: string, separator = ' '): string =>
  [...digits].map((digit) => russianDigits[Number(digit)]).join(separator)

/** Digit by digit, some doubles as "double", some zeros as "oh". */
export const inEnglish = (digits: string, separator = ' '): string =>
  digits
    .replace(/(\d)\1/g, (_, digit: string) => `${digit}d`)
    .replace(
      /(\d)(d?)/g,
      (_, digit: string, twice: string) =>
        `${separator}${twice ? 'double ' : ''}${digit === '0' && !twice ? 'oh' : englishDigits[Number(digit)]}`,
    )
    .slice(separator.length)

/** As a group is read aloud: "девятьсот двенадцать", zeros at its beginning one by one. */
export function inRussianGroups(digits: string): string {
  if (digits.startsWith('0')) return `ноль${digits.length > 1 ? ` ${inRussianGroups(digits.slice(1))}` : ''}`
  const value = Number(digits)
  if (digits.length > 3) return inRussian(digits)
  const rest = value % 100
  const words = value >= 100 ? [russianHundreds[Math.floor(value / 100) - 1]] : []
  if (rest >= 20) words.push(russianTens[Math.floor(rest / 10) - 2], rest % 10 ? russianDigits[rest % 10] : undefined)
  else if (rest >= 10) words.push(russianTeens[rest - 10])
  else if (rest > 0) words.push(russianDigits[rest])
  return words.filter(Boolean).join(' ')
}

const latin: Readonly<Record<string, readonly string[]>> = {
  я: ['ya', 'ia'],
  ц: ['c', 'ts'],
  ы: ['y', 'i'],
  ь: [''],
  ч: ['ch'],
  ш: ['sh'],
}
const letters = Object.fromEntries([...'авдеийклмнопрст'].map((letter, i) => [letter, 'avdeiyklmnoprst'[i] ?? letter]))

/** In Latin letters, as people write Russian without a Russian keyboard. */
export const inLatin = (words: string, random: Random): string =>
  [...words].map((letter) => (latin[letter] ? random.of(latin[letter]) : (letters[letter] ?? letter))).join('')
