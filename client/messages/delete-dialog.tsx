import { useId } from 'react'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components'
import { FormattedMessage } from 'react-intl'
import controls from '../ui/controls.module.css'
import styles from './delete-dialog.module.css'

type Props = {
  onConfirm(): void
  onClose(): void
}

/** Asks before a message is gone for everybody; mounted for as long as it asks. The focus is on what changes nothing. */
export function DeleteDialog({ onConfirm, onClose }: Props) {
  const titleId = useId()
  return (
    <ModalOverlay
      className={styles.overlay ?? ''}
      isOpen
      isDismissable
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose()
      }}
    >
      <Modal className={styles.modal ?? ''}>
        <Dialog role="alertdialog" className={`${styles.dialog} ${controls.question}`} aria-labelledby={titleId}>
          <h3 id={titleId}>
            <FormattedMessage id="messages.deleteTitle" />
          </h3>
          <p>
            <FormattedMessage id="messages.deleteHint" />
          </p>
          <div className={controls.answers}>
            {/* biome-ignore lint/a11y/noAutofocus: the dialog has just been asked for */}
            <button type="button" autoFocus className={controls.button} onClick={onClose}>
              <FormattedMessage id="common.cancel" />
            </button>
            <button type="button" className={controls.button} data-tone="danger" onClick={onConfirm}>
              <FormattedMessage id="messages.delete" />
            </button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
