import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright-core'
import { installPackage } from './apt.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const macApps = ['Chromium', 'Google Chrome'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`)

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
  if (!installedChromium()) installPackage('chromium')
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
