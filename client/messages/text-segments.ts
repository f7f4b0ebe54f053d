/** A piece of a message's text: as written, or code between backticks. */
export type TextSegment = { start: number; kind: 'text' | 'code' | 'codeBlock'; text: string }

// ``` on both sides spans lines; single backticks don't. A block stands on lines of its own as it is.
const CODE = /```\n?([\s\S]+?)```\n?|`([^`\n]+)`/g

/** Splits a text at its backticks; everything else, links included, stays plain text. */
export function splitText(text: string): TextSegment[] {
  const segments: TextSegment[] = []
  let end = 0
  for (const match of text.matchAll(CODE)) {
    if (match.index > end) segments.push({ start: end, kind: 'text', text: text.slice(end, match.index) })
    const [whole, block, inline] = match
    if (block !== undefined) segments.push({ start: match.index, kind: 'codeBlock', text: block.replace(/\n$/, '') })
    else segments.push({ start: match.index, kind: 'code', text: inline ?? '' })
    end = match.index + whole.length
  }
  if (end < text.length) segments.push({ start: end, kind: 'text', text: text.slice(end) })
  return segments
}
