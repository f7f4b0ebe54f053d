import type { Cache, Resolver, Variables } from '@urql/exchange-graphcache'
import { LEFT_CHATS, LIVE_CHATS, LIVE_MESSAGES, LIVE_NOTIFICATIONS, linkedKeys } from './cache-live.ts'

// Pages come from fetches; what came by events stands in separate live lists (cache-live.ts), so that a fetch and an
// event never overwrite each other's list. Reading merges them, which makes the order of arrival irrelevant.

type PageInfo = {
  hasNextPage: boolean
  hasPreviousPage: boolean
  startCursor: string | null
  endCursor: string | null
}
type Page = { edges: string[]; pageInfo: PageInfo; args: Variables }

const asKeys = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []

const asCursor = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** Cached pages of a connection field of Query whose arguments pass `matches`. */
function readPages(cache: Cache, fieldName: string, matches: (args: Variables) => boolean): Page[] {
  const pages: Page[] = []
  for (const field of cache.inspectFields('Query')) {
    const args = field.arguments ?? {}
    if (field.fieldName !== fieldName || !matches(args)) continue
    const connection = cache.resolve('Query', field.fieldKey)
    if (typeof connection !== 'string') continue
    const pageInfo = cache.resolve(connection, 'pageInfo')
    if (typeof pageInfo !== 'string') continue
    pages.push({
      args,
      edges: asKeys(cache.resolve(connection, 'edges')),
      pageInfo: {
        hasNextPage: cache.resolve(pageInfo, 'hasNextPage') === true,
        hasPreviousPage: cache.resolve(pageInfo, 'hasPreviousPage') === true,
        startCursor: asCursor(cache.resolve(pageInfo, 'startCursor')),
        endCursor: asCursor(cache.resolve(pageInfo, 'endCursor')),
      },
    })
  }
  return pages
}

/** Whether the very page that is asked for was fetched; else it is a miss, whatever other pages hold. */
const isFetched = (cache: Cache, fieldName: string, args: Variables) =>
  typeof cache.resolve('Query', fieldName, args) === 'string'

const nodeKeys = (cache: Cache, page: Page): string[] =>
  page.edges.map((edge) => cache.resolve(edge, 'node')).filter((key) => typeof key === 'string')

/** The page info of the last of pages chained by `after`, starting at the one without it. */
function lastPageInfo(pages: Page[]): PageInfo | undefined {
  const byAfter = new Map(pages.map((page) => [asCursor(page.args.after), page]))
  let page = byAfter.get(null)
  const seen = new Set<Page>()
  while (page && !seen.has(page)) {
    seen.add(page)
    const next = byAfter.get(page.pageInfo.endCursor)
    if (!next || page.pageInfo.endCursor === null) return page.pageInfo
    page = next
  }
  return page?.pageInfo
}

const connection = (type: string, nodes: string[], pageInfo: Partial<PageInfo>) => ({
  __typename: `${type}Connection`,
  edges: nodes.map((node) => ({ __typename: `${type}Edge`, cursor: node, node })),
  pageInfo: {
    __typename: 'PageInfo',
    hasNextPage: false,
    hasPreviousPage: false,
    startCursor: null,
    endCursor: null,
    ...pageInfo,
  },
})

const byFieldDescending = (cache: Cache, field: string) => (a: string, b: string) => {
  const [left, right] = [String(cache.resolve(a, field)), String(cache.resolve(b, field))]
  return left < right ? 1 : left > right ? -1 : 0
}

/** All known chats of the viewer, latest activity first, whatever page or event brought them. */
export const resolveChats: Resolver = (_parent, args, cache) => {
  if (!isFetched(cache, 'chats', args)) return undefined
  const pages = readPages(cache, 'chats', () => true)
  const left = new Set(linkedKeys(cache, 'Query', LEFT_CHATS))
  const nodes = new Set([...pages.flatMap((page) => nodeKeys(cache, page)), ...linkedKeys(cache, 'Query', LIVE_CHATS)])
  const sorted = [...nodes].filter((key) => !left.has(key)).sort(byFieldDescending(cache, 'lastActivityAt'))
  return connection('Chat', sorted, lastPageInfo(pages) ?? {})
}

/**
 * The known end of a chat's history, ascending: the longest run without a hole that ends in the newest message known.
 * Seqs within a chat have no holes, so older pages that stopped touching the newest ones (after a long absence) drop out
 * here instead of showing a history with a gap.
 */
export const resolveMessages: Resolver = (_parent, args, cache) => {
  if (!isFetched(cache, 'messages', args)) return undefined
  const pages = readPages(cache, 'messages', (pageArgs) => pageArgs.chatId === args.chatId)
  const seqOf = new Map<string, number>()
  const startCursors = new Map<string, string | null>()
  const live = linkedKeys(cache, `Chat:${String(args.chatId)}`, LIVE_MESSAGES)
  for (const page of pages) {
    const nodes = nodeKeys(cache, page)
    for (const node of nodes) seqOf.set(node, Number(cache.resolve(node, 'seq')))
    if (nodes[0]) startCursors.set(nodes[0], page.pageInfo.startCursor)
  }
  for (const node of live) seqOf.set(node, Number(cache.resolve(node, 'seq')))
  const sorted = [...seqOf].sort(([, a], [, b]) => a - b)
  let start = Math.max(sorted.length - 1, 0)
  while (start > 0 && sorted[start - 1]?.[1] === (sorted[start]?.[1] ?? 0) - 1) start -= 1
  const run = sorted.slice(start)
  const first = run[0]
  if (!first) return connection('Message', [], {})
  const startCursor = startCursors.get(first[0])
  // A run of live messages alone touches no fetched page: fetch anew rather than show it.
  if (startCursor === undefined && first[1] > 1) return undefined
  return connection(
    'Message',
    run.map(([key]) => key),
    { hasPreviousPage: first[1] > 1, startCursor: startCursor ?? null },
  )
}

/** All known notifications, latest first. */
export const resolveNotifications: Resolver = (_parent, args, cache) => {
  if (!isFetched(cache, 'notifications', args)) return undefined
  const pages = readPages(
    cache,
    'notifications',
    (pageArgs) => (pageArgs.unreadOnly ?? false) === (args.unreadOnly ?? false),
  )
  const nodes = new Set([
    ...linkedKeys(cache, 'Query', LIVE_NOTIFICATIONS).toReversed(),
    ...pages.flatMap((page) => nodeKeys(cache, page)),
  ])
  const left = new Set(linkedKeys(cache, 'Query', LEFT_CHATS))
  const visible = [...nodes].filter((key) => !left.has(String(cache.resolve(key, 'chat'))))
  return connection('Notification', visible.sort(byFieldDescending(cache, 'createdAt')), lastPageInfo(pages) ?? {})
}
