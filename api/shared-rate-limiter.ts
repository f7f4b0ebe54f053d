import type { Redis } from 'ioredis'
import { createRateLimiter, type RateLimiter } from './rate-limiter.ts'
import { within } from './within.ts'

/** How long an answer of Redis is waited for, and for how long it is left alone after one that didn't come. */
const maxWaitMs = 150
const pauseMs = 1000

/**
 * Fills a bucket up to now by Redis' own clock, so that the clocks of instances don't matter, and takes one token.
 * KEYS: the bucket. ARGV: tokens per second, burst. Returns 0, or the milliseconds until there is one.
 */
const takeScript = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local perMs, burst = ARGV[1] / 1000, tonumber(ARGV[2])
local bucket = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local tokens = math.min(burst, (tonumber(bucket[1]) or burst) + math.max(0, now - (tonumber(bucket[2]) or now)) * perMs)
local wait = 0
if tokens >= 1 then tokens = tokens - 1 else wait = math.ceil((1 - tokens) / perMs) end
redis.call('HSET', KEYS[1], 'tokens', tostring(tokens), 'at', tostring(now))
redis.call('PEXPIRE', KEYS[1], math.ceil((burst - tokens) / perMs) + 1000)
return wait`

interface WithTake {
  okoTakeToken(key: string, perSecond: number, burst: number): Promise<number>
}

/**
 * Buckets that all instances share through Redis. Each instance also counts for itself, what it alone refuses costs Redis
 * nothing, and while Redis is away or doesn't answer its own count decides: a user then has the limit once an instance.
 *
 * @param name sets the buckets of one limit apart from another's
 */
export function createSharedRateLimiter(
  redis: Redis,
  name: string,
  perSecond: number,
  burst: number,
  nowMs: () => number,
): RateLimiter {
  const own = createRateLimiter(perSecond, burst, nowMs)
  if (perSecond === 0) return own
  redis.defineCommand('okoTakeToken', { numberOfKeys: 1, lua: takeScript })
  // ioredis adds the command to the connection, which its types can't know.
  const scripts = redis as Redis & WithTake
  let pausedUntil = Number.NEGATIVE_INFINITY

  return {
    async take(key) {
      const ownWait = own.take(key)
      if (ownWait > 0 || redis.status !== 'ready' || nowMs() < pausedUntil) return ownWait
      const shared = scripts.okoTakeToken(`oko:limit:${name}:${key}`, perSecond, burst).catch(() => null)
      const sharedWait = (await within(maxWaitMs, shared)) ? await shared : null
      if (sharedWait === null) pausedUntil = nowMs() + pauseMs
      return sharedWait ?? ownWait
    },
  }
}
