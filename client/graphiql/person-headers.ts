import type { Person } from './config.ts'

/** What a tab holds of GraphiQL's editors. */
export type TabContent = { query: string | null; variables?: string | null; headers?: string | null }

/** The headers of an operation that somebody sends, as they stand in the editor: that is where GraphiQL keeps who a tab is. */
export const headersOf = (token: string) => JSON.stringify({ Authorization: `Bearer ${token}` }, null, 2)

/** Whose token stands in a tab's headers; null for anybody else's, or none. */
export function personOf(people: readonly Person[], headers: string | null | undefined): Person | null {
  const payload = /Bearer [\w-]+\.([\w-]+)\./.exec(headers ?? '')?.[1]
  if (!payload) return null
  try {
    const { sub } = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as { sub?: string }
    return people.find(({ externalId }) => externalId === sub) ?? null
  } catch {
    return null
  }
}

/** The same tab for somebody: with a fresh token of theirs, and a chat and a cursor of theirs where it had another's. */
export function tabAs<Tab extends TabContent>(tab: Tab, person: Person, people: readonly Person[]): Tab {
  return { ...tab, headers: headersOf(person.token), variables: variablesFor(tab.variables, person, people) }
}

function variablesFor(variables: string | null | undefined, person: Person, people: readonly Person[]) {
  let values: Record<string, unknown>
  try {
    values = JSON.parse(variables ?? '') as Record<string, unknown>
  } catch {
    return variables
  }
  const { chatId, after } = values
  const isOthers = typeof chatId === 'string' && !person.chatIds.includes(chatId)
  const othersCursor = people.some(({ cursor, externalId }) => cursor === after && externalId !== person.externalId)
  if (isOthers && person.chatIds[0]) values.chatId = person.chatIds[0]
  if (othersCursor && person.cursor) values.after = person.cursor
  return isOthers || othersCursor ? JSON.stringify(values, null, 2) : variables
}
