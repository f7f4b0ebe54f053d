import type { RefObject } from 'react'
import type { FindingFieldsFragment } from '../graphql/generated/graphql.ts'
import styles from './composer.module.css'

type Span = Pick<FindingFieldsFragment, 'start' | 'end'>
type Props = { ref: RefObject<HTMLDivElement | null>; text: string; findings: readonly Span[]; isRefused: boolean }

/**
 * The text of the field once more, behind it and out of sight but for the lines under what the guard found; it also gives
 * the field its height. Measuring that in a script would lay the page out between two sizes, and the log above would lose
 * its place. The text is drawn by CSS: it is no second text to those who read, search or listen.
 */
export function MarkedText({ ref, text, findings, isRefused }: Props) {
  return (
    <div ref={ref} className={styles.marked} aria-hidden="true">
      {partsOf(text, findings).map(({ start, part, isFinding }) => (
        <span key={start} data-text={part} data-finding={isFinding ? (isRefused ? 'refused' : 'warned') : undefined} />
      ))}
    </div>
  )
}

/** The text in order, cut where findings begin and end; findings that overlap are one. */
function partsOf(text: string, findings: readonly Span[]) {
  const parts: { start: number; part: string; isFinding: boolean }[] = []
  let at = 0
  const add = (end: number, isFinding: boolean) => {
    if (end > at) parts.push({ start: at, part: text.slice(at, end), isFinding })
    at = Math.max(at, end)
  }
  for (const { start, end } of findings.toSorted((a, b) => a.start - b.start)) {
    add(Math.min(start, text.length), false)
    add(Math.min(end, text.length), true)
  }
  add(text.length, false)
  return parts
}
