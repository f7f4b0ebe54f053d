import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Children, ended, freePort } from '../faults/children.ts'
import { testSecret } from '../support/tokens.ts'
import type { Answer, Question } from './probe.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** `BENCH_PROFILE=folder` leaves a CPU profile of each program there. */
const profiling = process.env.BENCH_PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`] : []
/** As `npm start` has them. */
const nodeOptions = ['--max-semi-space-size=32', '--import', 'tsx']
/** The system accounts for CPU in these (Linux: USER_HZ is 100 everywhere). */
const msPerTick = 10

/** A process that is measured. */
export interface Program {
  url: string
  port: number
  /** CPU time that the system has accounted to it since its start, user and system, all threads. */
  cpuMs(): number
  residentBytes(): number
  /** What is alive on its heap, after a collection. */
  heapBytes(): Promise<number>
  stop(): Promise<void>
}

async function start(children: Children, script: string, env: Record<string, string>): Promise<Program> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child = children.start(
    process.execPath,
    [...profiling, '--expose-gc', ...nodeOptions, '--import', './tests/bench/probe.ts', script],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: String(port), LOG_LEVEL: 'info', ...env },
    },
  )
  const deadline = Date.now() + 60_000
  while (
    !(await fetch(`${url}/health/ready`)
      .then(({ ok }) => ok)
      .catch(() => false))
  ) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`${script} does not start`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return {
    url,
    port,
    cpuMs() {
      // The command's name, in parentheses, may hold anything; times are fields 14 and 15 (proc(5)).
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
      return (Number(fields[11]) + Number(fields[12])) * msPerTick
    },
    residentBytes() {
      return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) * 1024
    },
    heapBytes: () =>
      new Promise((resolve) => {
        child.once('message', (bytes: Answer) => resolve(bytes))
        child.send('heap' satisfies Question)
      }),
    async stop() {
      child.kill('SIGTERM')
      await ended(child)
    },
  }
}

/** The product as an operator runs it, on PostgreSQL and Redis; its limits are on, and wide. */
export const startProduct = (children: Children, env: Record<string, string>): Promise<Program> =>
  start(children, 'api/main.ts', {
    JWT_SECRET: testSecret,
    LIMIT_SENDS_PER_MINUTE: '1000000',
    LIMIT_OPERATIONS_PER_SECOND: '1000000',
    LIMIT_OPERATIONS_PER_ADDRESS: '1000000',
    LIMIT_SOCKETS_PER_USER: '1000000',
    ...env,
  })

/** What is possible: bare node http, `pg` and `ws` doing the least that the task asks for. */
export const startFloor = (children: Children, databaseUrl: string): Promise<Program> =>
  start(children, 'tests/bench/floor.ts', { DATABASE_URL: databaseUrl })
