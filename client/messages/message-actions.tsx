import { Copy, EllipsisVertical, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { FormattedMessage, useIntl } from 'react-intl'
import controls from '../ui/controls.module.css'
import menu from '../ui/menu.module.css'
import styles from './message-bubble.module.css'

type Props = { onCopy(): void; onEdit?: (() => void) | undefined; onDelete?: (() => void) | undefined }

/** What can be done with one message. Edit and delete are for its author. */
export function MessageActions({ onCopy, onEdit, onDelete }: Props) {
  const intl = useIntl()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <span className={styles.actions} data-open={isOpen || undefined}>
      <MenuTrigger isOpen={isOpen} onOpenChange={setIsOpen}>
        <Button className={controls.iconButton ?? ''} aria-label={intl.formatMessage({ id: 'messages.actions' })}>
          <EllipsisVertical size={18} aria-hidden="true" />
        </Button>
        <Popover className={menu.popover ?? ''}>
          <Menu className={menu.menu ?? ''}>
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
      </MenuTrigger>
    </span>
  )
}
