import { run } from './market.ts'

export interface DemoPerson {
  externalId: string
  name: string
  role: string
  locale: string
  token: string
}

/** Everybody whom the demo page has a token for. */
export async function demoPeople(url: string): Promise<DemoPerson[]> {
  const html = await (await fetch(url)).text()
  const json = /<script id="oko-config" type="application\/json">(.*?)<\/script>/.exec(html)?.[1]
  return json ? (JSON.parse(json).demo?.people ?? []) : []
}

/** The one of a role whom the demo page shows first. */
export async function demoPerson(url: string, locale: 'ru' | 'en', role: 'CLIENT' | 'EXPERT'): Promise<DemoPerson> {
  const found = (await demoPeople(url)).find((one) => one.locale === locale && one.role === role)
  if (!found) throw new Error(`the demo has no ${role} who speaks ${locale}`)
  return found
}

export interface DemoChat {
  id: string
  title: string
}

export const demoChats = async (url: string, { token }: DemoPerson): Promise<DemoChat[]> =>
  (
    await run<{ chats: { edges: { node: DemoChat }[] } }>(
      url,
      token,
      '{ chats(first: 100) { edges { node { id title } } } }',
    )
  ).chats.edges.map(({ node }) => node)

/** A chat that the client and the expert of the demo page are both in; `other` is the expert. */
export async function sharedChat(url: string, locale: 'ru' | 'en'): Promise<DemoChat & { other: DemoPerson }> {
  const other = await demoPerson(url, locale, 'EXPERT')
  const theirs = await demoChats(url, other)
  const ours = await demoChats(url, await demoPerson(url, locale, 'CLIENT'))
  const shared = ours.find(({ id }) => theirs.some((one) => one.id === id))
  if (!shared) throw new Error('the two panes of the demo page have no order in common')
  return { ...shared, other }
}
