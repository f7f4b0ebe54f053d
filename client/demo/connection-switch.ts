import type { Network } from '../realtime/network.ts'

/** What the demo page says on a pane's iframe element: `data-connection="cut"`, or anything else for whole. */
export const CUT = 'cut'

/**
 * In a pane: keeps the network as the demo page's iframe element says, from the first moment on. An attribute, not a
 * message: a pane that loads late, or again, finds it. Returns how to stop; outside a frame there is nothing to do.
 */
export function obeyConnectionSwitch(network: Network, win: Window = window): () => void {
  const frame = win.frameElement
  if (!frame) return () => {}
  const obey = () => {
    if (frame.getAttribute('data-connection') === CUT) network.cut()
    else network.mend()
  }
  obey()
  const observer = new MutationObserver(obey)
  observer.observe(frame, { attributes: true, attributeFilter: ['data-connection'] })
  return () => observer.disconnect()
}
