/** Latin letters drawn like Cyrillic ones, lower case (capitals included: "B" is drawn like "В", so "b" stands for "в"). */
const latinOf: ReadonlyMap<string, string> = new Map(
  Object.entries({
    а: 'a',
    в: 'b',
    с: 'c',
    е: 'e',
    н: 'h',
    і: 'i',
    ј: 'j',
    к: 'k',
    м: 'm',
    о: 'o',
    р: 'p',
    ԛ: 'q',
    ѕ: 's',
    т: 't',
    у: 'y',
    ѵ: 'v',
    ԝ: 'w',
    х: 'x',
    һ: 'h',
    ӏ: 'l',
    ԁ: 'd',
    г: 'r',
    п: 'n',
    и: 'u',
    ь: 'b',
  }),
)

/** The main reading of each Latin look-alike; "u" for "и" and the like are drawn alike only in handwriting. */
const cyrillicOf: ReadonlyMap<string, string> = new Map(
  Object.entries({
    a: 'а',
    b: 'в',
    c: 'с',
    e: 'е',
    h: 'н',
    i: 'і',
    j: 'ј',
    k: 'к',
    m: 'м',
    o: 'о',
    p: 'р',
    s: 'ѕ',
    t: 'т',
    x: 'х',
    y: 'у',
    u: 'и',
    n: 'п',
    r: 'г',
  }),
)

const isLatin = (code: number): boolean => code >= 0x61 && code <= 0x7a
const isCyrillic = (code: number): boolean => code >= 0x400 && code <= 0x52f

/** The word with every letter taken over by `table`; null where one has no counterpart. */
function rewritten(word: string, table: ReadonlyMap<string, string>, from: (code: number) => boolean): string | null {
  let result = ''
  for (const letter of word) {
    const other = from(letter.charCodeAt(0)) ? table.get(letter) : letter
    if (other === undefined) return null
    result += other
  }
  return result
}

/** A word in the alphabet it was meant in, and how it could be read in the other one where every letter has a double. */
export interface Reading {
  key: string
  other: string | null
}

/** Reads a word of lower-case letters: mixed alphabets become one, the one whose letters have no double deciding. */
export function readWord(word: string): Reading {
  let latin = 0
  let cyrillic = 0
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i)
    if (isLatin(code)) latin++
    else if (isCyrillic(code)) cyrillic++
  }
  if (latin > 0 && cyrillic > 0) {
    const inLatin = rewritten(word, latinOf, isCyrillic)
    const inCyrillic = rewritten(word, cyrillicOf, isLatin)
    if (inLatin === null || (inCyrillic !== null && cyrillic > latin))
      return { key: inCyrillic ?? word, other: inLatin }
    return { key: inLatin, other: inCyrillic }
  }
  if (cyrillic > 0) return { key: word, other: rewritten(word, latinOf, isCyrillic) }
  if (latin > 0) return { key: word, other: rewritten(word, cyrillicOf, isLatin) }
  return { key: word, other: null }
}

/** Letters that stand in for digits ("89l6", "9О5"), lower case. */
export const letterDigits: ReadonlyMap<string, string> = new Map(
  Object.entries({ o: '0', о: '0', з: '3', l: '1', i: '1', і: '1', '|': '1', ӏ: '1', б: '6' }),
)

/** Those that also name variables ("q1", "s5"): only after a digit ("4S"). */
export const laterLetterDigits: ReadonlyMap<string, string> = new Map(
  Object.entries({ ч: '4', s: '5', z: '2', b: '8', в: '8', g: '9', q: '9' }),
)

/** Twins whatever the hand or the type: what a word of either alphabet may have of the other unseen. */
const cyrillicTwins = 'аеорсухвкмнті'
const latinTwins = 'aeopcyxbkmhti'
const toLatin = new Map([...cyrillicTwins].map((char, i) => [char, latinTwins[i] ?? char]))
const toCyrillic = new Map([...latinTwins].map((char, i) => [char, cyrillicTwins[i] ?? char]))

/** A word of one alphabet with some letters of the other that look the same is that word: as many units, so that places stay. */
export function inOneAlphabet(text: string): string {
  if (!/[a-z][а-яі]|[а-яі][a-z]/.test(text)) return text
  return text.replace(/[a-zа-яі]{3,}/g, (word) => {
    const latin = word.replace(/[^a-z]+/g, '').length
    const cyrillic = word.length - latin
    if (latin === 0 || cyrillic === 0 || latin === cyrillic) return word
    return (latin > cyrillic ? rewritten(word, toLatin, isCyrillic) : rewritten(word, toCyrillic, isLatin)) ?? word
  })
}
