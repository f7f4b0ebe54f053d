/** Whether requests can leave this page at all. */
export type Network = {
  isOnline(): boolean
  /** Called whenever isOnline may have changed, and when the page wakes up (becomes visible again). */
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
