import type { ReactNode } from 'react'
import { useIntl } from 'react-intl'
import styles from './controls.module.css'

/** Instead of what could not be had; whoever shows it goes on trying. */
export function LoadFailedState() {
  const intl = useIntl()
  return (
    <EmptyState
      title={intl.formatMessage({ id: 'common.loadFailed' })}
      hint={intl.formatMessage({ id: 'common.loadFailedHint' })}
    />
  )
}

/** What will appear here, and how to start. */
export function EmptyState({ icon, title, hint }: { icon?: ReactNode; title: string; hint?: string }) {
  return (
    <div className={styles.empty}>
      {icon}
      <p>{title}</p>
      {hint && <p>{hint}</p>}
    </div>
  )
}
