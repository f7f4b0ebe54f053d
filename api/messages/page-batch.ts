/** A page from either end of a chat, without a cursor. */
export interface EndPage {
  fromEnd: boolean
  /** How many messages; one more is loaded, to know whether there are more. */
  limit: number
}

/** A chat whose messages are wanted, as it was read. */
export interface ChatExtent {
  id: string
  lastSeq: number
}

type Load<Row> = (chats: readonly ChatExtent[]) => Promise<Row[]>

interface Batch<Row> {
  chats: ChatExtent[]
  rows: Promise<Row[]>
}

/**
 * Loads the same page of many chats in one statement: a list of chats with messages costs no more statements than one chat.
 * Calls of one operation with the same `key`, made before anything of it is awaited, become one call of `load`.
 */
export function createPageBatcher() {
  const open = new WeakMap<object, Map<string, Batch<unknown>>>()

  return async <Row extends { chatId: string }>(
    operation: object,
    key: string,
    chat: ChatExtent,
    load: Load<Row>,
  ): Promise<Row[]> => {
    const batches = open.get(operation) ?? new Map<string, Batch<unknown>>()
    open.set(operation, batches)
    let batch = batches.get(key) as Batch<Row> | undefined
    if (!batch) {
      const chats: ChatExtent[] = []
      // After the resolvers of all siblings have run, which they do before the next tick.
      const rows = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
        batches.delete(key)
        return load(chats)
      })
      batch = { chats, rows }
      batches.set(key, batch as Batch<unknown>)
    }
    batch.chats.push(chat)
    return (await batch.rows).filter(({ chatId }) => chatId === chat.id)
  }
}

/** Where the messages of these pages stand: `seq` has no holes, so a page is a range of it. */
export const rangesOf = (chats: readonly ChatExtent[], { fromEnd, limit }: EndPage) => ({
  OR: chats.map(({ id: chatId, lastSeq }) => ({
    chatId,
    seq: fromEnd ? { gt: lastSeq - limit - 1 } : { lte: limit + 1 },
  })),
})
