import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const installTimeoutMs = 300_000

/**
 * Installs a Debian package; does nothing where there is no apt-get or no right to use it.
 *
 * @throws one line with the reason, where apt-get fails
 */
export function installPackage(name: string): void {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  console.log(`Installing ${name} with apt-get, once`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const aptGet = (...args: string[]) =>
    // The lock: another run may be at it.
    execFileSync('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', ...args], { env, timeout: installTimeoutMs })
  try {
    aptGet('update')
  } catch {
    // Without the newest lists, or with those of a part of the sources, an install may still work.
  }
  try {
    aptGet('install', '-y', '--no-install-recommends', name)
  } catch (error) {
    const reason = error instanceof Error ? error.message.trim().split('\n').at(-1) : error
    throw new Error(`${name} is needed, and apt-get could not install it: ${reason}`)
  }
}
