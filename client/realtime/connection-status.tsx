import { FormattedMessage } from 'react-intl'
import type { ConnectionState } from './connection-state.ts'
import styles from './connection-status.module.css'

type Props = {
  connection: ConnectionState
  /** There is room to say what is done about it. */
  isWordy?: boolean
}

/** The connection in words, announced when it changes. Shown once per dashboard: in whatever is on top. */
export function ConnectionStatus({ connection, isWordy = false }: Props) {
  return (
    <span className={styles.status} role="status" data-status={connection.status} data-wordy={isWordy || undefined}>
      <span>
        <FormattedMessage id={`status.${connection.status}`} />
      </span>
      {isWordy && connection.status !== 'live' && (
        <small>
          <FormattedMessage id={`status.${connection.status}Detail`} />
        </small>
      )}
    </span>
  )
}
