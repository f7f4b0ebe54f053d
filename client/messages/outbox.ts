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
  /** Attempts have failed for longer than `patienceMs`. They go on, but it is time to say so. */
  isLate: boolean
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
  /** How long failures are nobody's business, counted from the first attempt and anew from each `retry`. Default 10 000. */
  patienceMs?: number
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
  const { send, onRefused, storage, minRetryMs = 1000, maxRetryMs = 10_000, patienceMs = 10_000 } = options
  const createId = options.createId ?? randomId
  const now = options.now ?? (() => new Date())
  // Whatever was being sent when the page went away has an unknown outcome: it is sent again.
  const items = createStore<readonly OutboxItem[]>(
    (storage?.load() ?? []).map((item) => ({ ...item, state: 'queued' as const, isLate: false })),
  )
  /** When the first attempt of each item began, in the present round of attempts. */
  const triedSinceMs = new Map<string, number>()
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let isClosed = false

  const update = (next: readonly OutboxItem[]) => {
    items.set(next)
    storage?.save([...next])
  }
  const change = (id: string, changes: Partial<OutboxItem>) =>
    update(items.get().map((item) => (item.clientMessageId === id ? { ...item, ...changes } : item)))
  const remove = (id: string) => {
    triedSinceMs.delete(id)
    update(items.get().filter((item) => item.clientMessageId !== id))
  }

  const isOverdue = (id: string) => {
    const sinceMs = triedSinceMs.get(id)
    return sinceMs !== undefined && now().getTime() - sinceMs >= patienceMs
  }

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
    const id = item.clientMessageId
    if (!triedSinceMs.has(id)) triedSinceMs.set(id, now().getTime())
    change(id, { state: 'sending' })
    const outcome = await send(item)
    if (isClosed) return
    switch (outcome.kind) {
      case 'sent':
        failures = 0
        remove(id)
        break
      case 'refused':
        failures = 0
        remove(id)
        onRefused(item, outcome.refusal)
        break
      case 'unreachable':
        failures += 1
        change(id, { state: 'failed', isLate: isOverdue(id) })
        clearTimeout(timer)
        timer = setTimeout(tryAgain, Math.min(maxRetryMs, minRetryMs * 2 ** (failures - 1)))
        return
    }
    pump()
  }

  const tryAgain = () => {
    clearTimeout(timer)
    if (items.get().some(({ state }) => state === 'failed')) {
      update(items.get().map((item) => (item.state === 'failed' ? { ...item, state: 'queued' } : item)))
    }
    pump()
  }
  const retry = () => {
    triedSinceMs.clear()
    if (items.get().some(({ isLate }) => isLate)) update(items.get().map((item) => ({ ...item, isLate: false })))
    tryAgain()
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
        isLate: false,
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
