import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { installPackage } from './apt.ts'

/**
 * Path of a redis-server, which tests start for themselves: an installed one, else one that apt-get installs here, where we
 * are root.
 *
 * @throws one line that says what to do, where there is none
 */
export function findRedisServer(): string {
  if (!installedRedisServer()) installPackage('redis-server')
  const found = installedRedisServer()
  if (found) return found
  throw new Error(
    'redis-server is needed and was not found: install it (apt-get install redis-server, brew install redis)',
  )
}

const installedRedisServer = (): string | undefined =>
  [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin']
    .map((folder) => join(folder, 'redis-server'))
    .find((path) => existsSync(path))
