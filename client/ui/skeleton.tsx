import styles from './controls.module.css'

/** Stands for rows that are loading; unseen until loading is felt. */
export function Skeleton({ rows = 5, label }: { rows?: number; label: string }) {
  return (
    <div className={styles.skeleton} role="progressbar" aria-label={label}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are alike and never move
        <span key={row} />
      ))}
    </div>
  )
}
