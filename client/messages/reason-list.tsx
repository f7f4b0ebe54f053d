import { Fragment } from 'react'
import type { FindingFieldsFragment } from '../graphql/generated/graphql.ts'
import styles from './composer.module.css'
import { reasonsOf } from './refusal.ts'

type Props = {
  text: string
  findings: readonly FindingFieldsFragment[]
  /** What has been said already, and isn't said again. */
  heading?: string
}

/** What the guard found in a text, and what to change: a line for each reason. */
export function ReasonList({ text, findings, heading }: Props) {
  return (
    <ul className={styles.reasons}>
      {reasonsOf(text, findings).map(({ message, fragments }) => (
        <li key={message}>
          {fragments.map((fragment, index) => (
            <Fragment key={fragment}>
              {index > 0 && ', '}
              <q>{fragment}</q>
            </Fragment>
          ))}
          {message !== heading && ` — ${message}`}
        </li>
      ))}
    </ul>
  )
}
