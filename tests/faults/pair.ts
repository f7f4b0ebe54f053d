import { createTestDatabase, startTestApp, type TestApp, type TestDatabase } from '../support/app.ts'
import { type Children, createChildren } from './children.ts'
import { type FaultyRedis, startRedis } from './redis.ts'
import { eventually } from './waiting.ts'

/** Two instances in this process, on one PostgreSQL database and a Redis of their own. */
export interface Pair {
  children: Children
  database: TestDatabase
  redis: FaultyRedis
  here: TestApp
  there: TestApp
  /** Waits until both hear each other through Redis. */
  untilReliable(): Promise<void>
  close(): Promise<void>
}

export async function startPair(env: Record<string, string> = {}): Promise<Pair> {
  const children = createChildren()
  const redis = await startRedis(children)
  const database = await createTestDatabase('postgresql')
  const start = () => startTestApp('postgresql', { database, env: { REDIS_URL: redis.url, ...env } })
  const here = await start()
  const there = await start()
  const untilReliable = async () => {
    for (const { url } of [here, there]) {
      const isReliable = async () => (await (await fetch(`${url}/health/ready`)).json()).status === 'ok'
      if (!(await eventually(isReliable, 10_000))) throw new Error(`${url} does not hear the other through Redis`)
    }
  }
  await untilReliable()
  return {
    ...{ children, database, redis, here, there, untilReliable },
    async close() {
      redis.thaw()
      await here.close()
      await there.close()
      await database.drop()
      await children.end()
    },
  }
}
