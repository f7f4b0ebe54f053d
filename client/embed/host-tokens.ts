import type { TokenSource } from '../session/token.ts'

/** Tokens that a host's page hands to a dashboard. */
export type HostTokens = TokenSource & {
  /** A newer one; whoever waits for it goes on with it. */
  set(token: string): void
}

/** What the host answers when it is asked: a fresh token, now or soon, or nothing where it sets one itself. */
export type TokenAnswer = string | null | undefined

/** How long the host may take to come up with a token before it is asked again. */
const PATIENCE_MS = 30_000

/**
 * Holds the newest token. When the server refuses it the host is asked once, however many requests were refused, and has
 * `patienceMs` to answer or to `set` one. A failure of the host's is reported to its page as an uncaught error would be.
 */
export function createHostTokens(
  initial: string,
  askHost: () => TokenAnswer | Promise<TokenAnswer>,
  patienceMs = PATIENCE_MS,
): HostTokens {
  let token = initial
  let renewal: Promise<void> | null = null
  let endWaiting = () => {}

  const set = (next: string) => {
    if (next === '' || next === token) return
    token = next
    endWaiting()
  }

  const renew = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, patienceMs)
      endWaiting = () => {
        clearTimeout(timer)
        resolve()
      }
      const ask = async () => {
        const answer = await askHost()
        if (typeof answer !== 'string') return
        set(answer)
        // The same as before, perhaps: then there is nothing to wait for either.
        endWaiting()
      }
      ask().catch((error: unknown) => {
        reportError(error)
        endWaiting()
      })
    })

  return {
    read: () => token,
    set,
    onExpired: () => {
      renewal ??= renew().finally(() => {
        renewal = null
      })
      return renewal
    },
  }
}
