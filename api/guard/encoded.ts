import type { Finding } from './finding.ts'
import { asSent } from './fold.ts'
import { type Match, type Reading, read } from './reading.ts'
import type { RuleName } from './rule-set.ts'

const fromBytes = (bytes: readonly number[]): string => new TextDecoder().decode(Uint8Array.from(bytes))

const bytesIn = (run: string, base: number): string =>
  fromBytes((run.match(base === 2 ? /[01]{8}/g : /[\da-f]{2}/gi) ?? []).map((byte) => Number.parseInt(byte, base)))

const fromEntity = (code: string): string => {
  const value = /^x/i.test(code) ? Number.parseInt(code.slice(1), 16) : Number(code)
  return value <= 0x10ffff ? String.fromCodePoint(value) : ''
}

/** Ways to write a text that programs read and people decode in a moment, each with what it says. */
const encodings: readonly { sign: RegExp; run: RegExp; decode: (run: string) => string }[] = [
  {
    sign: /%[\da-f]{2}/i,
    run: /[^\s%"'«»]{0,80}(?:%[\da-f]{2}[^\s%"'«»]{0,80}){2,100}/gi,
    decode: (run) => run.replace(/(?:%[\da-f]{2})+/gi, (part) => bytesIn(part, 16)),
  },
  {
    sign: /&#/,
    run: /(?:&#(?:\d{1,6}|x[\da-f]{1,5});){4,100}/gi,
    decode: (run) => run.replace(/&#([^;]+);/g, (_, code: string) => fromEntity(code)),
  },
  {
    sign: /\\u/,
    run: /(?:\\u[\da-f]{4}){4,100}/gi,
    decode: (run) => run.replace(/\\u(.{4})/g, (_, code: string) => fromEntity(`x${code}`)),
  },
  {
    sign: /(?:[\da-f]{2}[ ,:]{0,2}(?:0x|\\x)?){4}/i,
    run: /(?<![\da-f])(?:(?:0x|\\x)?[\da-f]{2}[ ,:]{0,2}){6,100}(?![\da-f])/gi,
    decode: (run) => bytesIn(run.replace(/0x|\\x/gi, ''), 16),
  },
  {
    sign: /[01]{8}/,
    run: /(?<!\d)(?:[01]{8}[ ,]?){5,100}(?!\d)/g,
    decode: (run) => bytesIn(run, 2),
  },
  {
    sign: /[A-Za-z\d+/]{12}/,
    run: /(?<![\w+/=.-])(?=[\w+/]{0,60}[A-Z])(?=[\w+/]{0,60}[a-z\d])[A-Za-z\d+/]{12,200}={0,2}(?![\w+/=])/g,
    decode: (run) => {
      const whole = run.replace(/=+$/, '')
      return whole.length % 4 === 1 ? '' : fromBytes([...atob(whole)].map((char) => char.charCodeAt(0)))
    },
  },
]

/** What makes sense: bytes that are no text decode to anything else. */
const readable = /^[\n\x20-\x7e\u0410-\u044f]{5,}$/
const maxRuns = 5

/** What a character may be a part of. */
const May = { base64: 1, byte: 2, escape: 4 } as const
const mayBe = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code)
  return (
    (/[A-Za-z\d+/]/.test(char) ? May.base64 : 0) |
    (/[\da-fx ,:\\]/i.test(char) ? May.byte : 0) |
    (/[%&\\]/.test(char) ? May.escape : 0)
  )
})
/** The fewest characters of base64 and of bytes that are looked at. */
const shortest = 12

/** Whether anything in a text may be encoded: most texts have no sign of it, nor so many Latin letters and digits in a row. */
function mayBeEncoded(text: string): boolean {
  let base64 = 0
  let bytes = 0
  for (let i = 0; i < text.length; i++) {
    const may = mayBe[text.charCodeAt(i)] ?? 0
    base64 = may & May.base64 ? base64 + 1 : 0
    bytes = may & May.byte ? bytes + 1 : 0
    if (may & May.escape || base64 >= shortest || bytes >= shortest) return true
  }
  return false
}

/** Contacts that are written in base64, as bytes, percent-encoded or as entities: what `find` finds in what they say. */
export function findEncoded({ folded }: Reading, find: (reading: Reading) => Match[]): Finding[] {
  const text = asSent(folded)
  if (!mayBeEncoded(text)) return []
  return encodings.flatMap(({ sign, run, decode }) => {
    if (!sign.test(text)) return []
    return [...text.matchAll(run)].slice(0, maxRuns).flatMap(({ 0: said, index }) => {
      const decoded = decode(said)
      if (decoded === said || !readable.test(decoded)) return []
      const place = folded.span(index, index + said.trimEnd().length)
      return find(read(decoded))
        .slice(0, 1)
        .map(({ kind, rule }) => ({ kind, rule: rule as RuleName, ...place }))
    })
  })
}
