/** What this page knows of its way to the server. */
export type Network = {
  /** The switch below is thrown: nothing leaves this page. */
  isCut(): boolean
  /**
   * False where the connection is cut, or where the browser sees no network. The browser's word is a hint and no more: a
   * server on this very machine, or in a network without a way out, is reachable all the same.
   */
  isOnline(): boolean
  /** Called whenever either may have changed, and when the page wakes up (becomes visible again). */
  subscribe(listener: () => void): () => void
  /** The demo's "cut the connection": everything this page sends fails until it is mended. */
  cut(): void
  mend(): void
  /** `fetch` that obeys `cut`. */
  fetch: typeof fetch
  close(): void
}

/** The browser's own idea of being online, with a switch to cut it. */
export function createNetwork(win: Window & typeof globalThis = window): Network {
  const listeners = new Set<() => void>()
  let isCut = false
  const notify = () => {
    for (const listener of [...listeners]) listener()
  }
  const targets: [EventTarget, string][] = [
    [win, 'online'],
    [win, 'offline'],
    [win.document, 'visibilitychange'],
  ]
  for (const [target, type] of targets) target.addEventListener(type, notify)
  const setCut = (cut: boolean) => {
    if (isCut === cut) return
    isCut = cut
    notify()
  }
  return {
    isCut: () => isCut,
    isOnline: () => !isCut && win.navigator.onLine !== false,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    cut: () => setCut(true),
    mend: () => setCut(false),
    fetch: (input, init) => (isCut ? Promise.reject(new TypeError('The connection is cut')) : win.fetch(input, init)),
    close: () => {
      for (const [target, type] of targets) target.removeEventListener(type, notify)
      listeners.clear()
    },
  }
}
