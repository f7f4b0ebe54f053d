import { useCallback, useEffect, useRef, useState } from 'react'
import { useClient } from 'urql'
import { EditMessageDocument, type MessageFieldsFragment, SetTypingDocument } from '../graphql/generated/graphql.ts'
import { useSession, useStore } from '../session/context.tsx'
import type { Refusal } from './refusal.ts'

/** The server forgets a sign of typing after some seconds; one in three is plenty. */
const TYPING_EVERY_MS = 3000

/** The composer's state for one chat: its draft, what was refused, and an own message that is being changed. */
export type ComposerState = {
  text: string
  setText(text: string): void
  submit(text: string): void
  refusal: Refusal | null
  editing: MessageFieldsFragment | null
  startEdit(message: MessageFieldsFragment): void
  cancelEdit(): void
}

/** Writing in one chat. Mount it anew (`key`) for another chat. */
export function useComposer(chatId: string, onUnsent: () => void): ComposerState {
  const client = useClient()
  const { drafts, outbox, refusals, stream } = useSession()
  const refusal = useStore(refusals).get(chatId) ?? null
  const [text, setShownText] = useState(() => drafts.read(chatId))
  const [editing, setEditing] = useState<MessageFieldsFragment | null>(null)
  const lastTypingAt = useRef(0)

  useEffect(
    () =>
      drafts.onRestored((restoredId) => {
        if (restoredId === chatId) setShownText(drafts.read(chatId))
      }),
    [drafts, chatId],
  )

  const setRefusal = useCallback(
    (next: Refusal | null) => {
      const others = new Map(refusals.get())
      if (next) others.set(chatId, next)
      else if (!others.delete(chatId)) return
      refusals.set(others)
    },
    [refusals, chatId],
  )

  const setText = (next: string) => {
    setShownText(next)
    setRefusal(null)
    if (editing) return
    drafts.write(chatId, next)
    const now = Date.now()
    if (next.trim() === '' || now - lastTypingAt.current < TYPING_EVERY_MS || stream.state.get().status !== 'live')
      return
    lastTypingAt.current = now
    void client.mutation(SetTypingDocument, { chatId }).toPromise()
  }

  const startEdit = useCallback(
    (message: MessageFieldsFragment) => {
      setRefusal(null)
      setEditing(message)
      setShownText(message.text)
    },
    [setRefusal],
  )

  const cancelEdit = () => {
    setEditing(null)
    setRefusal(null)
    setShownText(drafts.read(chatId))
  }

  const submitEdit = async (message: MessageFieldsFragment, next: string) => {
    const { data } = await client.mutation(EditMessageDocument, { input: { id: message.id, text: next } }).toPromise()
    const result = data?.editMessage
    if (!result) return onUnsent()
    if (result.__typename !== 'EditMessageSuccess') return setRefusal({ ...result, text: next })
    cancelEdit()
  }

  return {
    text,
    setText,
    submit: (next) => {
      setRefusal(null)
      lastTypingAt.current = 0
      if (editing) return void submitEdit(editing, next)
      drafts.write(chatId, '')
      setShownText('')
      outbox.enqueue(chatId, next)
    },
    refusal,
    editing,
    startEdit,
    cancelEdit,
  }
}
