import type { EventStream } from './event-stream.ts'
import { createStore, type Store } from './store.ts'

type TypingUser = { id: string; name: string }

/** Who is typing, by chat. */
export type Typing = { users: Store<ReadonlyMap<string, readonly TypingUser[]>>; close(): void }

/** A person counts as typing this long after the last sign of it. */
const TYPING_MS = 6000

/** Follows Typing events; a message of the same person ends it at once. */
export function createTyping(stream: Pick<EventStream, 'onEvent'>): Typing {
  const users = createStore<ReadonlyMap<string, readonly TypingUser[]>>(new Map())
  const timers = new Map<string, ReturnType<typeof setTimeout>>()

  const stop = (chatId: string, userId: string) => {
    const others = (users.get().get(chatId) ?? []).filter(({ id }) => id !== userId)
    clearTimeout(timers.get(`${chatId} ${userId}`))
    if (others.length !== users.get().get(chatId)?.length) users.set(new Map(users.get()).set(chatId, others))
  }
  const start = (chatId: string, user: TypingUser) => {
    const others = (users.get().get(chatId) ?? []).filter(({ id }) => id !== user.id)
    const key = `${chatId} ${user.id}`
    clearTimeout(timers.get(key))
    timers.set(
      key,
      setTimeout(() => stop(chatId, user.id), TYPING_MS),
    )
    users.set(new Map(users.get()).set(chatId, [...others, user]))
  }

  const unlisten = stream.onEvent((event) => {
    if (event.__typename === 'Typing') start(event.chatId, event.user)
    if (event.__typename === 'MessageAdded') stop(event.message.chat.id, event.message.author.id)
  })
  return {
    users,
    close: () => {
      unlisten()
      for (const timer of timers.values()) clearTimeout(timer)
    },
  }
}
