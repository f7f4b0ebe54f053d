import { type ChildProcess, execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { machineBinaries, npmBinaries, unprivilegedUser } from '../support/own-postgres.ts'
import { type Children, ended, freePort } from './children.ts'
import { eventually } from './waiting.ts'

/** How a server is told to end: `fast` ends its connections, `immediate` is a crash, after which it recovers from its log. */
export type StopMode = 'fast' | 'immediate'

/** A PostgreSQL of the run's own, that can be taken down and brought back. With fsync and synchronous_commit on, as in use. */
export interface FaultyPostgres {
  url: string
  stop(mode: StopMode): Promise<void>
  /** Resolves once it takes connections again. */
  start(): Promise<void>
  /** Stops all its processes where they stand: connections stay open and nothing is answered. */
  freeze(): void
  thaw(): void
  /** One statement over a connection of its own. */
  query<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>
  /** A connection that the caller ends. */
  connect(): Promise<pg.Client>
}

export async function startPostgres(children: Children): Promise<FaultyPostgres> {
  const folder = children.folder('oko-faults-postgres-')
  const binaries = machineBinaries() ?? npmBinaries(folder)
  if (!binaries) throw new Error('no PostgreSQL binaries were found')
  const data = join(folder, 'data')
  mkdirSync(data, { mode: 0o700 })
  const user = unprivilegedUser()
  if (user) {
    chmodSync(folder, 0o755)
    chownSync(data, user.uid, user.gid)
  }
  const env = { PATH: process.env.PATH, TZ: 'UTC', LC_ALL: 'C' }
  const options = { ...user, cwd: data, env }
  execFileSync(
    join(binaries, 'initdb'),
    ['--pgdata', data, '--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'],
    { ...options, stdio: 'ignore', timeout: 60_000 },
  )
  const port = await freePort()
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  const settings = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories=', 'max_connections=100']
  const args = ['-D', data, ...settings.flatMap((setting) => ['-c', setting])]
  let server: ChildProcess

  const connect = async () => {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
    // Cut with the server: whoever uses it sees that at the next statement.
    client.on('error', () => undefined)
    await client.connect()
    return client
  }
  const query: FaultyPostgres['query'] = async <Row extends pg.QueryResultRow>(sql: string, values?: unknown[]) => {
    const client = await connect()
    try {
      return (await client.query<Row>(sql, values)).rows
    } finally {
      await client.end().catch(() => undefined)
    }
  }
  const start = async () => {
    server = children.start(join(binaries, 'postgres'), args, { ...options, stdio: 'ignore' })
    if (!(await eventually(async () => (await query('SELECT 1')).length === 1, 60_000))) {
      throw new Error('PostgreSQL did not start')
    }
  }

  /** The server and all its children. */
  function signal(name: 'SIGSTOP' | 'SIGCONT'): void {
    server.kill(name)
    const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(server.pid)], { encoding: 'utf8' })
    for (const pid of stdout.split('\n').map(Number).filter(Boolean)) {
      try {
        process.kill(pid, name)
      } catch {
        // It has ended since.
      }
    }
  }

  await start()
  return {
    url,
    start,
    async stop(mode) {
      server.kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT')
      await ended(server)
    },
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    query,
    connect,
  }
}
