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

const nodesOf = (cache: Cache, edges: readonly string[]): string[] =>
  edges.map((edge) => cache.resolve(edge, 'node')).filter((key) => typeof key === 'string')

const nodeKeys = (cache: Cache, page: Page): string[] => nodesOf(cache, page.edges)

const edgeNodes = (cache: Cache, connectionKey: string): string[] =>
  nodesOf(cache, asKeys(cache.resolve(connectionKey, 'edges')))

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

/** Sorted by a field, the greatest first; each is read once, since thousands may be held. */
function sortDescending(cache: Cache, keys: readonly string[], field: string): string[] {
  const values = new Map(keys.map((key) => [key, String(cache.resolve(key, field))]))
  const at = (key: string) => values.get(key) ?? ''
  return keys.toSorted((a, b) => (at(a) < at(b) ? 1 : at(a) > at(b) ? -1 : 0))
}

/**
 * All known chats of the viewer, latest activity first, whatever page or event brought them. What a search found stands
 * apart: of that, the server alone knows what belongs there.
 */
export const resolveChats: Resolver = (_parent, args, cache) => {
  if (!isFetched(cache, 'chats', args)) return undefined
  const search = args.search ?? null
  const pages = readPages(cache, 'chats', (pageArgs) => (pageArgs.search ?? null) === search)
  const left = new Set(linkedKeys(cache, LEFT_CHATS))
  const live = search === null ? linkedKeys(cache, LIVE_CHATS) : []
  const nodes = new Set([...pages.flatMap((page) => nodeKeys(cache, page)), ...live])
  const visible = [...nodes].filter((key) => !left.has(key))
  return connection('Chat', sortDescending(cache, visible, 'lastActivityAt'), lastPageInfo(pages) ?? {})
}

/**
 * A block of a chat's history: what was fetched of it, and what came since, ascending. A block that nothing was fetched of
 * needs no fetch where events brought it whole, from its first message to the chat's last.
 */
export const resolveMessages: Resolver = (_parent, args, cache) => {
  const { chatId = null, fromSeq = null } = args
  const fetched = cache.resolve('Query', 'messages', args)
  const seqOf = new Map<string, number>()
  const keys = [
    ...(typeof fetched === 'string' ? edgeNodes(cache, fetched) : []),
    ...linkedKeys(cache, LIVE_MESSAGES, { chatId, fromSeq }),
  ]
  for (const key of keys) seqOf.set(key, Number(cache.resolve(key, 'seq')))
  const sorted = [...seqOf].sort(([, a], [, b]) => a - b)
  if (typeof fetched !== 'string') {
    const isWhole =
      sorted.length > 0 &&
      sorted.every(([, seq], index) => seq === Number(fromSeq) + index) &&
      sorted.at(-1)?.[1] === cache.resolve(`Chat:${String(chatId)}`, 'lastSeq')
    if (!isWhole) return undefined
  }
  return connection(
    'Message',
    sorted.map(([key]) => key),
    {},
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
    ...linkedKeys(cache, LIVE_NOTIFICATIONS).toReversed(),
    ...pages.flatMap((page) => nodeKeys(cache, page)),
  ])
  const left = new Set(linkedKeys(cache, LEFT_CHATS))
  const visible = [...nodes].filter((key) => !left.has(String(cache.resolve(key, 'chat'))))
  return connection('Notification', sortDescending(cache, visible, 'createdAt'), lastPageInfo(pages) ?? {})
}
