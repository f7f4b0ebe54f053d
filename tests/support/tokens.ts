import { type JWTPayload, SignJWT } from 'jose'

/** What test apps check tokens with. */
export const testSecret = 'a secret for tests, of more than 32 bytes'

/** A token for somebody, good for an hour unless told otherwise; `undefined` leaves a claim out. */
export async function tokenFor(sub: string, claims: JWTPayload & Record<string, unknown> = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  return new SignJWT({ name: sub, iat: now, exp: now + 3600, ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(sub)
    .sign(new TextEncoder().encode(testSecret))
}

/** A token that speaks for the host's backend. */
export const hostToken = (): Promise<string> => tokenFor('host-backend', { scope: 'host' })
