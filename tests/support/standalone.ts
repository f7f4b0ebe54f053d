import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { createApp } from '../../api/app.ts'
import { readConfig } from '../../api/config.ts'
import { createLogger } from '../../api/logger.ts'
import type { TestDatabase } from './app.ts'
import { findChromium } from './chromium.ts'

export interface Stage {
  url: string
  database: TestDatabase
  browser: Browser
}

/** The product in demo mode on a database of its own and a Chromium, for scripts outside a test run; gone after `play`. */
export async function onStage(play: (stage: Stage) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'oko-stage-'))
  const drop = async () => rmSync(folder, { recursive: true, force: true })
  const database = { url: `file:${join(folder, 'oko.db')}`, drop }
  const config = readConfig({ PORT: '0', DATABASE_URL: database.url })
  const app = await createApp({ config, logger: createLogger('silent') })
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  })
  try {
    await play({ url: app.url, database, browser })
  } finally {
    await browser.close()
    await app.close()
    await drop()
  }
}
