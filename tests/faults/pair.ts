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
  const opened: (() => Promise<unknown>)[] = [() => children.end()]
  const close = async () => {
    for (const undo of opened.splice(0).toReversed()) await undo()
  }
  try {
    const redis = await startRedis(children)
    const database = await createTestDatabase('postgresql')
    opened.push(() => database.drop())
    const start = async () => {
      const app = await startTestApp('postgresql', { database, env: { REDIS_URL: redis.url, ...env } })
      opened.push(() => app.close())
      return app
    }
    const [here, there] = [await start(), await start()]
    const untilReliable = async () => {
      for (const { url } of [here, there]) {
        const isReliable = async () => (await (await fetch(`${url}/health/ready`)).json()).status === 'ok'
        if (!(await eventually(isReliable, 10_000))) throw new Error(`${url} does not hear the other through Redis`)
      }
    }
    opened.push(async () => redis.thaw())
    await untilReliable()
    return { children, database, redis, here, there, untilReliable, close }
  } catch (error) {
    await close()
    throw error
  }
}
