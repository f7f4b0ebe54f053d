import styles from './controls.module.css'

type Props = { count: number; isCorner?: boolean; isMuted?: boolean }

/** A count over 0, for the eye alone: whoever shows it says it in words too. */
export function Badge({ count, isCorner = false, isMuted = false }: Props) {
  if (count <= 0) return null
  return (
    <span
      className={isCorner ? `${styles.badge} ${styles.corner}` : styles.badge}
      data-tone={isMuted ? 'muted' : undefined}
      aria-hidden="true"
    >
      {count > 99 ? '99+' : count}
    </span>
  )
}
