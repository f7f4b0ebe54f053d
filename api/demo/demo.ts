import { SignJWT } from 'jose'
import type { Database } from '../db.ts'
import type { DemoPerson } from '../http/server.ts'
import { sharedSecret } from '../secrets.ts'
import { enDemo } from './content/en/index.ts'
import { ruDemo } from './content/ru/index.ts'
import type { DemoSet } from './content/types.ts'
import { seed } from './seed.ts'

const hourSeconds = 3600
/** Long enough for a day at the demo page; a page that is loaded anew gets new ones. */
const tokenLifetimeSeconds = 25 * hourSeconds

const sets: readonly DemoSet[] = [ruDemo, enDemo]

/** Demo mode: people, orders and messages made once, and tokens for those people. */
export interface Demo {
  /** What demo tokens are signed with; kept with the data, so that they outlive a restart. */
  secret: string
  people(): Promise<readonly DemoPerson[]>
  /** The marketplace's backend: the scope `host`, and no person. */
  host(): Promise<{ externalId: string; name: string; token: string }>
}

export async function startDemo(db: Database, clock: () => Date): Promise<Demo> {
  for (const set of sets) await seed(db, set, clock())
  const secret = await sharedSecret(db, 'demo-tokens', clock())
  const key = new TextEncoder().encode(secret)
  const sign = (externalId: string, claims: Record<string, string>): Promise<string> => {
    // The same token for an hour, so that a page with it can be told from a changed one.
    const issuedAt = Math.floor(clock().getTime() / 1000 / hourSeconds) * hourSeconds
    return new SignJWT({ ...claims, iat: issuedAt, exp: issuedAt + tokenLifetimeSeconds })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(externalId)
      .sign(key)
  }
  return {
    secret,
    people: () =>
      Promise.all(
        sets.flatMap(({ locale, people }) =>
          people.map(async ({ externalId, name, role }) => {
            const token = await sign(externalId, { name, role })
            return { externalId, name, role, locale, token }
          }),
        ),
      ),
    host: async () => ({
      externalId: 'demo-host',
      name: 'Marketplace',
      token: await sign('demo-host', { scope: 'host' }),
    }),
  }
}
