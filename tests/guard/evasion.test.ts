import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findContacts, isRefused } from '../../api/guard/guard.ts'
import { allowed, refused } from './corpus/corpus.ts'

const isRefusedText = (text: string, recentTexts: readonly string[] = []): boolean =>
  isRefused(findContacts(text, { recentTexts }))

/** Of bytes written as letters, another letter is another byte. */
const isEncoded = /[A-Za-z\d+/]{16}|%[\dA-F]{2}|&#\d/
// A text that fails is read: those of the held-out part stay unread.
const caught = refused.filter(
  ({ text, recentTexts = [], split }) => split === 'tune' && !isEncoded.test(text) && isRefusedText(text, recentTexts),
)
const passing = allowed.filter(
  ({ text, recentTexts, split }) => split === 'tune' && !recentTexts && !isRefusedText(text),
)

const invisible = ['\u200b', '\u200c', '\u2060', '\ufeff', '\u00ad']

describe('a refused text stays refused', () => {
  it('with zero-width characters anywhere', () => {
    const places = fc.array(fc.tuple(fc.nat(), fc.constantFrom(...invisible)), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(fc.constantFrom(...caught), places, ({ text, recentTexts = [] }, inserted) => {
        const chars = [...text]
        for (const [at, char] of inserted) chars.splice(at % (chars.length + 1), 0, char)
        expect([chars.join(''), isRefusedText(chars.join(''), recentTexts)]).toEqual([chars.join(''), true])
      }),
      { numRuns: 1500 },
    )
  })

  it('with letters of the other alphabet that look the same', () => {
    const swap: Record<string, string> = Object.fromEntries(
      [...'аеорсухАВЕКМНОРСТХ'].flatMap((char, i) => {
        const latin = 'aeopcyxABEKMHOPCTX'[i] ?? char
        return [
          [char, latin],
          [latin, char],
        ]
      }),
    )
    // Where every letter of a word is swapped it is another word ("он" is "oh"): some letters are.
    fc.assert(
      fc.property(fc.constantFrom(...caught), fc.nat(), ({ text, recentTexts = [] }, seed) => {
        const swapped = text.replace(/\p{L}{4,}/gu, (word) => {
          const places = [...word].flatMap((char, i) => (swap[char] ? [i] : []))
          if (places.length === 0 || places.length === word.length) return word
          const at = places[seed % places.length]
          return [...word].map((char, i) => (i === at ? (swap[char] ?? char) : char)).join('')
        })
        expect([swapped, isRefusedText(swapped, recentTexts)]).toEqual([swapped, true])
      }),
      { numRuns: 1500 },
    )
  })

  it('with a phone number grouped in another way', () => {
    const separators = fc.constantFrom(' ', '-', '.', ' - ', '/', '\u00a0', '–', '_', '')
    const shapes = fc.constantFrom(
      [1, 3, 3, 2, 2],
      [1, 3, 3, 4],
      [4, 3, 2, 2],
      [1, 3, 7],
      [4, 7],
      [1, 3, 2, 2, 3],
      Array(11).fill(1),
    )
    const rest = fc.stringMatching(/^[0-9]{9}$/)
    fc.assert(
      fc.property(fc.constantFrom('89', '79'), rest, shapes, separators, (prefix, digits, shape, separator) => {
        const number = `${prefix}${digits}`
        const starts = shape.map((_, i) => shape.slice(0, i).reduce((sum, length) => sum + length, 0))
        const text = shape.map((length, i) => number.slice(starts[i], (starts[i] ?? 0) + length)).join(separator)
        expect([text, isRefusedText(text)]).toEqual([text, true])
      }),
      { numRuns: 1500 },
    )
  })
})

const ordinary = [
  'Здравствуйте!',
  'Спасибо, всё понятно.',
  'Посмотрите, пожалуйста, вторую задачу.',
  'Сделаю к пятнице.',
  'Thanks, that helps a lot.',
  'I will send the draft tomorrow.',
  'Вот условие.',
  'Получилось похоже на правду.',
]

describe('an allowed text stays allowed', () => {
  it('between ordinary sentences', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...passing),
        fc.constantFrom(...ordinary),
        fc.constantFrom(...ordinary),
        ({ text }, before, after) => {
          const whole = `${before}\n${text}\n${after}`
          expect([whole, isRefusedText(whole)]).toEqual([whole, false])
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('after ordinary messages of the same author', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...passing),
        fc.array(fc.constantFrom(...ordinary), { maxLength: 4 }),
        ({ text }, recentTexts) => {
          expect([text, isRefusedText(text, recentTexts)]).toEqual([text, false])
        },
      ),
      { numRuns: 1000 },
    )
  })
})
