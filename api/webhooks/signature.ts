import { createHmac } from 'node:crypto'

/**
 * The `Oko-Signature` header: `t=SECONDS,v1=HEX`, an HMAC-SHA256 of "SECONDS.BODY" by each secret, the newest first: while a
 * secret is changed, the receiver takes the one that it knows.
 */
export function signatureOf(body: string, secrets: readonly string[], now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000)
  const signatures = secrets.map((secret) => createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex'))
  return [`t=${seconds}`, ...signatures.map((signature) => `v1=${signature}`)].join(',')
}
