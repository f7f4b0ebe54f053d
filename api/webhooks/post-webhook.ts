import { signatureOf } from './signature.ts'
import { bodyOf, type WebhookEvent } from './webhook-event.ts'

/** What became of an attempt; `gone`: the receiver says that it wants no such thing any more. */
export type PostResult = { kind: 'DELIVERED' } | { kind: 'FAILED'; error: string; gone: boolean }

/** Posts one event. Never rejects; ends within `attemptTimeoutMs`, or when `signal` says so. */
export type PostWebhook = (event: WebhookEvent, signal: AbortSignal) => Promise<PostResult>

/** How long a receiver may take to answer. */
export const attemptTimeoutMs = 10_000

/**
 * Posts to the host's address, and to no other: redirects are not followed. Any 2xx acknowledges; nothing is read of an answer
 * but its status.
 */
export const createPostWebhook =
  ({
    url,
    secrets,
    clock,
    timeoutMs = attemptTimeoutMs,
  }: {
    url: string
    secrets: readonly string[]
    clock: () => Date
    timeoutMs?: number
  }): PostWebhook =>
  async (event, signal) => {
    const body = bodyOf(event)
    try {
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'Oko-Webhooks',
          'oko-event-id': event.id,
          'oko-event-type': event.type,
          'oko-signature': signatureOf(body, secrets, clock()),
        },
        body,
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      })
      await response.body?.cancel().catch(() => undefined)
      if (response.ok) return { kind: 'DELIVERED' }
      return { kind: 'FAILED', error: `HTTP ${response.status}`, gone: response.status === 410 }
    } catch (error) {
      return { kind: 'FAILED', error: reasonOf(error, timeoutMs), gone: false }
    }
  }

/** A short word for why there was no answer: a code of the system's, such as ECONNREFUSED, or the error's name. */
function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return 'no answer'
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} s`
  const { code } = (error.cause ?? error) as { code?: unknown }
  return typeof code === 'string' ? code : error.name
}
