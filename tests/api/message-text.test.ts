import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { previewOf, readText } from '../../api/messages/message-text.ts'

const accepted = (text: string) => ({ ok: true, text })
const refused = (reason: string) => ({ ok: false, reason })

describe('readText', () => {
  it('turns CRLF into LF and trims outer white space, and nothing else', () => {
    expect(readText(' \t\r\n  Привет,\r\n\r\n  мир \u00a0\n')).toEqual(accepted('Привет,\n\n  мир'))
    expect(readText('a\tb\u200bc  d')).toEqual(accepted('a\tb\u200bc  d'))
  })

  it.each([
    ['nothing', ''],
    ['spaces and line ends', ' \r\n\t '],
    ['no-break and ideographic spaces', '\u00a0\u3000\u2009'],
    ['zero-width characters', '\u200b\u200c\u200d\u2060\ufeff'],
    ['direction marks and soft hyphens', '\u200e\u202a\u202c\u2066\u2069\u00ad'],
    ['tag characters', '\u{e0061}\u{e007f}'],
    ['variation selectors', '\ufe0f\ufe0f'],
    ['letters that show nothing', '\u3164\u115f\uffa0\u2800'],
  ])('finds %s empty', (_name, text) => {
    expect(readText(text)).toEqual(refused('EMPTY'))
  })

  it.each(['.', '0', '👍', '👨‍👩‍👧', '❤️', 'é', '\u200b!\u200b', 'ا', '漢'])('takes %j', (text) => {
    expect(readText(text)).toMatchObject({ ok: true })
  })

  it('takes 4000 code points after trimming, and not one more', () => {
    expect(readText(`  ${'ы'.repeat(4000)}\n`)).toMatchObject({ ok: true })
    expect(readText('ы'.repeat(4001))).toEqual(refused('TOO_LONG'))
    expect(readText('😀'.repeat(4000))).toMatchObject({ ok: true })
    expect(readText('😀'.repeat(4001))).toEqual(refused('TOO_LONG'))
    expect(readText(`${'😀'.repeat(3999)}ab`)).toEqual(refused('TOO_LONG'))
    expect(readText(`${'a\r\n'.repeat(2000)}`)).toMatchObject({ ok: true })
  })

  it.each([
    ['NUL', 'a\u0000b'],
    ['escape', '\u001b[31m'],
    ['backspace', 'a\u0008'],
    ['form feed', 'a\u000cb'],
    ['vertical tab', 'a\u000bb'],
    ['delete', 'a\u007f'],
    ['a C1 control', 'a\u0085b'],
    ['a lone high surrogate', 'a\ud800b'],
    ['a lone low surrogate', '\udc00'],
    ['surrogates in the wrong order', '\udc00\ud800'],
    ['a control character at the very end', 'a \u0000 '],
  ])('refuses %s as a bad character', (_name, text) => {
    expect(readText(text)).toEqual(refused('BAD_CHARACTERS'))
  })

  it('takes 20 combining marks in a row, and not 21', () => {
    expect(readText(`е${'\u0301'.repeat(20)}`)).toMatchObject({ ok: true })
    expect(readText(`е${'\u0301'.repeat(21)}`)).toEqual(refused('BAD_CHARACTERS'))
    expect(readText(`е${'\u0301\u0488\u20dd'.repeat(7)}`)).toEqual(refused('BAD_CHARACTERS'))
    expect(readText(`${`е${'\u0301'.repeat(20)}`.repeat(3)}`)).toMatchObject({ ok: true })
  })

  it('takes tabs and line ends of every kind', () => {
    expect(readText('a\tb\nc\rd\r\ne')).toEqual(accepted('a\tb\nc\rd\ne'))
  })

  it('never throws, and gives back what it gave already', () => {
    const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), utf16())
    fc.assert(
      fc.property(anything, (sent) => {
        const result = readText(sent)
        if (!result.ok) return
        expect(readText(result.text)).toEqual(result)
        expect(result.text.trim()).toBe(result.text)
        expect(result.text).not.toContain('\r\n')
      }),
    )
  })
})

describe('previewOf', () => {
  it('is one line of at most 160 code points that cuts no character in two', () => {
    expect(previewOf('a\n\nb   c')).toBe('a b c')
    expect(previewOf('😀'.repeat(160))).toBe('😀'.repeat(160))
    expect(previewOf('😀'.repeat(161))).toBe(`${'😀'.repeat(159)}…`)
  })
})

/** Strings with halves of surrogate pairs in them. */
const utf16 = () =>
  fc
    .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.constantFrom(0x0d, 0x0a, 0x20, 0x301, 0xd800, 0xdc00)))
    .map((units) => String.fromCharCode(...units))
