import type { Viewer } from '../auth/viewer.ts'
import type { Config } from '../config.ts'
import { OkoError } from '../errors.ts'
import { createRateLimiter } from '../rate-limiter.ts'

/** How much longer than a second's worth an operation burst may be. */
const burstFactor = 5

/** Operations per user and per address, counted alike on HTTP and WebSocket. */
export interface OperationLimiter {
  /** @throws RATE_LIMITED with `retryAfterMs` */
  take(viewer: Viewer | null, address: string): void
}

export function createOperationLimiter(limits: Config['limits'], nowMs: () => number): OperationLimiter {
  const limiter = (perSecond: number) => createRateLimiter(perSecond, perSecond * burstFactor, nowMs)
  const byUser = limiter(limits.operationsPerSecond)
  const byAddress = limiter(limits.operationsPerSecondPerAddress)
  return {
    take(viewer, address) {
      const retryAfterMs = Math.max(byAddress.take(address), viewer?.kind === 'user' ? byUser.take(viewer.userId) : 0)
      if (retryAfterMs > 0) throw new OkoError('RATE_LIMITED', 'Too many operations', { retryAfterMs })
    },
  }
}
