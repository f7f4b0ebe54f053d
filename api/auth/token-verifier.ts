import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { z } from 'zod'
import type { Config } from '../config.ts'
import { unauthenticated, unavailable } from '../errors.ts'

/** What a valid token says, in the shape that Oko needs. Times in seconds since 1970. */
export interface Claims {
  sub: string
  exp: number
  iat?: number | undefined
  name?: string | undefined
  role?: 'CLIENT' | 'EXPERT' | 'STAFF' | undefined
  picture?: string | undefined
  locale?: string | undefined
  scope?: string | undefined
}

export type TokenVerifier = (token: string) => Promise<Claims>

const maxTokenLength = 8192
/** How far ahead of ours the clock of whoever made the token may be. */
const issuedAheadSeconds = 5

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const oneLine = z.string().regex(/^[^\u0000-\u001F\u007F-\u009F\p{Surrogate}]*$/u)
/** Hosts that don't know something say so in different ways: nothing, null or "". */
const optional = <T extends z.ZodType>(claim: T) =>
  z.preprocess((value) => (value === null || value === '' ? undefined : value), claim.optional())

const claimsSchema = z.object({
  sub: oneLine.min(1).max(255),
  exp: z.number(),
  // RFC 7519, 2: a NumericDate may have fractions.
  iat: optional(z.number().min(0).max(2_147_483_647).transform(Math.floor)),
  name: optional(oneLine.trim().min(1).max(200)),
  role: optional(z.enum(['CLIENT', 'EXPERT', 'STAFF'])),
  picture: optional(z.url({ protocol: /^https?$/ }).max(2000)),
  locale: optional(z.string()),
  scope: optional(z.string()),
})

/**
 * Checks tokens by the configured key, and by nothing that the token says of itself: `alg` must be one of the key's kind, and
 * `jku`, `jwk`, `x5u` are never looked at (RFC 8725, 3.1 and 3.10).
 *
 * The verifier throws UNAUTHENTICATED for a token that fails a check, UNAVAILABLE when the key set can't be fetched.
 */
export function createTokenVerifier(
  key: { kind: 'secret'; secret: string } | { kind: 'jwks'; url: string },
  { jwtIssuer, jwtAudience }: Pick<Config, 'jwtIssuer' | 'jwtAudience'>,
  clock: () => Date,
): TokenVerifier {
  const secret = key.kind === 'secret' ? new TextEncoder().encode(key.secret) : null
  const keySet = key.kind === 'jwks' ? createRemoteJWKSet(new URL(key.url), { timeoutDuration: 4000 }) : null
  const getKey: JWTVerifyGetKey = (header, token) => {
    if (secret) return secret
    if (keySet) return keySet(header, token)
    throw new Error('no key')
  }
  const algorithms = key.kind === 'secret' ? ['HS256'] : ['RS256', 'ES256', 'EdDSA', 'Ed25519']

  return async (token) => {
    if (token.length > maxTokenLength) throw unauthenticated('Invalid token')
    let payload: JWTPayload
    try {
      const verified = await jwtVerify(token, getKey, {
        algorithms,
        requiredClaims: ['sub', 'exp'],
        currentDate: clock(),
        ...(jwtIssuer !== null && { issuer: jwtIssuer }),
        ...(jwtAudience !== null && { audience: jwtAudience }),
      })
      payload = verified.payload
    } catch (error) {
      if (keySet && !isAboutToken(error)) throw unavailable()
      throw unauthenticated(error instanceof errors.JWTExpired ? 'The token has expired' : 'Invalid token')
    }
    const claims = claimsSchema.safeParse(payload)
    const ahead = (payload.iat ?? 0) - clock().getTime() / 1000
    if (!claims.success || ahead > issuedAheadSeconds) throw unauthenticated('Invalid token')
    return claims.data
  }
}

/** Whether a failure says something of the token; the others say that there is no key set to check it with. */
function isAboutToken(error: unknown): boolean {
  if (!(error instanceof errors.JOSEError)) return false
  // Jose's own error for an answer other than 200, and what isn't JSON.
  return ![errors.JWKSTimeout.code, errors.JWKSInvalid.code, errors.JOSEError.code].includes(error.code)
}
