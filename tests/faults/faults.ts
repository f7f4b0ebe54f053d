import type { FaultArea, History } from './history.ts'
import type { Instance } from './instance.ts'
import type { FaultyPostgres, StopMode } from './postgres.ts'
import type { Random } from './random.ts'
import type { FaultyRedis } from './redis.ts'
import type { Sender } from './sender.ts'
import type { Subscriber } from './subscriber.ts'
import { wait } from './waiting.ts'

/** What there is to break. */
export interface Victims {
  instances: readonly Instance[]
  postgres: FaultyPostgres
  redis: FaultyRedis
  subscribers: readonly Subscriber[]
  /** Sends through a given instance, to find out when it takes writes again. */
  prober: Sender
  history: History
}

/** One way to break things; `run` breaks, waits, and mends. */
export interface Fault {
  name: string
  area: FaultArea
  /** How likely it is chosen. */
  weight: number
  outage?: true
  /** Takes so long that only runs of several minutes have it. */
  long?: true
  run(victims: Victims, random: Random, target: Instance): Promise<void>
}

/** Takes PostgreSQL away and brings it back. */
async function restartPostgres(victims: Victims, mode: StopMode, awayMs: number): Promise<void> {
  await victims.postgres.stop(mode)
  await wait(awayMs)
  await victims.postgres.start()
  await recover(victims)
}

/** Measures how soon after PostgreSQL's return each instance takes writes again. */
async function recover({ history, instances, prober }: Victims): Promise<void> {
  const returnedAt = Date.now()
  await Promise.all(
    instances
      .filter((instance) => instance.isUp())
      .map(async (instance) => {
        await prober.sendThrough([instance])
        const disturbed = history.faults.some(({ target, to }) => target === instance.name && to > returnedAt)
        if (!disturbed) history.recoveries.push({ instance: instance.name, ms: Date.now() - returnedAt })
      }),
  )
}

/** Holds rows of a table as somebody's forgotten psql would. */
async function holdRows({ postgres }: Victims, table: 'Chat' | 'Inbox', ms: number): Promise<void> {
  const key = table === 'Chat' ? 'id' : 'userId'
  const client = await postgres.connect()
  try {
    await client.query(`SET statement_timeout = 3000`)
    await client.query('BEGIN')
    await client.query(`SELECT * FROM "${table}" ORDER BY md5("${key}" || random()::text) LIMIT 2 FOR UPDATE`)
    await wait(ms)
  } catch {
    // The rows were busy, or the server went away: then this fault did not happen.
  } finally {
    await client.end().catch(() => undefined)
  }
}

const terminateBackends = (share: number) => `
  SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE pid <> pg_backend_pid() AND backend_type = 'client backend' AND random() < ${share}`

export const faults: readonly Fault[] = [
  {
    ...{ name: 'instance killed (kill -9)', area: 'instance', weight: 4 },
    async run(_victims, random, target) {
      await target.kill()
      await wait(random.between(0, 2000))
      await target.start()
    },
  },
  {
    ...{ name: 'instance told to stop (SIGTERM)', area: 'instance', weight: 3 },
    async run({ history }, random, target) {
      const { ms, exitCode } = await target.terminate()
      const duringDatabaseOutage = history.faults.some(({ outage, to }) => outage && to > Date.now() - ms)
      history.shutdowns.push({ ms, exitCode, duringDatabaseOutage })
      await wait(random.between(0, 1000))
      await target.start()
    },
  },
  {
    ...{ name: 'instance frozen (SIGSTOP)', area: 'instance', weight: 3 },
    async run(_victims, random, target) {
      target.freeze()
      await wait(random.between(500, 7000))
      target.thaw()
    },
  },
  {
    ...{ name: 'Redis killed', area: 'redis', weight: 3 },
    async run({ redis }, random) {
      await redis.kill()
      await wait(random.between(100, 6000))
      await redis.start()
    },
  },
  {
    ...{ name: 'Redis frozen (SIGSTOP)', area: 'redis', weight: 3 },
    async run({ redis }, random) {
      redis.freeze()
      await wait(random.between(300, 8000))
      redis.thaw()
    },
  },
  {
    ...{ name: 'Redis frozen for a minute', area: 'redis', weight: 1, long: true },
    async run({ redis }) {
      redis.freeze()
      await wait(60_000)
      redis.thaw()
    },
  },
  {
    ...{ name: "Redis drops the subscribers' connections", area: 'redis', weight: 3 },
    run: ({ redis }) => redis.drop('pubsub'),
  },
  {
    ...{ name: "Redis drops the publishers' connections", area: 'redis', weight: 2 },
    run: ({ redis }) => redis.drop('normal'),
  },
  {
    ...{ name: 'PostgreSQL restarted', area: 'database', weight: 2, outage: true },
    run: (victims, random) => restartPostgres(victims, 'fast', random.between(0, 5000)),
  },
  {
    ...{ name: 'PostgreSQL crashed', area: 'database', weight: 2, outage: true },
    run: (victims, random) => restartPostgres(victims, 'immediate', random.between(0, 5000)),
  },
  {
    ...{ name: 'PostgreSQL frozen (SIGSTOP)', area: 'database', weight: 2, outage: true },
    async run(victims, random) {
      victims.postgres.freeze()
      await wait(random.between(500, 8000))
      victims.postgres.thaw()
      await recover(victims)
    },
  },
  {
    ...{ name: 'PostgreSQL ends connections (pg_terminate_backend)', area: 'database', weight: 4 },
    run: async ({ postgres }, random) => void (await postgres.query(terminateBackends(random.pick([0.3, 1])))),
  },
  {
    ...{ name: 'chat rows locked from outside', area: 'database', weight: 3 },
    run: (victims, random) => holdRows(victims, 'Chat', random.pick([500, 1000, 6000])),
  },
  {
    ...{ name: 'inbox rows locked from outside', area: 'database', weight: 2 },
    run: (victims, random) => holdRows(victims, 'Inbox', random.pick([500, 1000, 6000])),
  },
  {
    ...{ name: "clients' connections cut", area: 'client', weight: 4 },
    async run({ subscribers }, random) {
      for (const subscriber of subscribers) if (random.chance(0.4)) subscriber.cut()
    },
  },
  {
    ...{ name: 'a client reads nothing for a while', area: 'client', weight: 4 },
    run: ({ subscribers }, random) => random.pick(subscribers).freeze(random.between(1000, 20_000)),
  },
]
