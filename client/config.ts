/** One of the people the demo can speak as; `token` is a JWT the server issued for them. */
export type DemoPerson = {
  externalId: string
  name: string
  role: 'CLIENT' | 'EXPERT' | 'STAFF'
  locale: 'ru' | 'en'
  token: string
}

/** What the server tells the page. The one place where the API's address comes from. */
export type OkoConfig = {
  graphqlPath: string
  /** With the people, and whether there is a GraphiQL to open as one of them. */
  demo: { people: DemoPerson[]; graphiql: boolean } | null
}

const DEFAULTS: OkoConfig = { graphqlPath: '/graphql', demo: null }

/** Reads the JSON the server put into the page's `#oko-config` element; what is missing there has its default. */
export function readConfig(doc: Document): OkoConfig {
  const text = doc.getElementById('oko-config')?.textContent?.trim()
  if (!text) return DEFAULTS
  return { ...DEFAULTS, ...(JSON.parse(text) as Partial<OkoConfig>) }
}
