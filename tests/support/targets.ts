import type { Page } from 'playwright-core'

/** What is a target of its own; a label is where its switch is. */
const TARGETS = 'button, a[href], label, select, [role="menuitem"], [role="menuitemradio"], [role="radio"]'

/**
 * The targets in view that a finger could miss: narrower or lower than 44 px, or one over another; a line each. A field's own
 * buttons stand within it.
 */
export const missedTargets = (page: Page): Promise<string[]> =>
  page.evaluate((targets) => {
    const found = [...document.querySelectorAll<HTMLElement>(targets)].flatMap((element) => {
      const box = element.getBoundingClientRect()
      const x = box.left + box.width / 2
      const y = Math.min(Math.max(box.top + box.height / 2, 0), window.innerHeight - 1)
      const isInView = box.width > 1 && box.bottom > 0 && box.top < window.innerHeight
      return isInView && element.contains(document.elementFromPoint(x, y)) ? [{ element, box }] : []
    })
    const nameOf = (element: HTMLElement) => (element.ariaLabel ?? element.innerText).slice(0, 40)
    const small = found.filter(({ box }) => box.width < 43.9 || box.height < 43.9)
    const over = found.flatMap((one, index) =>
      found.slice(index + 1).flatMap((other) => {
        if (one.element.contains(other.element) || other.element.contains(one.element)) return []
        const width = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left)
        const height = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top)
        return width > 0.5 && height > 0.5 ? [`${nameOf(one.element)} over ${nameOf(other.element)}`] : []
      }),
    )
    return [...small.map(({ element, box }) => `${nameOf(element)}: ${box.width} x ${box.height}`), ...over]
  }, TARGETS)
