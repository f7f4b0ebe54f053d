import type { SafeStorage } from './storage.ts'

/** Where the newest token is read from, and who is told when the server refuses it. */
export type TokenSource = {
  read(): string | null
  /** Resolves when `read` may have a fresh one. */
  onExpired(): void | Promise<void>
}

const ACCESS_TOKEN_KEY = 'access_token'

/** The host's token in localStorage; the host's own code renews it there. */
export const storedToken = (storage: SafeStorage): TokenSource => ({
  read: () => storage.read(ACCESS_TOKEN_KEY),
  onExpired: () => {},
})

/** A token that never changes (the demo's). */
export const fixedToken = (token: string): TokenSource => ({ read: () => token, onExpired: () => {} })

/** The token's `sub`, unverified: it only keeps apart what different people leave in one browser. */
export function subjectOf(token: string | null): string {
  try {
    const payload = token?.split('.')[1] ?? ''
    const claims: unknown = JSON.parse(atob(payload.replace(/-/g, '+').replace(/_/g, '/')))
    if (typeof claims === 'object' && claims !== null && 'sub' in claims) return String(claims.sub)
  } catch {
    // Not a JWT we can read; the server will say so.
  }
  return 'unknown'
}
