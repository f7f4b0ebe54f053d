/**
 * `npm run test:faults [-- --minutes N --seed S --rate R --instances I --only cluster|sqlite]`: breaks a running product in every way
 * we know, and checks that it kept its promises (docs/reliability.md). Needs redis-server, and PostgreSQL's binaries; starts its
 * own of both on loopback. Ends with code 1 and the seed to repeat it where a promise was broken.
 */
import { parseArgs } from 'node:util'
import { type RunOptions, runCluster } from './cluster.ts'
import { describe, type Report } from './report.ts'
import { runSingle } from './single.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '3' },
    seed: { type: 'string' },
    rate: { type: 'string', default: '30' },
    instances: { type: 'string', default: '2' },
    slack: { type: 'string', default: '1000' },
    only: { type: 'string' },
  },
})
const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed)
const totalMs = Number(values.minutes) * 60_000
const options = { seed, sendsPerSecond: Number(values.rate), slackMs: Number(values.slack), tell: console.log }
if (
  ![...Object.values(options)].every((value) => typeof value === 'function' || Number.isFinite(value)) ||
  !(totalMs > 0)
) {
  console.error(
    'usage: npm run test:faults [-- --minutes N --seed S --rate R --instances I --slack MS --only cluster|sqlite]',
  )
  process.exit(2)
}
// What was started goes with us: `exit` ends it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
// Nothing may hang for ever, the harness neither.
setTimeout(() => {
  console.error('the run does not come to an end')
  process.exit(1)
}, totalMs + 300_000).unref()

/** Runs one scenario and prints what came of it; false where a promise was broken. */
async function scenario(
  title: string,
  run: (options: RunOptions) => Promise<Report>,
  durationMs: number,
): Promise<boolean> {
  console.log(`\n${title}, ${Math.round(durationMs / 1000)} s, seed ${seed}`)
  try {
    const report = await run({ ...options, durationMs })
    console.log(describe(report).join('\n'))
    return report.violations.length === 0
  } catch (error) {
    console.error(error)
    return false
  }
}

const runs = [
  {
    name: 'cluster',
    title: 'PostgreSQL and Redis',
    run: (run: RunOptions) => runCluster(run, Number(values.instances)),
    share: 0.8,
  },
  { name: 'sqlite', title: 'SQLite', run: runSingle, share: 0.2 },
].filter(({ name }) => values.only === undefined || values.only === name)
let kept = true
for (const { title, run, share } of runs) {
  kept = (await scenario(title, run, runs.length === 1 ? totalMs : totalMs * share)) && kept
}
if (!kept) console.error(`\nTo repeat: npm run test:faults -- --minutes ${values.minutes} --seed ${seed}`)
process.exit(kept ? 0 : 1)
