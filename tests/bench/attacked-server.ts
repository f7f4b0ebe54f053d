/** The server of `npm run bench:attacks`: a process of its own, which says how late its event loop ran and how much it holds. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createApp } from '../../api/app.ts'
import { readConfig } from '../../api/config.ts'
import { createLogger } from '../../api/logger.ts'

/** What the process did since it was last asked. */
export interface LoopReport {
  /** The longest that the event loop was held, in milliseconds; time in it that the machine gave to other processes included. */
  maxDelayMs: number
  /** The most CPU time that this process used between two looks at the clock, as far as it held the loop: what is our own of that. */
  maxOwnMs: number
  /** Memory of the process, in MiB: the largest that was seen, and now, after a collection. */
  peakMiB: number
  heapMiB: number
}

const resolutionMs = 1
const delay = monitorEventLoopDelay({ resolution: resolutionMs })
delay.enable()
const mib = (bytes: number) => Math.round(bytes / 2 ** 20)
let peak = 0
setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss())
}, 20).unref()

/** The loop is looked at as often as it comes round; the clock of all its threads says what it did meanwhile. */
let maxOwnMs = 0
let lookedAtMs = performance.now()
let usedMs = 0
setInterval(() => {
  const nowMs = performance.now()
  const { user, system } = process.cpuUsage()
  const nowUsedMs = (user + system) / 1000
  maxOwnMs = Math.max(maxOwnMs, Math.min(nowMs - lookedAtMs, nowUsedMs - usedMs) - resolutionMs)
  lookedAtMs = nowMs
  usedMs = nowUsedMs
}, resolutionMs).unref()

const app = await createApp({
  config: readConfig(process.env),
  logger: createLogger('silent'),
})

process.on('message', () => {
  // What the interval itself takes is no delay.
  const maxDelayMs = Math.max(0, delay.max / 1e6 - resolutionMs)
  const peakMiB = mib(peak)
  globalThis.gc?.()
  process.send?.({ maxDelayMs, maxOwnMs, peakMiB, heapMiB: mib(process.memoryUsage().heapUsed) } satisfies LoopReport)
  peak = 0
  setTimeout(() => {
    delay.reset()
    maxOwnMs = 0
  }, 50)
})
process.on('disconnect', () => void app.close().then(() => process.exit(0)))
process.send?.({ url: app.url })
