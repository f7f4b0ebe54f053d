import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { FormattedMessage, useIntl } from 'react-intl'
import { useMutation } from 'urql'
import { othersReadSeq, ownReadSeq } from '../chats/people.ts'
import type { ChatState } from '../chats/use-chat.ts'
import {
  type ChatFieldsFragment,
  DeleteMessageDocument,
  type MessageFieldsFragment,
} from '../graphql/generated/graphql.ts'
import { useSession, useStore } from '../session/context.tsx'
import { ChatComposer } from './chat-composer.tsx'
import styles from './conversation.module.css'
import { ConversationHead } from './conversation-head.tsx'
import { DeleteDialog } from './delete-dialog.tsx'
import { MessageLog } from './message-log.tsx'
import { buildTimeline } from './timeline.ts'
import { useReadMarker } from './use-read-marker.ts'
import { useUnreadLine } from './use-unread-line.ts'

type Props = {
  chat: ChatFieldsFragment
  state: ChatState
  /** The message it was opened for. */
  targetSeq: number | null
  /** Back to the list, where both don't fit side by side. */
  onBack: (() => void) | null
  status: ReactNode
  /** Stands at the end of the conversation's head. */
  children?: ReactNode
}

/** One chat: its order, its history, its composer. Mount it anew (`key`) for another chat. */
export function Conversation({ chat, state, targetSeq, onBack, status, children }: Props) {
  const intl = useIntl()
  const { outbox, typing, refusals } = useSession()
  const viewerId = state.viewer?.id
  const unreadFromSeq = useUnreadLine(chat, viewerId)
  const outgoing = useStore(outbox.items)
  const typingUsers = useStore(typing.users).get(chat.id) ?? []
  const [, deleteMessage] = useMutation(DeleteMessageDocument)

  const notifyFailure = useCallback(() => {
    const message = intl.formatMessage({ id: 'messages.actionFailed' })
    refusals.set(new Map(refusals.get()).set(chat.id, { __typename: 'RequestRefused', message, text: '' }))
  }, [intl, refusals, chat.id])
  const [editing, setEditing] = useState<MessageFieldsFragment | null>(null)

  const isLive = state.connection.status === 'live'
  const { refresh, messages, history, jumpToMessage } = state
  const afterRead = useCallback(() => {
    if (!isLive) refresh()
  }, [isLive, refresh])
  const onSeen = useReadMarker(chat.id, ownReadSeq(chat, viewerId), afterRead)

  const readSeq = othersReadSeq(chat, viewerId)
  const rows = useMemo(
    () =>
      buildTimeline({
        messages,
        hasOlder: history.hasOlder,
        hasNewer: history.hasNewer,
        outgoing: outgoing.filter((item) => item.chatId === chat.id),
        viewerId: viewerId ?? '',
        unreadFromSeq,
        othersReadSeq: readSeq,
      }),
    [messages, history.hasOlder, history.hasNewer, outgoing, chat.id, viewerId, unreadFromSeq, readSeq],
  )
  const [toDelete, setToDelete] = useState<MessageFieldsFragment | null>(null)
  const section = useRef<HTMLElement>(null)
  const endQuestion = (fromSeq: number) => {
    // Gone before the focus moves: the question would fetch it back.
    flushSync(() => setToDelete(null))
    if (section.current) focusActions(section.current, fromSeq)
  }
  const confirmDelete = async (message: MessageFieldsFragment) => {
    // What is deleted will have no button to come back to.
    endQuestion(message.seq + 1)
    const { error } = await deleteMessage({ id: message.id })
    if (error) notifyFailure()
  }
  const startEdit = useCallback((message: MessageFieldsFragment) => setEditing(message), [])
  const editLast = () => {
    const last = messages.findLast(({ author, deletedAt }) => author.id === viewerId && deletedAt === null)
    if (last && !history.hasNewer) setEditing(last)
  }
  const showLatest = () => jumpToMessage(chat.lastSeq)

  return (
    <section ref={section} className={styles.conversation} aria-label={chat.title}>
      <ConversationHead
        chat={chat}
        viewerId={viewerId}
        onBack={onBack}
        status={status}
        onSetMuted={(muted) => void state.setMuted(chat.id, muted)}
      >
        {children}
      </ConversationHead>
      <MessageLog
        title={chat.title}
        rows={rows}
        history={history}
        connection={state.connection}
        unreadCount={chat.unreadCount}
        targetSeq={targetSeq}
        onLoadOlder={state.loadOlderMessages}
        onLoadNewer={state.loadNewerMessages}
        onLatest={showLatest}
        onSeen={onSeen}
        onEdit={startEdit}
        onDelete={setToDelete}
        onRetry={outbox.retry}
        onDiscard={outbox.discard}
      />
      <div className={styles.typing}>
        {typingUsers.length > 0 && (
          <FormattedMessage
            id="messages.typing"
            values={{ count: typingUsers.length, names: intl.formatList(typingUsers.map(({ name }) => name)) }}
          />
        )}
      </div>
      <ChatComposer
        chatId={chat.id}
        editing={editing}
        onEditEnd={() => setEditing(null)}
        onEditLast={editLast}
        // Whoever writes while they read far back wants to see it stand at the end.
        onSubmitted={() => {
          if (history.hasNewer) showLatest()
        }}
        onUnsent={notifyFailure}
      />
      {toDelete && (
        <DeleteDialog onConfirm={() => void confirmDelete(toDelete)} onClose={() => endQuestion(toDelete.seq)} />
      )}
    </section>
  )
}

/** Gives the focus to the button of a message, or of the next one that has one, else of one before, else to the log. */
function focusActions(section: HTMLElement, fromSeq: number) {
  const places = [...section.querySelectorAll<HTMLElement>('[data-seq] button')].map((button) => ({
    button,
    seq: Number(button.closest<HTMLElement>('[data-seq]')?.dataset.seq),
  }))
  const near = places.find(({ seq }) => seq >= fromSeq) ?? places.findLast(({ seq }) => seq < fromSeq - 1)
  const target = near?.button ?? section.querySelector<HTMLElement>('[role="log"]')
  target?.focus()
}
