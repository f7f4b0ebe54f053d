import { MessagesSquare, X } from 'lucide-react'
import { useCallback, useRef, useState } from 'react'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components'
import { useIntl } from 'react-intl'
import { ChatList } from '../chats/chat-list.tsx'
import type { ChatState } from '../chats/use-chat.ts'
import { ConnectionStatus } from '../realtime/connection-status.tsx'
import controls from '../ui/controls.module.css'
import { EmptyState } from '../ui/empty-state.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { NARROW, useMedia } from '../ui/use-media.ts'
import { Conversation } from './conversation.tsx'
import styles from './messages-modal.module.css'

type Props = {
  isOpen: boolean
  onOpenChange(isOpen: boolean): void
  state: ChatState
  chatId: string | null
  /** The message the chat was opened for; null: where the viewer stopped reading. */
  targetSeq: number | null
  onSelectChat(chatId: string | null): void
}

/** The messenger: chats beside the open conversation, or one after the other where the screen is narrow. */
export function MessagesModal({ isOpen, onOpenChange, state, chatId, targetSeq, onSelectChat }: Props) {
  const intl = useIntl()
  const isNarrow = useMedia(NARROW)
  const [leftId, setLeftId] = useState<string | null>(null)
  const showsList = !isNarrow || chatId === null
  const back = () => {
    setLeftId(chatId)
    onSelectChat(null)
  }
  const main = useRef<HTMLDivElement>(null)
  // Whoever picks a chat is about to write in it, even where it was open already.
  const select = useCallback(
    (id: string, isOpen: boolean) => {
      if (isOpen) main.current?.querySelector('textarea')?.focus()
      else onSelectChat(id)
    },
    [onSelectChat],
  )
  const close = (
    <button
      type="button"
      className={controls.iconButton}
      aria-label={intl.formatMessage({ id: 'common.close' })}
      onClick={() => onOpenChange(false)}
    >
      <X size={20} aria-hidden="true" />
    </button>
  )
  const status = <ConnectionStatus connection={state.connection} isWordy />
  return (
    <ModalOverlay className={styles.overlay ?? ''} isOpen={isOpen} onOpenChange={onOpenChange} isDismissable>
      <Modal className={styles.modal ?? ''}>
        <Dialog className={styles.dialog ?? ''} aria-label={intl.formatMessage({ id: 'messages.title' })}>
          {showsList && (
            <div className={styles.side}>
              <div className={styles.sideHead}>
                <h2>{intl.formatMessage({ id: 'messages.title' })}</h2>
                {status}
                {isNarrow && close}
              </div>
              <ChatList state={state} selectedId={chatId} focusedId={leftId} onSelect={select} />
            </div>
          )}
          {(!isNarrow || chatId !== null) && (
            <div ref={main} className={styles.main}>
              {state.chat ? (
                <Conversation
                  key={state.chat.id}
                  chat={state.chat}
                  state={state}
                  targetSeq={targetSeq}
                  onBack={isNarrow ? back : null}
                  status={showsList ? null : status}
                >
                  {close}
                </Conversation>
              ) : (
                <>
                  <div className={styles.placeholderHead}>{close}</div>
                  <div className={styles.placeholder}>
                    {chatId === null ? (
                      state.chats.length > 0 && (
                        <EmptyState
                          icon={<MessagesSquare size={28} aria-hidden="true" />}
                          title={intl.formatMessage({ id: 'chats.pick' })}
                          hint={intl.formatMessage({ id: 'chats.pickHint' })}
                        />
                      )
                    ) : (
                      <Skeleton label={intl.formatMessage({ id: 'common.loading' })} />
                    )}
                  </div>
                </>
              )}
            </div>
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
