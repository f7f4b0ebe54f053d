/**
 * An element for dialogs and menus, in the browser's top layer: nothing of the host's page (stacking, clipping, transforms)
 * can get over them or cut them off.
 */
export type OverlayLayer = {
  element: HTMLElement
  /** Brings the layer above whatever the host has put into the top layer since; before something opens in it. */
  raise(): HTMLElement
}

export function createOverlayLayer(doc: Document): OverlayLayer {
  const element = doc.createElement('div')
  element.className = 'overlays'
  element.popover = 'manual'
  return {
    element,
    raise: () => {
      // With something in it, it is up already, and hiding it would take the focus away. Browsers without popovers (before
      // 2024) show it in its place.
      if (element.childElementCount > 0 || !element.isConnected || !element.showPopover) return element
      if (element.matches(':popover-open')) element.hidePopover()
      element.showPopover()
      return element
    },
  }
}
