import type { Page } from 'playwright-core'

/** GraphiQL in a page, as somebody uses it. */
export function graphiql(page: Page) {
  // The tab itself is a frame around the button that opens it. By the keyboard: a tab moves under a pointer that comes to it.
  const tab = (name: string) => page.getByRole('tab', { name }).getByRole('button', { name, exact: true })
  const person = page.getByRole('combobox', { name: /От чьего имени|Speaks for/ })
  const ready = () => page.locator('#root:not([inert])').waitFor()
  return {
    async openTab(name: string) {
      await ready()
      await tab(name).press('Enter')
    },
    /** The titles of all tabs. */
    async tabs(): Promise<string[]> {
      await ready()
      return page.locator('[role=tab] > button:first-child').allTextContents()
    },
    /** Also stops what goes on. */
    run: () => page.getByRole('button', { name: /Execute query|Stop query/ }).click(),
    /** What it shows as the result, as one line. */
    async result(): Promise<string> {
      const result = page.getByRole('region', { name: 'Result Window' })
      return ((await result.textContent()) ?? '').replaceAll(/\s+/g, ' ')
    },
    /** Whom the tab in front speaks for. */
    person,
  }
}
