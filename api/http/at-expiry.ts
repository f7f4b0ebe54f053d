/** The longest that a timer of Node can hold. */
const maxTimerMs = 2 ** 31 - 1

/** Calls `act` when a token expires, however far that is off; returns what calls it off. */
export function atExpiry(expiresAtMs: number, clock: () => Date, act: () => void): () => void {
  const leftMs = () => Math.max(expiresAtMs - clock().getTime(), 0)
  const arm = (): NodeJS.Timeout =>
    setTimeout(
      () => {
        if (leftMs() === 0) act()
        else timer = arm()
      },
      Math.min(leftMs(), maxTimerMs),
    )
  let timer = arm()
  return () => clearTimeout(timer)
}
