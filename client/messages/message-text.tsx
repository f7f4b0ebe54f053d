import styles from './message-bubble.module.css'
import { splitText } from './text-segments.ts'

/** A message's text as text: line breaks kept, code monospaced, nothing clickable. */
export function MessageText({ text }: { text: string }) {
  return (
    <span className={styles.text} dir="auto">
      {splitText(text).map((segment) =>
        segment.kind === 'text' ? (
          segment.text
        ) : (
          <code key={segment.start} data-block={segment.kind === 'codeBlock' || undefined}>
            {segment.text}
          </code>
        ),
      )}
    </span>
  )
}
