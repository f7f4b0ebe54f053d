/**
 * `npm run bench [-- --only NAME] [--rounds N] [--json FILE]`: what Oko costs beside what is possible on this machine, in one run.
 * Needs PostgreSQL and Redis on loopback.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Redis } from 'ioredis'
import { createChildren } from '../faults/children.ts'
import type { Bench, Stage } from './bench.ts'
import { startProduct } from './programs.ts'
import { judge, type Measured, machine, table } from './report.ts'
import { deliveryBench } from './rows/delivery.ts'
import { growthBench } from './rows/growth.ts'
import { idleBench } from './rows/idle.ts'
import { pairsBench } from './rows/pairs.ts'
import { pollingBench } from './rows/polling.ts'
import { readBench } from './rows/read.ts'
import { resumeBench } from './rows/resume.ts'
import { sendBench } from './rows/send.ts'
import { createWorld, type World } from './world.ts'

const benches: readonly Bench[] = [
  sendBench,
  readBench,
  deliveryBench,
  pairsBench,
  idleBench,
  growthBench,
  resumeBench,
  pollingBench,
]

const { values } = parseArgs({
  options: { only: { type: 'string' }, rounds: { type: 'string', default: '5' }, json: { type: 'string' } },
})
const chosen = benches.filter(({ name }) => values.only === undefined || name === values.only)
if (chosen.length === 0) fail(`no bench ${values.only}; there are ${benches.map(({ name }) => name).join(', ')}`)

const redisUrl = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379'
const redis = new Redis(redisUrl, { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null })
redis.on('error', () => undefined)
await redis.connect().catch(() => fail('needs Redis at 127.0.0.1:6379 or REDIS_URL'))
redis.disconnect()

const children = createChildren()
const worlds: World[] = []
const stage: Stage = {
  children,
  rounds: Number(values.rounds),
  redisUrl,
  async newWorld() {
    const world = await createWorld(async (url) => {
      // The product brings its database to the newest migration itself.
      const product = await startProduct(children, { DATABASE_URL: url })
      await product.stop()
    })
    worlds.push(world)
    return world
  },
}

const rows: Measured[] = []
try {
  for (const { name, run } of chosen) {
    console.error(`${name} …`)
    for (const row of await run(stage)) rows.push({ bench: name, ...row })
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  await children.end()
  for (const world of worlds) await world.drop()
}
console.log(`${machine()}; medians of ${stage.rounds} rounds, ± half of their spread\n`)
console.log(table(rows))
if (values.json) {
  const judged = rows.map((row) => ({ ...row, ...judge(row) }))
  writeFileSync(values.json, `${JSON.stringify({ machine: machine(), rows: judged }, null, 2)}\n`)
}

function fail(message: string): never {
  console.error(message)
  process.exit(1)
}
