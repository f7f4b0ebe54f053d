import type { ChildProcess } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { testSecret } from '../support/tokens.ts'
import { type Children, ended, freePort, hasEnded } from './children.ts'
import { eventually, wait } from './waiting.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** One process of the product, as an operator runs it; limits are off. */
export interface Instance {
  name: string
  url: string
  /** Listening and not stopped or frozen by us. */
  isUp(): boolean
  /** Starts it, again and again where it gives up (its database may be away), as a supervisor does; until it is ready. */
  start(): Promise<void>
  /** `kill -9`. */
  kill(): Promise<void>
  /** SIGTERM; resolves when it has ended. */
  terminate(): Promise<{ ms: number; exitCode: number | null }>
  freeze(): void
  thaw(): void
  /** Log lines of level error and above, parsed. */
  failures(): Record<string, unknown>[]
}

export async function createInstance(children: Children, name: string, env: Record<string, string>): Promise<Instance> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const logFile = join(children.folder('oko-faults-log-'), `${name}.log`)
  let child: ChildProcess | undefined
  let up = false

  function launch(): ChildProcess {
    const output = openSync(logFile, 'a')
    const started = children.start(process.execPath, ['--import', 'tsx', 'api/main.ts'], {
      cwd: root,
      stdio: ['ignore', output, output],
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        PORT: String(port),
        JWT_SECRET: testSecret,
        JWT_JWKS_URL: '',
        LIMIT_SENDS_PER_MINUTE: '0',
        LIMIT_OPERATIONS_PER_SECOND: '0',
        LIMIT_OPERATIONS_PER_ADDRESS: '0',
        LIMIT_SOCKETS_PER_USER: '0',
        LOG_LEVEL: 'warn',
        ...env,
      },
    })
    closeSync(output)
    return started
  }

  const isReady = async () => (await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2000) })).ok

  return {
    name,
    url,
    isUp: () => up,
    async start() {
      const deadline = Date.now() + 120_000
      for (;;) {
        const launched = launch()
        child = launched
        await eventually(async () => hasEnded(launched) || (await isReady()), 60_000, 100)
        if (!hasEnded(launched)) break
        if (Date.now() > deadline)
          throw new Error(`${name} does not start:\n${readFileSync(logFile, 'utf8').slice(-2000)}`)
        await wait(500)
      }
      up = true
    },
    async kill() {
      up = false
      child?.kill('SIGKILL')
      if (child) await ended(child)
    },
    async terminate() {
      up = false
      const startedAt = Date.now()
      child?.kill('SIGTERM')
      if (child) await ended(child)
      return { ms: Date.now() - startedAt, exitCode: child?.exitCode ?? null }
    },
    freeze() {
      up = false
      child?.kill('SIGSTOP')
    },
    thaw() {
      child?.kill('SIGCONT')
      up = true
    },
    failures: () =>
      readFileSync(logFile, 'utf8')
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as Record<string, unknown>)
        .filter(({ level }) => Number(level) >= 50),
  }
}
