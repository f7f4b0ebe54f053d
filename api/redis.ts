import { Redis, type RedisOptions } from 'ioredis'
import type { Logger } from './logger.ts'

/** What the instances of one installation share a Redis by. It may be lost at any time: the database is the truth. */
export interface RedisConnections {
  /** For commands. While Redis is away they fail at once; where a connection is lost, those that wait for it fail. */
  commands: Redis
  /** For SUBSCRIBE alone, as RESP2 wants it. */
  subscriber: Redis
  close(): void
}

/** Connects, and connects again whenever that is lost; resolves also where Redis is away, which must keep nobody from starting. */
export async function connectRedis(url: string, logger: Logger): Promise<RedisConnections> {
  const options: RedisOptions = {
    lazyConnect: true,
    connectTimeout: 3000,
    keepAlive: 5000,
    retryStrategy: (attempt) => Math.min(attempt * 100, 1000),
    // With more, what a lost connection owes an answer to is kept, and with `null` it never gets one.
    maxRetriesPerRequest: 0,
  }
  const subscriber = new Redis(url, options)
  const commands = new Redis(url, { ...options, enableOfflineQueue: false })
  const both = [commands, subscriber]
  for (const connection of both) {
    connection.on('error', (error: Error) => logger.warn({ message: error.message }, 'redis'))
  }
  await Promise.all(both.map((connection) => connection.connect().catch(() => undefined)))
  return {
    commands,
    subscriber,
    close() {
      for (const connection of both) connection.disconnect()
    },
  }
}
