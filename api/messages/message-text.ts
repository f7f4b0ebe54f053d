/** Why a string isn't a text that can be sent. */
export type InvalidTextReason = 'EMPTY' | 'TOO_LONG' | 'BAD_CHARACTERS'

export type TextResult = { ok: true; text: string } | { ok: false; reason: InvalidTextReason }

const maxTextCodePoints = 4000

/** C0 and C1 controls but tab and line ends, and halves of surrogate pairs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const badCharacters = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]|\p{Surrogate}/u
const tooManyMarks = /\p{Mark}{21,}/u
/**
 * Something that can be seen: neither white space nor a format character, nor one of those that Unicode calls letters or
 * symbols but that show nothing (fillers, the blank Braille pattern), nor a mark with nothing to stand on.
 */
const visible = /[^\s\p{Separator}\p{Control}\p{Format}\p{Surrogate}\p{Mark}\u115F\u1160\u2800\u3164\uFFA0]/u

/**
 * A text as it is stored: CRLF turned into LF, outer white space trimmed.
 * The rules are those of the public protocol; lengths count code points after trimming.
 */
export function readText(sent: string): TextResult {
  if (badCharacters.test(sent) || tooManyMarks.test(sent)) return { ok: false, reason: 'BAD_CHARACTERS' }
  if (!visible.test(sent)) return { ok: false, reason: 'EMPTY' }
  const text = sent.replaceAll('\r\n', '\n').trim()
  // A code point is at most two units, so the exact count is needed only in between.
  const tooLong =
    text.length > maxTextCodePoints && (text.length > 2 * maxTextCodePoints || [...text].length > maxTextCodePoints)
  return tooLong ? { ok: false, reason: 'TOO_LONG' } : { ok: true, text }
}

/** The beginning of a text, for a notification: at most `limit` code points, on one line. */
export function previewOf(text: string, limit = 160): string {
  const line = text.replace(/\s+/g, ' ')
  // A code point is one unit or two.
  if (line.length <= limit) return line
  const points = [...line]
  return points.length <= limit ? points.join('') : `${points.slice(0, limit - 1).join('')}…`
}
