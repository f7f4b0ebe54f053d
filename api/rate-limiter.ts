/** Token buckets, one a key. */
export interface RateLimiter {
  /** Takes one; 0 where there was one, else the milliseconds until there will be. */
  take(key: string): number
}

const maxKeys = 50_000

/** @param perSecond how fast a bucket fills; 0: no limit  @param burst how much it holds */
export function createRateLimiter(perSecond: number, burst: number, nowMs: () => number): RateLimiter {
  if (perSecond === 0) return { take: () => 0 }
  const buckets = new Map<string, { tokens: number; at: number }>()
  const fullAfterMs = (burst / perSecond) * 1000

  /** A full bucket is as good as none. */
  function forgetFull(now: number): void {
    for (const [key, { at }] of buckets) if (now - at >= fullAfterMs) buckets.delete(key)
  }

  return {
    take(key) {
      const now = nowMs()
      if (buckets.size >= maxKeys) forgetFull(now)
      const bucket = buckets.get(key) ?? { tokens: burst, at: now }
      const tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * perSecond)
      const allowed = tokens >= 1
      buckets.set(key, { tokens: allowed ? tokens - 1 : tokens, at: now })
      return allowed ? 0 : Math.ceil(((1 - tokens) / perSecond) * 1000)
    },
  }
}
