import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** What axe finds on a page, shadow roots included, by the rules of WCAG 2.2 A and AA; a line each. */
export async function findings(page: Page): Promise<string[]> {
  // Not as a script element, which the page's security policy would refuse.
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(document, { runOnly })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
  })
}
