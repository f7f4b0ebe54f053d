import type { Logger } from '../logger.ts'
import type { EventLog } from './event-log.ts'

const intervalMs = 60_000
/** Of one step, which is one transaction. */
const maxEventsPerStep = 1000
const maxStepsPerRun = 20

/** Deletes events older than the retention, a bounded number at a time; returns what stops it. */
export function startRetention(
  log: EventLog,
  retentionMs: number,
  clock: () => Date,
  logger: Logger,
): () => Promise<void> {
  let running: Promise<void> = Promise.resolve()
  let stopped = false

  async function run(): Promise<void> {
    for (let step = 0; step < maxStepsPerRun && !stopped; step++) {
      const deleted = await log.prune(new Date(clock().getTime() - retentionMs), maxEventsPerStep)
      if (deleted === 0) return
      logger.info({ deleted }, 'events pruned')
    }
  }

  const timer = setInterval(() => {
    running = running.then(run).catch((error: unknown) => logger.warn({ err: error }, 'retention'))
  }, intervalMs).unref()
  return async () => {
    stopped = true
    clearInterval(timer)
    await running
  }
}
