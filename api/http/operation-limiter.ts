import type { Viewer } from '../auth/viewer.ts'
import type { Config } from '../config.ts'
import { OkoError } from '../errors.ts'
import type { NewRateLimiter } from '../rate-limiter.ts'

/** How much longer than a second's worth an operation burst may be. */
const burstFactor = 5

/** Operations per user and per address, counted alike on HTTP and WebSocket. */
export interface OperationLimiter {
  /** @param client its address, or network  @throws RATE_LIMITED with `retryAfterMs` */
  take(viewer: Viewer | null, client: string): Promise<void>
}

export function createOperationLimiter(limits: Config['limits'], newLimiter: NewRateLimiter): OperationLimiter {
  const limiter = (name: string, perSecond: number) => newLimiter(name, perSecond, perSecond * burstFactor)
  const byUser = limiter('operations:user', limits.operationsPerSecond)
  const byAddress = limiter('operations:address', limits.operationsPerSecondPerAddress)
  return {
    async take(viewer, client) {
      const waits = await Promise.all([
        byAddress.take(client),
        viewer?.kind === 'user' ? byUser.take(viewer.userId) : 0,
      ])
      const retryAfterMs = Math.max(...waits)
      if (retryAfterMs > 0) throw new OkoError('RATE_LIMITED', 'Too many operations', { retryAfterMs })
    },
  }
}
