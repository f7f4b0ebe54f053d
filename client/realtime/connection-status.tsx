import { FormattedMessage } from 'react-intl'
import { useSession, useStore } from '../session/context.tsx'
import type { ConnectionState } from './connection-state.ts'
import styles from './connection-status.module.css'

type Props = {
  connection: ConnectionState
  /** There is room to say what is done about it. */
  isWordy?: boolean
}

/** The connection in words, announced when it changes. Shown once per dashboard: in whatever is on top. */
export function ConnectionStatus({ connection, isWordy = false }: Props) {
  const isSignedOut = useStore(useSession().isSignedOut)
  // Without a sign-in there is nothing to reconnect with.
  const status = isSignedOut && connection.status === 'reconnecting' ? 'signedOut' : connection.status
  return (
    <span className={styles.status} role="status" data-status={status} data-wordy={isWordy || undefined}>
      <span>
        <FormattedMessage id={`status.${status}`} />
      </span>
      {isWordy && status !== 'live' && (
        <small>
          <FormattedMessage id={`status.${status}Detail`} />
        </small>
      )}
    </span>
  )
}
