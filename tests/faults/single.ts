import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { createChildren } from './children.ts'
import { check, endsSql, type RunOptions } from './cluster.ts'
import { caughtUp, startDriving } from './drive.ts'
import { createInstance } from './instance.ts'
import { createRandom } from './random.ts'
import type { Report } from './report.ts'
import { takeSnapshot } from './snapshot.ts'
import { wait } from './waiting.ts'

const catchUpMs = 30_000

/** One process on SQLite that is killed again and again under load (`kill -9`, now and then SIGTERM); then the checks. */
export async function runSingle(options: RunOptions): Promise<Report> {
  const { seed, durationMs, sendsPerSecond, tell } = options
  const children = createChildren()
  try {
    const random = createRandom(seed)
    const url = `file:${join(children.folder('oko-faults-sqlite-'), 'oko.db')}`
    const instance = await createInstance(children, 'the instance', { DATABASE_URL: url, REDIS_URL: '' })
    await instance.start()
    const drive = await startDriving([instance], random, { peopleCount: 20, chatCount: 9, sendsPerSecond })
    const { history } = drive
    const query = async (sql: string) => {
      const client = createClient({ url, timeout: 5000 } as Parameters<typeof createClient>[0])
      try {
        const { rows, columns } = await client.execute(sql)
        return rows.map((row) => Object.fromEntries(columns.map((column) => [column, row[column]])))
      } finally {
        client.close()
      }
    }

    tell('the process is up; killing it')
    const deadline = Date.now() + durationMs
    while (Date.now() < deadline) {
      await wait(random.between(300, 4000))
      const gently = random.chance(0.2)
      const name = gently ? 'the process told to stop (SIGTERM)' : 'the process killed (kill -9)'
      tell(name)
      const fault = {
        name,
        area: 'instance',
        target: instance.name,
        outage: false,
        from: Date.now(),
        to: Infinity,
      } as const
      const record = { ...fault }
      history.faults.push(record)
      if (gently) history.shutdowns.push({ ...(await instance.terminate()), duringDatabaseOutage: false })
      else await instance.kill()
      await instance.start()
      Object.assign(record, { to: Date.now() })
    }
    tell('settling')
    await drive.stopWorking()
    const violations: string[] = []
    const settled = await caughtUp(drive, () => query(endsSql) as Promise<any[]>, catchUpMs)
    if (!settled) violations.push(`not everything was delivered within ${catchUpMs} ms after the last write`)
    await drive.stopListening()
    return check(drive, await takeSnapshot(query), [instance], options, violations)
  } finally {
    await children.end()
  }
}
