import type { ReactNode } from 'react'
import styles from './controls.module.css'

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
