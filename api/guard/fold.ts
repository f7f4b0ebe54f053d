import { inOneAlphabet } from './look-alikes.ts'
import { remembered } from './remembered.ts'

/**
 * A text as the rules read it: lower case, one form of each character, nothing invisible. Every UTF-16 unit of `text` knows
 * which units of the source it came from, so that findings can be shown in the text as it was sent.
 */
export interface Folded {
  text: string
  source: string
  /** The part of the source that units [from, to) of `text` came from: whole characters with their marks. */
  span(from: number, to: number): { start: number; end: number }
}

/** What most messages are made of: each character folds to one, so no map is needed. */
const plain =
  /[\t\n\r\x20-\x7e\xa0\xab\xb0\xb7\xbb\u0401\u0410-\u044f\u0451\u2013\u2014\u2018-\u201e\u2026\u2116\u20bd\u2212]/
/** Of that, what has more than one form. */
const several = /[\xa0\t\rЁё–—−‘’]/

/** What one pass over a text tells of its characters, as bits. */
const Has = { plain: 1, several: 2, latin: 4, cyrillic: 8, mixed: 16, other: 32 } as const

const kinds = Uint8Array.from({ length: 0x2213 }, (_, code) => {
  const char = String.fromCharCode(code)
  return (
    (plain.test(char) ? Has.plain : Has.other) |
    (several.test(char) ? Has.several : 0) |
    (/[a-z]/i.test(char) ? Has.latin : 0) |
    (/[а-яё]/i.test(char) ? Has.cyrillic : 0)
  )
})

/** All that a text has; mixed: a Latin letter right beside a Cyrillic one. */
function charactersOf(text: string): number {
  let has = 0
  let before = 0
  for (let i = 0; i < text.length; i++) {
    const kind = kinds[text.charCodeAt(i)] ?? Has.other
    has |= kind
    if (((kind & Has.latin) !== 0 && before & Has.cyrillic) || (kind & Has.cyrillic && before & Has.latin))
      has |= Has.mixed
    before = kind
  }
  return has
}

const smallCapitals = new Map(
  [...'ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ'].map((char, i) => [char, 'abcdefghijklmnopqrstuvwyz'[i] ?? '']),
)
const greek = new Map([...'ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϲϳ'].map((char, i) => [char, 'abezhikmnoptyxocj'[i] ?? '']))
const single = new Map(
  Object.entries({
    ё: 'е',
    Ё: 'е',
    '№': '№',
    '…': '…',
    '™': '™',
    '℠': '℠',
    '−': '-',
    '⁄': '/',
    '∕': '/',
    '╱': '/',
    '⧸': '/',
    '。': '.',
    '｡': '.',
    '۔': '.',
    '‘': "'",
    '’': "'",
    ʼ: "'",
    '´': "'",
    '\u2800': ' ',
    '\u3164': ' ',
    '\uffa0': ' ',
    '\u115f': '',
    '\u1160': '',
    '\u2028': '\n',
    '\u2029': '\n',
    '\r': '\n',
    // A picture of a dog is read "@", as the word is; a coloured circle is a point that can be seen.
    '🐶': 'собака',
    '🐕': 'собака',
    '🔴': '.',
    '🔵': '.',
    '🟢': '.',
    '🟡': '.',
    '⚫': '.',
    '⚪': '.',
    '\t': ' ',
  }),
)

/** Ranges of characters that are drawn as digits or letters but have no compatibility decomposition. */
const drawn: readonly (readonly [first: number, last: number, from: number])[] = [
  [0x2776, 0x277e, 0x31],
  [0x2780, 0x2788, 0x31],
  [0x278a, 0x2792, 0x31],
  [0x24f5, 0x24fd, 0x31],
  [0x1f150, 0x1f169, 0x61],
  [0x1f170, 0x1f189, 0x61],
]

const invisible = /[\p{Cf}\p{M}\p{Cc}]/u
const mark = /\p{M}|\u200d/u

/** What a character is to the rules; '' for what can't be seen. */
function foldCharacter(char: string, code: number): string {
  if (code < 0x80) return code === 10 ? char : code < 32 || code === 127 ? (single.get(char) ?? '') : char.toLowerCase()
  const known = single.get(char) ?? smallCapitals.get(char) ?? greek.get(char)
  if (known !== undefined) return known
  if (code >= 0x400 && code < 0x530 && !(code >= 0x483 && code <= 0x489)) return char.toLowerCase()
  if (invisible.test(char)) return ''
  for (const [first, last, from] of drawn) {
    if (code >= first && code <= last) {
      const value = from + code - first
      return value === 0x3a ? '10' : String.fromCharCode(value)
    }
  }
  if (code === 0x24ff || code === 0x24ea || code === 0x1f10b || code === 0x1f10c) return '0'
  if (/\p{Nd}/u.test(char)) return digitOf(char, code)
  if (/\p{Z}/u.test(char)) return ' '
  if (/\p{Pd}/u.test(char)) return '-'
  const plainForm = char.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  // Some ligatures are whole sentences; nothing that long is a letter or a digit.
  return plainForm.length > 4 ? char : plainForm
}

/** Unicode keeps every set of decimal digits together, zero first, in blocks that begin at multiples of ten or sixteen. */
function digitOf(char: string, code: number): string {
  const compatible = char.normalize('NFKD')
  if (compatible >= '0' && compatible <= '9') return compatible
  let zero = code
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--
  return String(code - zero)
}

/** Folding a rare character is slow. */
const foldOnce = remembered((char) => foldCharacter(char, char.codePointAt(0) ?? 0), 20_000)

const inOneForm = (lower: string): string =>
  lower
    .replace(/[\xa0\t]/g, ' ')
    .replace(/\r/g, '\n')
    .replace(/ё/g, 'е')
    .replace(/[–—−]/g, '-')
    .replace(/[‘’]/g, "'")

const asItStands: Folded['span'] = (start, end) => ({ start, end })

/** Reads any string, lone surrogates included, in time linear in its length. */
export function fold(source: string): Folded {
  const characters = charactersOf(source)
  if (!(characters & Has.other)) {
    const lower = source.toLowerCase()
    const text = characters & Has.several ? inOneForm(lower) : lower
    return { text: characters & Has.mixed ? inOneAlphabet(text) : text, source, span: asItStands }
  }
  const pieces: string[] = []
  const starts: number[] = []
  const ends: number[] = []
  let at = 0
  for (const char of source) {
    const code = char.codePointAt(0) ?? 0
    const result = foldOnce(char)
    const end = at + char.length
    if (result !== '') {
      for (let i = 0; i < result.length; i++) {
        starts.push(at)
        ends.push(end)
      }
      pieces.push(result)
    } else if (ends.length > 0 && mark.test(char)) {
      // A mark belongs to the character before it; a decomposed "й" is a letter of its own.
      ends[ends.length - 1] = end
      if (code === 0x306 && pieces.at(-1) === 'и') pieces[pieces.length - 1] = 'й'
    }
    at = end
  }
  return {
    text: inOneAlphabet(pieces.join('')),
    source,
    span: (from, to) => ({ start: starts[from] ?? 0, end: ends[to - 1] ?? source.length }),
  }
}

/** A folded text in the characters that were sent, as many units. */
export const asSent = ({ text, source, span }: Folded): string =>
  span === asItStands
    ? source
    : Array.from({ length: text.length }, (_, at) => source.charAt(span(at, at + 1).start)).join('')
