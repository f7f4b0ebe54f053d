import type { Database } from '../db.ts'
import type { Page } from '../paging.ts'
import type { Source } from '../rows/rows.ts'
import { rowsAs, toParameter } from '../sql.ts'

/** Above every `seq`. */
const maxInt = 2 ** 31 - 1

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

/** The same page of each chat of a list. */
interface ListPages<Row> {
  /** What tells these pages from others of the operation. */
  key: string
  /** How many rows a chat has, at most. */
  rowsEach: number
  load(chats: readonly ChatExtent[]): Promise<Row[]>
}

/** The operation that asks. */
interface Operation {
  takeTurn(): Promise<void>
}

interface Batch<Row> {
  chats: ChatExtent[]
  /** By chat, once all chats are known. */
  rows: Promise<ReadonlyMap<ChatExtent, Promise<Row[]>>>
}

/** So many rows are loaded and shown in one piece; what is more comes in several, between which others get their turn. */
const maxRows = 250

/**
 * Loads the same page of many chats in one statement, or a few where that would be too many rows: a list of chats with messages
 * costs no more statements than one chat. Calls of one operation with the same `key`, made before anything of it is awaited,
 * are loaded together.
 */
export function createPageBatcher() {
  const open = new WeakMap<Operation, Map<string, Batch<unknown>>>()

  return async <Row extends { chatId: string }>(
    operation: Operation,
    chat: ChatExtent,
    pages: ListPages<Row>,
  ): Promise<Row[]> => {
    const batches = open.get(operation) ?? new Map<string, Batch<unknown>>()
    open.set(operation, batches)
    let batch = batches.get(pages.key) as Batch<Row> | undefined
    if (!batch) {
      const chats: ChatExtent[] = []
      // After the resolvers of all siblings have run, which they do before the next tick.
      const rows = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
        batches.delete(pages.key)
        return loadInPieces(operation, chats, pages)
      })
      batch = { chats, rows }
      batches.set(pages.key, batch as Batch<unknown>)
    }
    batch.chats.push(chat)
    const rows = (await (await batch.rows).get(chat)) ?? []
    return rows.filter(({ chatId }) => chatId === chat.id)
  }
}

/** One piece after another; each chat has its rows when its piece has come. */
function loadInPieces<Row>(operation: Operation, chats: readonly ChatExtent[], { rowsEach, load }: ListPages<Row>) {
  const byChat = new Map<ChatExtent, Promise<Row[]>>()
  const chatsAtOnce = Math.max(1, Math.floor(maxRows / rowsEach))
  let before: Promise<unknown> = Promise.resolve()
  for (let from = 0; from < chats.length; from += chatsAtOnce) {
    const piece = chats.slice(from, from + chatsAtOnce)
    const rows = before.then(() => operation.takeTurn()).then(() => load(piece))
    for (const chat of piece) byChat.set(chat, rows)
    before = rows
  }
  return byChat
}

/** The messages of a chat between the cursors of a page, in ascending `seq`; from its end where it is read so. */
export const messagesOf = (chatId: string, { after, before, fromEnd }: Page): Source => ({
  from: `"Message" t WHERE t."chatId" = $1 AND t."seq" > $2 AND t."seq" < $3 ORDER BY t."seq" ${fromEnd ? 'DESC' : 'ASC'}`,
  values: [chatId, Number(after?.[0] ?? 0), Number(before?.[0] ?? maxInt)],
})

/** The same page of each chat, one after another: `seq` has no holes, so a page is a range of it. */
export const pagesOf = (
  provider: Database['provider'],
  chats: readonly ChatExtent[],
  { fromEnd, limit }: EndPage,
): Source => ({
  from: `${rowsAs(provider, { chatId: 'text', above: 'int', upTo: 'int' }, 1)}
    JOIN "Message" t ON t."chatId" = r."chatId" AND t."seq" > r."above" AND t."seq" <= r."upTo" ORDER BY t."seq"`,
  values: [
    toParameter(
      provider,
      chats.map(({ id: chatId, lastSeq }) => ({
        chatId,
        above: fromEnd ? lastSeq - limit - 1 : 0,
        upTo: fromEnd ? maxInt : limit + 1,
      })),
    ),
  ],
})
