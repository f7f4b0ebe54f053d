import { FormattedMessage } from 'react-intl'
import type { ConnectionState } from './connection-state.ts'
import styles from './connection-status.module.css'

/** The connection in words, announced when it changes. Shown once per dashboard: in whatever is on top. */
export function ConnectionStatus({ connection }: { connection: ConnectionState }) {
  return (
    <span className={styles.status} role="status" data-status={connection.status}>
      <span>
        <FormattedMessage id={`status.${connection.status}`} />
      </span>
    </span>
  )
}
