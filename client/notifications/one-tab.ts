/** Long enough for every tab of this browser to have asked. */
const HELD_MS = 3000

/**
 * True in one tab of those that ask for the same name within a few seconds: what all of them hear of rings in one. Where
 * the browser has no locks every tab takes itself for the one.
 */
export function isChosenTab(name: string): Promise<boolean> {
  if (!navigator.locks) return Promise.resolve(true)
  return new Promise((resolve) => {
    void navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      resolve(lock !== null)
      return lock ? new Promise((release) => setTimeout(release, HELD_MS)) : undefined
    })
  })
}
