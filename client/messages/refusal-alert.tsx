import { Fragment } from 'react'
import { FormattedMessage } from 'react-intl'
import styles from './composer.module.css'
import { findingsOf, type Refusal } from './refusal.ts'

/** Says why a text wasn't taken, and what in it to change. Announced as it appears. */
export function RefusalAlert({ refusal }: { refusal: Refusal }) {
  const reasons = reasonsOf(refusal)
  return (
    <div role="alert" className={styles.alert}>
      <p>
        <strong>{refusal.message || <FormattedMessage id="messages.refused" />}</strong>
      </p>
      {reasons.length > 0 && (
        <ul>
          {reasons.map(({ message, fragments }) => (
            <li key={message}>
              {fragments.map((fragment, index) => (
                <Fragment key={fragment}>
                  {index > 0 && ', '}
                  <q>{fragment}</q>
                </Fragment>
              ))}
              {message !== refusal.message && ` — ${message}`}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** Each reason once, with every different piece of the text that it holds for. */
function reasonsOf(refusal: Refusal): { message: string; fragments: string[] }[] {
  const fragmentsByMessage = new Map<string, Set<string>>()
  for (const { message, start, end } of findingsOf(refusal)) {
    const fragments = fragmentsByMessage.get(message) ?? new Set()
    fragmentsByMessage.set(message, fragments.add(refusal.text.slice(start, end)))
  }
  return [...fragmentsByMessage].map(([message, fragments]) => ({ message, fragments: [...fragments] }))
}
