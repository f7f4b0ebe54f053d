import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findContacts } from '../../api/guard/guard.ts'
import { refused } from './corpus/corpus.ts'

const found = (text: string, recentTexts: string[] = []) =>
  findContacts(text, { recentTexts }).map(({ kind, start, end }) => [kind, text.slice(start, end)])

describe('the span of a finding', () => {
  it.each([
    ['plain text', 'звоните: 8 916 123-45-67, жду', 'PHONE', '8 916 123-45-67'],
    ['full-width digits', 'номер ８９１６１２３４５６７!', 'PHONE', '８９１６１２３４５６７'],
    ['digits outside the basic plane', '😀 𝟖𝟗𝟏𝟔𝟏𝟐𝟑𝟒𝟓𝟔𝟕 😀', 'PHONE', '𝟖𝟗𝟏𝟔𝟏𝟐𝟑𝟒𝟓𝟔𝟕'],
    ['keycaps, whole', 'вот 8️⃣9️⃣1️⃣6️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣ да', 'PHONE', '8️⃣9️⃣1️⃣6️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣'],
    [
      'zero-width characters between',
      'а 8\u200b916\u200b123\u200b45\u200b67 б',
      'PHONE',
      '8\u200b916\u200b123\u200b45\u200b67',
    ],
    ['combining marks at the end', 'пиши @ivan\u0301\u0301 там', 'HANDLE', '@ivan\u0301\u0301'],
    ['a decomposed letter', 'мои\u0306 тг ivanov_92', 'HANDLE', 'тг ivanov_92'],
    ['look-alike letters', 'пиши: ivаn@mаil.ru', 'EMAIL', 'ivаn@mаil.ru'],
    ['a text with other numbers', 'Ответ: 89161234, звоните +7 916 123-45-67', 'PHONE', '+7 916 123-45-67'],
    ['a text with other numbers', 'стр 14, мой номер 8 916 123 45 67', 'PHONE', '8 916 123 45 67'],
    ['several lines', 'номер\n8916\n1234567\nжду', 'PHONE', '8916\n1234567'],
  ])('covers the contact and nothing else in %s', (_name, text, kind, part) => {
    expect(found(text)).toContainEqual([kind, part])
  })

  it('is in the new message where a contact is split over several', () => {
    expect(found('123 45 67, жду', ['8 916'])).toEqual([['PHONE', '123 45 67']])
  })

  it('is in the changed message where the contact goes on after it', () => {
    const before = findContacts('ок, 8 916', { recentTexts: [], laterTexts: ['123 45 67'] })
    expect(before).toMatchObject([{ kind: 'PHONE', start: 4, end: 9, rule: 'split' }])
    const between = findContacts('916', { recentTexts: ['мой 8'], laterTexts: ['123 45 67'] })
    expect(between).toMatchObject([{ kind: 'PHONE', start: 0, end: 3, rule: 'split' }])
    // A contact of those around it is none of its own.
    expect(findContacts('ок', { recentTexts: [], laterTexts: ['8 916 123 45 67'] })).toEqual([])
  })

  it('names each contact once, in order', () => {
    expect(found('8 916 123-45-67, ivan@mail.ru, мой тг ivanov_92')).toEqual([
      ['PHONE', '8 916 123-45-67'],
      ['EMAIL', 'ivan@mail.ru'],
      ['HANDLE', 'тг ivanov_92'],
    ])
  })
})

const pieces = fc.constantFrom(
  ...refused.map(({ text }) => text),
  ...[
    '8',
    '916',
    ' ',
    '\n',
    'я',
    '😀',
    '\ud800',
    '\udc00',
    '\u0301',
    '\ufe0f',
    '\u20e3',
    '\u200d',
    '①',
    'ﷺ',
    'тг',
    'точка',
    '@',
    '(',
  ],
)
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.string({ unit: 'grapheme', maxLength: 120 }),
  fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
)

const isLowSurrogate = (text: string, at: number): boolean => (text.charCodeAt(at) & 0xfc00) === 0xdc00
const isHighSurrogate = (text: string, at: number): boolean => (text.charCodeAt(at) & 0xfc00) === 0xd800

describe('the guard, given any text', () => {
  it('never throws; findings lie in the text, in order, apart, on whole characters', () => {
    fc.assert(
      fc.property(
        texts,
        fc.array(texts, { maxLength: 3 }),
        fc.array(texts, { maxLength: 2 }),
        (text, recentTexts, laterTexts) => {
          let previous = 0
          for (const { start, end } of findContacts(text, { recentTexts, laterTexts })) {
            expect(start).toBeGreaterThanOrEqual(previous)
            expect(end).toBeGreaterThan(start)
            expect(end).toBeLessThanOrEqual(text.length)
            for (const at of [start, end]) {
              expect(at > 0 && isHighSurrogate(text, at - 1) && isLowSurrogate(text, at)).toBe(false)
            }
            expect(/^\p{M}/u.test(text.slice(end))).toBe(false)
            previous = end
          }
        },
      ),
      { numRuns: 500 },
    )
  })
})
