import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findByBaseRule } from '../../api/guard/base-rule.ts'
import { findContacts } from '../../api/guard/guard.ts'

const spans = (text: string) => findByBaseRule(text).map(({ start, end }) => text.slice(start, end))

describe('the base rule', () => {
  it.each([
    ['@', 'пишите: ivan@mail', '@'],
    ['+7', 'звоните +7 916', '+7'],
    ['http://', 'вот http://x', 'http://'],
    ['https://', 'вот https://x', 'https://'],
    ['an address in capitals', 'HTTPS://X', 'HTTPS://'],
    ['nine digits', 'код 123456789', '123456789'],
    ['more digits, as one finding', '12345678901234567890', '12345678901234567890'],
  ])('refuses %s', (_name, text, found) => {
    expect(spans(text)).toEqual([found])
    expect(findContacts(text, { recentTexts: [] }).length).toBeGreaterThan(0)
  })

  it.each(['Ответ: 89161234', '2 + 7 = 9', 'http:', 'x = 12345678', '№ 4815-1623-42', 'e-mail'])(
    'lets %j pass',
    (text) => {
      expect(findByBaseRule(text)).toEqual([])
    },
  )

  it('counts UTF-16 code units, so that clients can underline the span', () => {
    expect(findByBaseRule('😀👍 @')).toEqual([{ kind: 'BASE_RULE', start: 5, end: 6, rule: 'base' }])
  })

  it('finds everything, in order', () => {
    expect(spans('a@b +7 http://c 123456789')).toEqual(['@', '+7', 'http://', '123456789'])
  })
})

const pieces = fc.constantFrom('@', '+7', 'http://', 'https://', '123456789', '1', ' ', 'я', '😀', '\ud800', '\u0301')
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join('')),
)

describe('the guard', () => {
  it('never throws, and every span lies within the text, in order', () => {
    fc.assert(
      fc.property(texts, fc.array(texts, { maxLength: 3 }), (text, recentTexts) => {
        const findings = findContacts(text, { recentTexts })
        let previous = 0
        for (const { start, end } of findings) {
          expect(start).toBeGreaterThanOrEqual(previous)
          expect(end).toBeGreaterThan(start)
          expect(end).toBeLessThanOrEqual(text.length)
          previous = start
        }
      }),
    )
  })

  it('refuses whatever the original expression matches', () => {
    fc.assert(
      fc.property(texts, (text) => {
        if (/(?:@|\+7|https?:\/\/|\d{9,})/.test(text)) {
          expect(findContacts(text, { recentTexts: [] })).not.toEqual([])
        }
      }),
    )
  })

  it('says the same of the same text', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(findContacts(text, { recentTexts: [] })).toEqual(findContacts(text, { recentTexts: [] }))
      }),
    )
  })
})
