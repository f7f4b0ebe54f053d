/** Token buckets, one a key. */
export interface RateLimiter {
  /** Takes one; 0 where there was one, else the milliseconds until there will be. */
  take(key: string): number | Promise<number>
}

/** Makes a limiter by a name that sets its buckets apart from another's. */
export type NewRateLimiter = (name: string, perSecond: number, burst: number) => RateLimiter

/** One that knows at once. */
export interface LocalRateLimiter extends RateLimiter {
  take(key: string): number
}

/** Buckets remembered; one that isn't counts as full. */
const maxKeys = 50_000

/**
 * Buckets of this process alone.
 *
 * @param perSecond how fast a bucket fills; 0: no limit  @param burst how much it holds
 */
export function createRateLimiter(perSecond: number, burst: number, nowMs: () => number): LocalRateLimiter {
  if (perSecond === 0) return { take: () => 0 }
  /** Least recently used first. */
  const buckets = new Map<string, { tokens: number; at: number }>()

  return {
    take(key) {
      const now = nowMs()
      const bucket = buckets.get(key) ?? { tokens: burst, at: now }
      const tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * perSecond)
      const allowed = tokens >= 1
      buckets.delete(key)
      buckets.set(key, { tokens: allowed ? tokens - 1 : tokens, at: now })
      if (buckets.size > maxKeys) buckets.delete(buckets.keys().next().value ?? key)
      return allowed ? 0 : Math.ceil(((1 - tokens) / perSecond) * 1000)
    },
  }
}
