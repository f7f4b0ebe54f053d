import { breakThings } from './breaker.ts'
import { checkFinalState } from './check-final.ts'
import { checkMessages } from './check-messages.ts'
import { checkReplay } from './check-replay.ts'
import { checkStreams } from './check-streams.ts'
import { checkTimes, timeLimits } from './check-times.ts'
import { createChildren } from './children.ts'
import { caughtUp, type Drive, startDriving } from './drive.ts'
import { createInstance, type Instance } from './instance.ts'
import { startPostgres } from './postgres.ts'
import { createRandom } from './random.ts'
import { startRedis } from './redis.ts'
import { countFailures, type Report } from './report.ts'
import { type Snapshot, takeSnapshot } from './snapshot.ts'
import { wait } from './waiting.ts'

export interface RunOptions {
  seed: number
  /** How long things are broken. */
  durationMs: number
  sendsPerSecond: number
  /** What a busy machine may add to the times that are promised. */
  slackMs: number
  tell: (line: string) => void
}

/** How long the last event may be on its way once everything works. A lost hint is made good within 20 s at worst. */
const catchUpMs = 30_000

/** Several instances on PostgreSQL and Redis, all of which are broken again and again; then the histories are checked. */
export async function runCluster(options: RunOptions, instanceCount = 2): Promise<Report> {
  const { seed, durationMs, sendsPerSecond, tell } = options
  const children = createChildren()
  try {
    const random = createRandom(seed)
    const [postgres, redis] = await Promise.all([startPostgres(children), startRedis(children)])
    const env = { DATABASE_URL: postgres.url, REDIS_URL: redis.url }
    const instances: Instance[] = []
    for (let index = 1; index <= instanceCount; index++) {
      instances.push(await createInstance(children, `instance ${index}`, env))
    }
    await Promise.all(instances.map((instance) => instance.start()))
    const drive = await startDriving(instances, random, { peopleCount: 20, chatCount: 9, sendsPerSecond })
    const { history, subscribers, prober } = drive

    tell('everything is up; breaking things')
    const startedAt = Date.now()
    await breakThings({ instances, postgres, redis, subscribers, prober, history }, random.fork(), durationMs, (line) =>
      tell(`${((Date.now() - startedAt) / 1000).toFixed(1).padStart(7)} s  ${line}`),
    )
    tell('everything is mended; settling')
    await wait(1000)
    await drive.stopWorking()
    const violations: string[] = []
    const settled = await caughtUp(drive, () => postgres.query(endsSql), catchUpMs)
    if (!settled) violations.push(`not everything was delivered within ${catchUpMs} ms after the last write`)
    await drive.stopListening()
    const snapshot = await takeSnapshot((sql) => postgres.query(sql))
    return check(drive, snapshot, instances, options, violations)
  } finally {
    await children.end()
  }
}

export const endsSql = 'SELECT u."externalId", i."seq" FROM "Inbox" i JOIN "User" u ON u."id" = i."userId"'

/** All checks over what happened and what is left. */
export function check(
  { history, world }: Drive,
  snapshot: Snapshot,
  instances: readonly Instance[],
  { slackMs }: RunOptions,
  violations: string[],
): Report {
  for (const surprise of new Set(history.surprises)) violations.push(surprise)
  const failures = instances.flatMap((instance) => instance.failures())
  for (const { level, msg } of failures) {
    if (Number(level) >= 60) violations.push(`an instance ended with ${msg}`)
  }
  checkFinalState(snapshot, violations)
  return {
    history,
    messages: checkMessages(history, snapshot, violations),
    streams: checkStreams(history, snapshot, violations),
    replayed: checkReplay(world.chats, snapshot, violations).replayed,
    times: checkTimes(history, snapshot, timeLimits(slackMs), violations),
    failures: countFailures(failures),
    violations,
  }
}
