import { Copy, EllipsisVertical, Pencil, Trash2 } from 'lucide-react'
import { type RefObject, useRef, useState } from 'react'
import { Menu, MenuItem, Popover } from 'react-aria-components'
import { FormattedMessage, useIntl } from 'react-intl'
import controls from '../ui/controls.module.css'
import menu from '../ui/menu.module.css'
import { useFirstItem } from '../ui/use-first-item.ts'
import styles from './message-bubble.module.css'

type Actions = { onCopy(): void; onEdit?: (() => void) | undefined; onDelete?: (() => void) | undefined }

/** What can be done with one message. Edit and delete are for its author. The menu itself exists while it is open. */
export function MessageActions(actions: Actions) {
  const intl = useIntl()
  const ref = useRef<HTMLButtonElement>(null)
  const [isOpen, setIsOpen] = useState(false)
  return (
    <span className={styles.actions} data-open={isOpen || undefined}>
      <button
        ref={ref}
        type="button"
        className={controls.iconButton}
        aria-label={intl.formatMessage({ id: 'messages.actions' })}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(true)}
      >
        <EllipsisVertical size={18} aria-hidden="true" />
      </button>
      {isOpen && <ActionsMenu {...actions} triggerRef={ref} onClose={() => setIsOpen(false)} />}
    </span>
  )
}

type MenuProps = Actions & { triggerRef: RefObject<HTMLButtonElement | null>; onClose(): void }

function ActionsMenu({ onCopy, onEdit, onDelete, triggerRef, onClose }: MenuProps) {
  const intl = useIntl()
  const ref = useFirstItem<HTMLDivElement>()
  return (
    <Popover
      className={menu.popover ?? ''}
      triggerRef={triggerRef}
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose()
      }}
    >
      <Menu
        ref={ref}
        className={menu.menu ?? ''}
        aria-label={intl.formatMessage({ id: 'messages.actions' })}
        onClose={onClose}
      >
        <MenuItem className={menu.item ?? ''} onAction={onCopy}>
          <Copy size={16} aria-hidden="true" />
          <FormattedMessage id="messages.copy" />
        </MenuItem>
        {onEdit && (
          <MenuItem className={menu.item ?? ''} onAction={onEdit}>
            <Pencil size={16} aria-hidden="true" />
            <FormattedMessage id="messages.edit" />
          </MenuItem>
        )}
        {onDelete && (
          <MenuItem className={menu.item ?? ''} data-tone="danger" onAction={onDelete}>
            <Trash2 size={16} aria-hidden="true" />
            <FormattedMessage id="messages.delete" />
          </MenuItem>
        )}
      </Menu>
    </Popover>
  )
}
