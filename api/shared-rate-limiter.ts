import type { Redis } from 'ioredis'
import { createBatcher } from './batcher.ts'
import { createRateLimiter, type NewRateLimiter } from './rate-limiter.ts'
import { within } from './within.ts'

/** How long an answer of Redis is waited for, and for how long it is left alone after one that didn't come. */
const maxWaitMs = 150
const pauseMs = 1000
/** Of the tokens that are asked for at the same time: so many at once, and so often at once. */
const batches = { maxItems: 200, maxRunning: 2 }

/**
 * Fills buckets up to now by Redis' own clock, so that the clocks of instances don't matter, and takes one token of each.
 * KEYS: the buckets. ARGV: of each, tokens per second and burst. Returns for each 0, or the milliseconds until there is one.
 */
const takeScript = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local waits = {}
for i, key in ipairs(KEYS) do
  local perMs, burst = ARGV[2 * i - 1] / 1000, tonumber(ARGV[2 * i])
  local bucket = redis.call('HMGET', key, 'tokens', 'at')
  local tokens = math.min(burst, (tonumber(bucket[1]) or burst) + math.max(0, now - (tonumber(bucket[2]) or now)) * perMs)
  waits[i] = 0
  if tokens >= 1 then tokens = tokens - 1 else waits[i] = math.ceil((1 - tokens) / perMs) end
  redis.call('HSET', key, 'tokens', tostring(tokens), 'at', tostring(now))
  redis.call('PEXPIRE', key, math.ceil((burst - tokens) / perMs) + 1000)
end
return waits`

interface WithTake {
  okoTakeTokens(keyCount: number, ...keysAndRates: (string | number)[]): Promise<number[]>
}

interface Bucket {
  key: string
  perSecond: number
  burst: number
}

/**
 * Buckets that all instances share through Redis. Each instance also counts for itself, what it alone refuses costs Redis
 * nothing, and while Redis is away or doesn't answer its own count decides: a user then has the limit once an instance.
 */
export function createSharedRateLimiters(redis: Redis, nowMs: () => number): NewRateLimiter {
  redis.defineCommand('okoTakeTokens', { lua: takeScript })
  // ioredis adds the command to the connection, which its types can't know.
  const scripts = redis as Redis & WithTake
  let pausedUntil = Number.NEGATIVE_INFINITY

  /** Null where Redis didn't say. */
  const tokens = createBatcher<Bucket, number | null>({
    ...batches,
    async run(buckets) {
      if (nowMs() < pausedUntil) return buckets.map(() => null)
      const keys = buckets.map(({ key }) => key)
      const rates = buckets.flatMap(({ perSecond, burst }) => [perSecond, burst])
      const taken = scripts.okoTakeTokens(keys.length, ...keys, ...rates).catch(() => null)
      const waits = (await within(maxWaitMs, taken)) ? await taken : null
      if (waits === null) pausedUntil = nowMs() + pauseMs
      return waits ?? buckets.map(() => null)
    },
  })

  return (name, perSecond, burst) => {
    const own = createRateLimiter(perSecond, burst, nowMs)
    if (perSecond === 0) return own
    return {
      async take(key) {
        const ownWait = own.take(key)
        if (ownWait > 0 || redis.status !== 'ready' || nowMs() < pausedUntil) return ownWait
        return (await tokens.add({ key: `oko:limit:${name}:${key}`, perSecond, burst })) ?? ownWait
      },
    }
  }
}
