import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright-core'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const macApps = ['Chromium', 'Google Chrome'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`)
const installTimeoutMs = 300_000

/**
 * Path of a Chromium: CHROMIUM_PATH, else an installed one, else one that apt-get installs here, where we are root.
 *
 * @throws one line that says what to do, where there is none
 */
export function findChromium(): string {
  const given = process.env.CHROMIUM_PATH
  if (given) {
    if (existsSync(given)) return given
    throw new Error(`CHROMIUM_PATH: there is no ${given}`)
  }
  if (!installedChromium()) installChromium()
  const found = installedChromium()
  if (found) return found
  throw new Error(
    'Chromium is needed and was not found: install it (apt-get install chromium, brew install --cask chromium, or npx ' +
      'playwright-core install chromium), or name one in CHROMIUM_PATH',
  )
}

function installedChromium(): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin']
  const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...paths, ...macApps, chromium.executablePath()].find((path) => path !== '' && existsSync(path)) ?? null
}

/** Does nothing where there is no apt-get or no right to use it. */
function installChromium(): void {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  console.log('Installing Chromium with apt-get, once')
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
    aptGet('install', '-y', '--no-install-recommends', 'chromium')
  } catch (error) {
    throw new Error(
      'Chromium is needed, and apt-get could not install it: install one and name it in CHROMIUM_PATH ' +
        `(${error instanceof Error ? error.message.trim().split('\n').at(-1) : error})`,
    )
  }
}
