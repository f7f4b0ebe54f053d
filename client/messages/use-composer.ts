import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useClient } from 'urql'
import { EditMessageDocument, type MessageFieldsFragment, SetTypingDocument } from '../graphql/generated/graphql.ts'
import { useSession, useStore } from '../session/context.tsx'
import type { Refusal } from './refusal.ts'

/** The server forgets a sign of typing after some seconds; one in three is plenty. */
const TYPING_EVERY_MS = 3000

/** The composer's state for one chat: its draft, and what was refused. */
export type ComposerState = {
  text: string
  setText(text: string): void
  submit(text: string): void
  refusal: Refusal | null
  cancelEdit(): void
}

type Options = {
  chatId: string
  /** An own message that is being changed; the draft waits meanwhile. */
  editing: MessageFieldsFragment | null
  onEditEnd(): void
  /** A change got no answer. */
  onUnsent(): void
}

/** Writing in one chat. Mount it anew (`key`) for another chat. */
export function useComposer({ chatId, editing, onEditEnd, onUnsent }: Options): ComposerState {
  const client = useClient()
  const { drafts, outbox, refusals, stream } = useSession()
  const refusal = useStore(refusals).get(chatId) ?? null
  const [draft, setDraft] = useState(() => drafts.read(chatId))
  const [edited, setEdited] = useState<{ id: string; text: string } | null>(null)
  const lastTypingAt = useRef(0)
  const text = !editing ? draft : edited?.id === editing.id ? edited.text : editing.text

  useEffect(
    () =>
      drafts.onRestored((restoredId) => {
        if (restoredId === chatId) setDraft(drafts.read(chatId))
      }),
    [drafts, chatId],
  )

  const setRefusal = (next: Refusal | null) => {
    const others = new Map(refusals.get())
    if (next) others.set(chatId, next)
    else if (!others.delete(chatId)) return
    refusals.set(others)
  }

  // The field now shows another text than the one that was refused.
  const forget = useEffectEvent(() => setRefusal(null))
  useEffect(() => {
    if (editing) forget()
  }, [editing])

  const setText = (next: string) => {
    setRefusal(null)
    if (editing) return setEdited({ id: editing.id, text: next })
    setDraft(next)
    drafts.write(chatId, next)
    const now = Date.now()
    if (next.trim() === '' || now - lastTypingAt.current < TYPING_EVERY_MS || stream.state.get().status !== 'live')
      return
    lastTypingAt.current = now
    void client.mutation(SetTypingDocument, { chatId }).toPromise()
  }

  const cancelEdit = () => {
    setRefusal(null)
    setEdited(null)
    onEditEnd()
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
      setDraft('')
      outbox.enqueue(chatId, next)
    },
    refusal,
    cancelEdit,
  }
}
