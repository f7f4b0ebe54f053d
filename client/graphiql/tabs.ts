import type { Person } from './config.ts'
import { personOf, type TabContent, tabAs } from './person-headers.ts'

/** Where GraphiQL keeps the tabs (shouldPersistHeaders: with their headers). */
const tabsKey = 'graphiql:tabState'
/** Where it keeps each editor of the tab in front once more. It opens yet another tab where these differ from all kept tabs. */
const editorKeys = ['graphiql:query', 'graphiql:variables', 'graphiql:headers']
/** For which data and which person the kept tabs were opened. */
const openedForKey = 'oko.graphiql.opened-for'

/**
 * Demo mode: what GraphiQL kept of an earlier visit, brought up to date before it reads it. Tabs of other data, or of another
 * person than the address names, would run no more as they are, so the page begins with fresh ones; the others get fresh tokens.
 */
export function renewTabs(people: readonly Person[], asked: string | null) {
  for (const key of editorKeys) localStorage.removeItem(key)
  const openedFor = `${people[0]?.chatIds.toSorted()[0] ?? ''} ${asked ?? ''}`
  if (localStorage.getItem(openedForKey) !== openedFor) localStorage.removeItem(tabsKey)
  localStorage.setItem(openedForKey, openedFor)
  const kept = localStorage.getItem(tabsKey)
  if (!kept) return
  const state = JSON.parse(kept) as { tabs: TabContent[] }
  const tabs = state.tabs.map((tab) => {
    const person = personOf(people, tab.headers)
    return person ? tabAs(tab, person, people) : tab
  })
  localStorage.setItem(tabsKey, JSON.stringify({ ...state, tabs }))
}

/** The page with the tabs that a first visit has. */
export function startAnew() {
  // GraphiQL writes its tabs half a second after a change: what it would write now is removed by the next page.
  localStorage.removeItem(openedForKey)
  localStorage.removeItem(tabsKey)
  window.location.reload()
}
