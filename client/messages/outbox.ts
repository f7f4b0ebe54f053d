import { createStore, type Store } from '../realtime/store.ts'
import type { Refusal } from './refusal.ts'

/** A message on its way. It leaves the outbox once the server has it (or has refused it). */
export type OutboxItem = {
  /** Made once, used in every retry: the server stores one message however often it is sent. */
  clientMessageId: string
  chatId: string
  text: string
  createdAt: string
  state: 'queued' | 'sending' | 'failed'
}

/** What came of one attempt to send. */
export type SendOutcome =
  | { kind: 'sent' }
  | { kind: 'refused'; refusal: Refusal }
  /** Unknown or temporary: the same item is tried again. */
  | { kind: 'unreachable' }

/** Where items outlive the page. */
export type OutboxStorage = { load(): OutboxItem[]; save(items: OutboxItem[]): void }

export type OutboxOptions = {
  send(item: OutboxItem): Promise<SendOutcome>
  /** The text goes back to whoever wrote it. */
  onRefused(item: OutboxItem, refusal: Refusal): void
  storage?: OutboxStorage
  createId?(): string
  now?(): Date
  /** First wait after a failure, doubling to `maxRetryMs`. Default 1000. */
  minRetryMs?: number
  /** Default 10 000. */
  maxRetryMs?: number
}

export type Outbox = {
  items: Store<readonly OutboxItem[]>
  enqueue(chatId: string, text: string): OutboxItem
  /** Tries what waits at once: the network is back, or a person asked. */
  retry(): void
  discard(clientMessageId: string): void
  close(): void
}

/**
 * Messages on their way, in order within each chat: the next one leaves only when the one before has arrived. An attempt
 * whose outcome is unknown is repeated with the same clientMessageId, so nothing is sent twice.
 */
export function createOutbox(options: OutboxOptions): Outbox {
  const { send, onRefused, storage, minRetryMs = 1000, maxRetryMs = 10_000 } = options
  const createId = options.createId ?? randomId
  const now = options.now ?? (() => new Date())
  // Whatever was being sent when the page went away has an unknown outcome: it is sent again.
  const items = createStore<readonly OutboxItem[]>(
    (storage?.load() ?? []).map((item) => ({ ...item, state: 'queued' as const })),
  )
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let isClosed = false

  const update = (next: readonly OutboxItem[]) => {
    items.set(next)
    storage?.save([...next])
  }
  const setState = (id: string, state: OutboxItem['state']) =>
    update(items.get().map((item) => (item.clientMessageId === id ? { ...item, state } : item)))
  const remove = (id: string) => update(items.get().filter((item) => item.clientMessageId !== id))

  const pump = () => {
    if (isClosed) return
    const seenChats = new Set<string>()
    for (const item of items.get()) {
      if (seenChats.has(item.chatId)) continue
      seenChats.add(item.chatId)
      if (item.state === 'queued') void attempt(item)
    }
  }

  const attempt = async (item: OutboxItem) => {
    setState(item.clientMessageId, 'sending')
    const outcome = await send(item)
    if (isClosed) return
    switch (outcome.kind) {
      case 'sent':
        failures = 0
        remove(item.clientMessageId)
        break
      case 'refused':
        failures = 0
        remove(item.clientMessageId)
        onRefused(item, outcome.refusal)
        break
      case 'unreachable':
        failures += 1
        setState(item.clientMessageId, 'failed')
        clearTimeout(timer)
        timer = setTimeout(retry, Math.min(maxRetryMs, minRetryMs * 2 ** (failures - 1)))
        return
    }
    pump()
  }

  const retry = () => {
    clearTimeout(timer)
    if (items.get().some(({ state }) => state === 'failed')) {
      update(items.get().map((item) => (item.state === 'failed' ? { ...item, state: 'queued' } : item)))
    }
    pump()
  }

  queueMicrotask(pump)
  return {
    items,
    enqueue: (chatId, text) => {
      const item: OutboxItem = {
        clientMessageId: createId(),
        chatId,
        text,
        createdAt: now().toISOString(),
        state: 'queued',
      }
      update([...items.get(), item])
      pump()
      return item
    },
    retry,
    discard: (id) => {
      remove(id)
      pump()
    },
    close: () => {
      isClosed = true
      clearTimeout(timer)
    },
  }
}

/** A UUID; by getRandomValues where randomUUID is missing (pages served over plain HTTP). */
function randomId(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
