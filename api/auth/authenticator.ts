import { hash } from 'node:crypto'
import { unauthenticated } from '../errors.ts'
import type { UserService } from '../users/user.service.ts'
import type { Claims, TokenVerifier } from './token-verifier.ts'
import type { Viewer } from './viewer.ts'

/**
 * Token -> viewer, alike for HTTP and WebSocket. The argument is the value of an Authorization header or of
 * connection_init's `Authorization`.
 *
 * Throws UNAUTHENTICATED for what isn't "Bearer <JWT>" with a valid token; answers null only where there is nothing at all, and at
 * once for a token that is known.
 */
export type Authenticator = (authorization: unknown) => Viewer | null | Promise<Viewer>

const maxCached = 20_000

/** Verified tokens are remembered until they expire, so that a token costs one verification and one look at its user. */
export function createAuthenticator(verify: TokenVerifier, users: UserService, clock: () => Date): Authenticator {
  const cache = new Map<string, Viewer>()

  async function verified(token: string, key: string): Promise<Viewer> {
    const viewer = await toViewer(await verify(token), users)
    if (cache.size >= maxCached) cache.delete(cache.keys().next().value ?? '')
    cache.set(key, viewer)
    return viewer
  }

  return (authorization) => {
    if (authorization === undefined || authorization === null || authorization === '') return null
    const token =
      typeof authorization === 'string' ? /^Bearer +([\w-]+\.[\w-]+\.[\w-]*)$/i.exec(authorization)?.[1] : undefined
    if (!token) throw unauthenticated('Authorization must be "Bearer" and a token')

    // Not the token itself: a memory dump should hold as few of them as possible.
    const key = hash('sha256', token, 'base64url')
    const known = cache.get(key)
    if (known) {
      if (known.expiresAtMs > clock().getTime()) return known
      cache.delete(key)
      throw unauthenticated('The token has expired')
    }
    return verified(token, key)
  }
}

async function toViewer(claims: Claims, users: UserService): Promise<Viewer> {
  const locale = claims.locale?.startsWith('ru') ? 'ru' : claims.locale?.startsWith('en') ? 'en' : null
  const expiresAtMs = claims.exp * 1000
  if (claims.scope?.split(' ').includes('host')) return { kind: 'host', locale, expiresAtMs }
  const { id: userId } = await users.fromClaims({
    externalId: claims.sub,
    name: claims.name ?? null,
    role: claims.role ?? null,
    avatarUrl: claims.picture ?? null,
    issuedAt: claims.iat ?? 0,
  })
  return { kind: 'user', userId, locale, expiresAtMs }
}
