import type { Client } from '@urql/core'
import { type MessageFieldsFragment, MessagesDocument } from '../graphql/generated/graphql.ts'
import { BLOCK_SIZE, blockOf, blockVariables } from '../graphql/message-blocks.ts'
import { createStore, type Store } from '../realtime/store.ts'

/** Blocks held at once: what scrolls out of reach is let go, and comes from the cache when it is scrolled back to. */
const MAX_BLOCKS = 8

/** The part of a chat's history that is held, without holes. */
export type HistoryState = {
  /** Ascending. */
  messages: readonly MessageFieldsFragment[]
  /** Nothing to show yet. */
  isLoading: boolean
  /** Nothing to show, and the load failed. */
  hasError: boolean
  /** A load failed; `retry` repeats it. */
  hasFailed: boolean
  hasOlder: boolean
  hasNewer: boolean
  /** Counts the jumps: whoever shows the history starts at another place when it changes. */
  jumps: number
}

/** A window on a chat's history that moves over it. */
export type History = {
  chatId: string
  state: Store<HistoryState>
  loadOlder(): void
  loadNewer(): void
  /** Moves to where `seq` is; nothing where it is held already. */
  jumpTo(seq: number): void
  /** The chat's newest seq, whenever it changes: a window at the end follows it. */
  follow(lastSeq: number): void
  /** Fetches what is held anew. */
  refresh(): void
  /** Fetches what failed. */
  retry(): void
  close(): void
}

export const EMPTY_HISTORY: HistoryState = {
  messages: [],
  isLoading: true,
  hasError: false,
  hasFailed: false,
  hasOlder: false,
  hasNewer: false,
  jumps: 0,
}

type Block = { messages: readonly MessageFieldsFragment[] | null; hasFailed: boolean; stop(): void }

/** Opens a chat's history around `seq`. Each block is a query of its own, which the cache keeps up to date by events. */
export function createHistory(client: Client, chatId: string, lastSeqNow: number, seq: number): History {
  const state = createStore(EMPTY_HISTORY)
  const blocks = new Map<number, Block>()
  let lastSeq = lastSeqNow
  /** The block that is shown for certain; its loaded neighbours are shown with it. */
  let core = 1
  let jumps = 0
  let isClosed = false
  /** Until all blocks of a new place are there, or have failed: what is shown at first doesn't move then. */
  let isOpening = true
  let isMounting = false

  const run = (fromSeq: number, direction: number) => {
    const run: number[] = []
    for (let at = fromSeq; blocks.get(at)?.messages; at += direction * BLOCK_SIZE) run.push(at)
    return run
  }

  const publish = () => {
    if (isClosed) return
    const isEmpty = lastSeq === 0 && !blocks.get(1)?.messages?.length
    const shown = [...run(core, -1).reverse(), ...run(core + BLOCK_SIZE, 1)]
    const [first, last] = [shown[0], shown.at(-1)]
    const all = [...blocks.values()]
    if (all.every((block) => block.messages || block.hasFailed)) isOpening = false
    const center = blocks.get(core)
    state.set({
      messages: center?.messages && !isOpening ? shown.flatMap((at) => blocks.get(at)?.messages ?? []) : [],
      isLoading: !isEmpty && (isOpening || (!center?.messages && !center?.hasFailed)),
      hasError: !isOpening && center?.hasFailed === true && !center.messages,
      hasFailed: all.some((block) => block.hasFailed),
      hasOlder: first !== undefined && first > 1,
      hasNewer: last !== undefined && last + BLOCK_SIZE <= lastSeq,
      jumps,
    })
  }

  const mount = (fromSeq: number) => {
    if (blocks.has(fromSeq)) return
    const block: Block = { messages: null, hasFailed: false, stop: () => {} }
    blocks.set(fromSeq, block)
    const { unsubscribe } = client
      .query(MessagesDocument, blockVariables(chatId, fromSeq))
      .subscribe(({ data, error }) => {
        if (data) block.messages = data.messages.edges.map(({ node }) => node)
        block.hasFailed = error !== undefined
        if (!isMounting) publish()
      })
    block.stop = unsubscribe
  }
  const unmount = (fromSeq: number) => {
    blocks.get(fromSeq)?.stop()
    blocks.delete(fromSeq)
  }
  const held = () => [...blocks.keys()].sort((a, b) => a - b)

  /** Moves one end of the window, and lets go of the other end where the window gets too long. */
  const extend = (direction: -1 | 1) => {
    const ends = held()
    const next = (direction < 0 ? (ends[0] ?? 1) : (ends.at(-1) ?? 1)) + direction * BLOCK_SIZE
    if (next < 1 || next > Math.max(lastSeq, 1)) return
    if ([...blocks.values()].some((block) => block.messages === null)) return
    const spare = direction < 0 ? ends.at(-1) : ends[0]
    if (ends.length >= MAX_BLOCKS && spare !== undefined) {
      unmount(spare)
      if (core === spare) core = direction < 0 ? spare - BLOCK_SIZE : spare + BLOCK_SIZE
    }
    mount(next)
    publish()
  }

  const open = (aroundSeq: number) => {
    core = blockOf(Math.min(Math.max(aroundSeq, 1), Math.max(lastSeq, 1)))
    const wanted = [core - BLOCK_SIZE, core, core + BLOCK_SIZE].filter((at) => at >= 1 && at <= lastSeq)
    for (const at of held()) if (!wanted.includes(at)) unmount(at)
    isOpening = true
    // Answers from the cache come at once: they are told together.
    isMounting = true
    for (const at of wanted) mount(at)
    isMounting = false
    publish()
  }

  const fetchAnew = (at: number) =>
    client.query(MessagesDocument, blockVariables(chatId, at), { requestPolicy: 'network-only' }).toPromise()

  open(seq)
  return {
    chatId,
    state,
    loadOlder: () => extend(-1),
    loadNewer: () => extend(1),
    jumpTo: (wanted) => {
      const { messages } = state.get()
      const [first, last] = [messages[0], messages.at(-1)]
      if (first && last && wanted >= first.seq && wanted <= last.seq) return
      jumps += 1
      open(wanted)
    },
    follow: (nextLastSeq) => {
      if (nextLastSeq <= lastSeq) return
      const wasAtEnd = blocks.has(blockOf(lastSeq)) || lastSeq === 0
      lastSeq = nextLastSeq
      // One block further at most: after a long absence the rest is loaded by scrolling there.
      const next = (held().at(-1) ?? 1 - BLOCK_SIZE) + BLOCK_SIZE
      if (wasAtEnd && blockOf(nextLastSeq) >= next) mount(next)
      publish()
    },
    refresh: () => {
      for (const at of blocks.keys()) void fetchAnew(at)
    },
    retry: () => {
      for (const [at, block] of blocks) if (block.hasFailed) void fetchAnew(at)
    },
    close: () => {
      isClosed = true
      for (const { stop } of blocks.values()) stop()
      blocks.clear()
    },
  }
}
