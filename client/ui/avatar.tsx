import styles from './controls.module.css'

// Dark enough for white initials at 4.5:1 in either theme.
const COLOURS = ['#b3403a', '#9a5b13', '#4d7a1f', '#0f7a5f', '#0f7490', '#2b63c4', '#6a4fc4', '#a83a86']

const colourOf = (id: string) => {
  let hash = 0
  for (const char of id) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0
  return COLOURS[hash % COLOURS.length]
}

const initialsOf = (name: string) =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase()

type Props = { user: { id: string; name: string; avatarUrl?: string | null; online?: boolean }; sizePx?: number }

/** A person's picture, else initials on a colour from the id, with a dot while online. Decorative: the name is beside it. */
export function Avatar({ user, sizePx = 40 }: Props) {
  return (
    <span
      className={styles.avatar}
      aria-hidden="true"
      // Drawn by CSS: as text they would belong to the name of the button around them.
      data-initials={user.avatarUrl ? undefined : initialsOf(user.name)}
      style={{ width: sizePx, height: sizePx, fontSize: sizePx * 0.36, background: colourOf(user.id) }}
    >
      {user.avatarUrl && <img src={user.avatarUrl} alt="" />}
      {user.online && <span className={styles.presence} />}
    </span>
  )
}
