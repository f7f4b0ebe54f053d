import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What a run has started and made: all of it goes with the run, however that ends. */
export interface Children {
  start(command: string, args: readonly string[], options: SpawnOptions): ChildProcess
  folder(prefix: string): string
  /** Kills what is left by its process id and removes the folders. Idempotent. */
  end(): Promise<void>
}

export function createChildren(): Children {
  const running = new Set<ChildProcess>()
  const folders: string[] = []

  const kill = () => {
    for (const child of running) {
      // A stopped process ends by SIGKILL all the same. PostgreSQL's children end with it on SIGQUIT only.
      if (child.spawnfile.endsWith('postgres')) {
        child.kill('SIGCONT')
        child.kill('SIGQUIT')
      } else child.kill('SIGKILL')
    }
  }
  const remove = () => {
    for (const folder of folders.splice(0)) {
      try {
        rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
      } catch (error) {
        console.error(`could not remove ${folder}: ${error}`)
      }
    }
  }
  const atExit = () => {
    kill()
    // Nothing can be awaited any more, and what still writes would make files anew.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000)
    remove()
  }
  process.once('exit', atExit)

  return {
    start(command, args, options) {
      const child = spawn(command, args, options)
      if (child.pid === undefined) {
        child.on('error', () => undefined)
        throw new Error(`${command} is needed and could not be started`)
      }
      running.add(child)
      child.once('exit', () => running.delete(child))
      child.on('error', () => running.delete(child))
      return child
    },
    folder(prefix) {
      const folder = mkdtempSync(join(tmpdir(), prefix))
      folders.push(folder)
      return folder
    },
    async end() {
      process.removeListener('exit', atExit)
      const ended = [...running].map((child) => once(child, 'exit'))
      kill()
      await Promise.all(ended)
      remove()
    },
  }
}

export const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null

/** Resolves when the process has ended. */
export async function ended(child: ChildProcess): Promise<void> {
  if (!hasEnded(child)) await once(child, 'exit')
}

/** A port of loopback that nobody listens on just now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('a port was expected')
  return address.port
}
