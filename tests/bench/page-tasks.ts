import type { Browser, Page } from 'playwright-core'

type TraceEvent = {
  name: string
  ph: string
  pid: number
  tid: number
  dur?: number
  tdur?: number
  args?: { name?: string }
}

/** The processor times of the tasks that the page's main thread had while `play` ran, longest first. */
export async function taskCpuMs(browser: Browser, page: Page, play: () => Promise<void>): Promise<number[]> {
  await browser.startTracing(page, { categories: ['toplevel'] })
  await play()
  const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse((await browser.stopTracing()).toString())
  const mainThreads = traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
  return traceEvents
    .filter(
      ({ name, ph, tdur, pid, tid }) =>
        name.endsWith('RunTask') && ph === 'X' && tdur && mainThreads.some((one) => one.pid === pid && one.tid === tid),
    )
    .map(({ tdur = 0 }) => tdur / 1000)
    .sort((a, b) => b - a)
}
