/** Somebody whom GraphiQL can be in demo mode. */
export type Person = {
  externalId: string
  name: string
  /** HOST: the marketplace's backend, which is no person. */
  role: 'CLIENT' | 'EXPERT' | 'STAFF' | 'HOST'
  /** null: speaks to readers of every language. */
  locale: 'ru' | 'en' | null
  token: string
  /** Their chats, latest activity first. */
  chatIds: string[]
  /** A position some events back in their log; null for the host, who has none. */
  cursor: string | null
}

/** What the server tells the page. */
export type ExplorerConfig = {
  graphqlPath: string
  /** null outside demo mode. */
  people: Person[] | null
}

/** Reads the JSON that the server put into the page's `#oko-config` element. */
export function readExplorerConfig(doc: Document): ExplorerConfig {
  const config = JSON.parse(doc.getElementById('oko-config')?.textContent ?? '{}') as Partial<ExplorerConfig>
  return { graphqlPath: '/graphql', people: null, ...config }
}
