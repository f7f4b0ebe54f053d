import type { ChildProcess } from 'node:child_process'
import { Redis } from 'ioredis'
import { findRedisServer } from '../support/redis-server.ts'
import { type Children, ended, freePort } from './children.ts'
import { eventually } from './waiting.ts'

/** A Redis of the run's own, without persistence. */
export interface FaultyRedis {
  url: string
  kill(): Promise<void>
  start(): Promise<void>
  /** Stops the process where it stands: connections stay open and nothing is answered. */
  freeze(): void
  thaw(): void
  /** Cuts the connections of this type (`pubsub`: the subscribers, `normal`: those who publish). */
  drop(type: 'pubsub' | 'normal'): Promise<void>
}

export async function startRedis(children: Children): Promise<FaultyRedis> {
  const port = await freePort()
  const path = findRedisServer()
  const folder = children.folder('oko-faults-redis-')
  const url = `redis://127.0.0.1:${port}`
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder]
  let server: ChildProcess

  /** Runs a command over a connection of its own. */
  async function command(name: string, ...values: string[]): Promise<unknown> {
    const client = new Redis(url, { lazyConnect: true, connectTimeout: 1000, retryStrategy: () => null })
    client.on('error', () => undefined)
    try {
      await client.connect()
      return await client.call(name, ...values)
    } finally {
      client.disconnect()
    }
  }
  const start = async () => {
    server = children.start(path, args, { stdio: 'ignore' })
    if (!(await eventually(async () => (await command('PING')) === 'PONG', 20_000))) {
      throw new Error('redis-server did not start')
    }
  }

  await start()
  return {
    url,
    start,
    async kill() {
      server.kill('SIGKILL')
      await ended(server)
    },
    freeze: () => void server.kill('SIGSTOP'),
    thaw: () => void server.kill('SIGCONT'),
    drop: async (type) => void (await command('CLIENT', 'KILL', 'TYPE', type)),
  }
}
