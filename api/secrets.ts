import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Database } from './db.ts'

/** A key that all instances of an installation share: made by the first that asks, kept with the data. */
export async function sharedSecret(db: Database, name: string, now: Date): Promise<string> {
  const { value } = await db.transaction(
    async (tx) =>
      (await tx.secret.findUnique({ where: { name } })) ??
      (await tx.secret.create({ data: { name, value: randomBytes(32).toString('base64url'), createdAt: now } })),
  )
  return value
}

/** Whether two strings are the same, in a time that tells nothing of either. */
export function isSameSecret(given: string, secret: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(given), hash(secret))
}
