import { useRef, useState } from 'react'
import { useIntl } from 'react-intl'
import { Avatar } from '../ui/avatar.tsx'
import { LaterPart, later } from '../ui/later.tsx'
import styles from './dashboard-header.module.css'

const list = later(async () => (await import('./viewer-menu-list.tsx')).ViewerMenuList)

type Props = { viewer: { id: string; name: string; avatarUrl?: string | null } }

/** The viewer's picture, and under it language and appearance. */
export function ViewerMenu({ viewer }: Props) {
  const intl = useIntl()
  const ref = useRef<HTMLButtonElement>(null)
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <button
        ref={ref}
        type="button"
        className={styles.menuButton}
        aria-label={intl.formatMessage({ id: 'header.menu' }, { name: viewer.name })}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(true)}
        onPointerEnter={list.prefetch}
        onFocus={list.prefetch}
      >
        <Avatar user={{ id: viewer.id, name: viewer.name, avatarUrl: viewer.avatarUrl ?? null }} sizePx={32} />
      </button>
      {isOpen && (
        <LaterPart of={list} onCancel={() => setIsOpen(false)}>
          <list.Component triggerRef={ref} onClose={() => setIsOpen(false)} />
        </LaterPart>
      )}
    </>
  )
}
