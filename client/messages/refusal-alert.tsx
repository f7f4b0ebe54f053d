import { FormattedMessage } from 'react-intl'
import styles from './composer.module.css'
import { ReasonList } from './reason-list.tsx'
import { findingsOf, type Refusal } from './refusal.ts'

/** Says why a text wasn't taken, and what in it to change. Announced as it appears. */
export function RefusalAlert({ refusal }: { refusal: Refusal }) {
  const findings = findingsOf(refusal)
  return (
    <div role="alert" className={styles.alert}>
      <p>
        <strong>{refusal.message || <FormattedMessage id="messages.refused" />}</strong>
      </p>
      {findings.length > 0 && <ReasonList text={refusal.text} findings={findings} heading={refusal.message} />}
    </div>
  )
}
