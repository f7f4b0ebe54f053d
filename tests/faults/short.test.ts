import { expect, it, describe as suite } from 'vitest'
import { runCluster } from './cluster.ts'
import { describe, type Report } from './report.ts'
import { runSingle } from './single.ts'

/** How much later than promised things may be here: other tests run at the same time. */
const slackMs = 20_000
const timeoutMs = 300_000

suite('a short run of `npm run test:faults`', () => {
  const seed = Date.now() % 1_000_000

  function expectKept(report: Report): void {
    expect(report.violations, [`seed ${seed}`, ...describe(report)].join('\n')).toEqual([])
    expect(report.messages.acknowledged).toBeGreaterThan(50)
    expect(report.streams.arrived).toBeGreaterThan(500)
  }

  it(
    'keeps every promise while instances, PostgreSQL and Redis fail',
    async () => {
      expectKept(await runCluster({ seed, durationMs: 90_000, sendsPerSecond: 20, slackMs, tell: () => undefined }))
    },
    timeoutMs,
  )

  it(
    'keeps every promise while the one process on SQLite is killed again and again',
    async () => {
      expectKept(await runSingle({ seed, durationMs: 30_000, sendsPerSecond: 20, slackMs, tell: () => undefined }))
    },
    timeoutMs,
  )
})
