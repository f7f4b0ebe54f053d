import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
]
const actionTimeoutMs = 15_000
const testTimeoutMs = 90_000

/** For expect.poll: how long a page may take to come to a state. */
export const soon = { timeout: actionTimeoutMs }

export interface Device {
  context: BrowserContext
  page: Page
  /** Another tab of the same device. */
  openTab(): Promise<Page>
}

export interface DeviceOptions
  extends Pick<
    BrowserContextOptions,
    'locale' | 'viewport' | 'colorScheme' | 'timezoneId' | 'hasTouch' | 'permissions'
  > {
  /** Stands in localStorage['access_token'] before anything of the page runs. */
  token?: string
}

/** Opens an address on a device of its own (a fresh browser profile; Russian, unless told otherwise). */
export type OpenDevice = (url: string, options?: DeviceOptions) => Promise<Device>

/**
 * One Chromium for a test file. The function returned declares a test whose devices are closed after it. It fails, too, where
 * a page threw an error or its security policy was broken. Where it fails, pictures of all pages are kept, and the error
 * says where.
 */
export function browserTests(): (name: string, run: (open: OpenDevice) => Promise<void>) => void {
  let browser: Browser | undefined
  beforeAll(async () => {
    const found = inject('chromium')
    if ('missing' in found) throw new Error(found.missing)
    browser = await chromium.launch({ executablePath: found.path, args })
  })
  afterAll(() => browser?.close())

  return (name, run) =>
    test(
      name,
      async () => {
        const contexts: BrowserContext[] = []
        const complaints: string[] = []
        const open: OpenDevice = async (url, { token, ...options } = {}) => {
          if (!browser) throw new Error('Chromium is not running')
          const context = await browser.newContext({
            locale: 'ru-RU',
            // Nothing that slides has to be waited for.
            reducedMotion: 'reduce',
            viewport: { width: 1280, height: 800 },
            ...options,
            ...(token && { storageState: signedIn(url, token) }),
          })
          contexts.push(context)
          context.setDefaultTimeout(actionTimeoutMs)
          context.on('weberror', (error) => complaints.push(String(error.error())))
          context.on('console', (line) => {
            if (/Content Security Policy/.test(line.text())) complaints.push(line.text())
          })
          const openTab = async () => {
            const page = await context.newPage()
            await page.goto(url)
            return page
          }
          return { context, page: await openTab(), openTab }
        }
        try {
          await run(open)
          expect(complaints).toEqual([])
        } catch (error) {
          throw await withPictures(error, contexts)
        } finally {
          await Promise.all(contexts.map((context) => context.close()))
        }
      },
      testTimeoutMs,
    )
}

/** What the host's own sign-in leaves in a browser. */
const signedIn = (url: string, token: string) => ({
  cookies: [],
  origins: [{ origin: new URL(url).origin, localStorage: [{ name: 'access_token', value: token }] }],
})

async function withPictures(error: unknown, contexts: readonly BrowserContext[]): Promise<unknown> {
  if (!(error instanceof Error)) return error
  const folder = mkdtempSync(join(tmpdir(), 'oko-e2e-'))
  const pages = contexts.flatMap((context) => context.pages())
  const paths = await Promise.all(
    pages.map(async (page, index) => {
      const path = join(folder, `page-${index + 1}.png`)
      return page.screenshot({ path, timeout: 5000 }).then(
        () => path,
        () => `(none of ${page.url()})`,
      )
    }),
  )
  error.message += `\nThe pages then: ${paths.join(', ')}`
  return error
}
