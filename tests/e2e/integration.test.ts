import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'
import { build } from 'vite'
import { afterAll, beforeAll, expect, vi } from 'vitest'
import { createTestDatabase, startTestApp, type TestApp, type TestDatabase } from '../support/app.ts'
import { browserTests, soon } from '../support/browser.ts'
import { dashboard } from '../support/browser-dashboard.ts'
import { docFiles } from '../support/doc-files.ts'
import { type HostSite, startHostSite } from '../support/host-site.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

let folder: string
let database: TestDatabase
let app: TestApp
let site: string
let server: ChildProcess
let reactSite: HostSite

/** The page's files, with the addresses that stand for the reader's replaced by real ones. */
let files: Map<string, string>

beforeAll(async () => {
  const port = await freePort()
  site = `http://127.0.0.1:${port}`
  reactSite = await startHostSite()
  database = await createTestDatabase('postgresql')
  const shown = docFiles('integration.md')
  const env = parseEnv((shown.get('.env') ?? '').replace('https://www.example.com', `${site},${reactSite.origin}`))
  // With the settings of the page, but for the database, whose address can only be ours.
  app = await startTestApp('postgresql', { database, env: { ...env, DATABASE_URL: database.url } })
  files = new Map([...shown].map(([name, text]) => [name, text.replaceAll('https://chat.example.com', app.url)]))

  folder = mkdtempSync(join(tmpdir(), 'oko-host-'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  for (const [name, text] of files) writeFileSync(join(folder, name), text)
  server = spawn(process.execPath, ['server.mjs'], {
    cwd: folder,
    env: { PORT: String(port), OKO_URL: app.url, JWT_SECRET: env.JWT_SECRET ?? '' },
    stdio: 'inherit',
  })
  await vi.waitFor(async () => expect((await fetch(site)).status).toBe(401), soon)
})

afterAll(async () => {
  server?.kill()
  await reactSite?.close()
  await app?.close()
  await database?.drop()
  if (folder) rmSync(folder, { recursive: true, force: true })
})

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

const as = (session: string) => ({ headers: { cookie: `session=${session}` } })
const post = async (path: string) => {
  const response = await fetch(`${site}${path}`, { method: 'POST', ...as('anna') })
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
}

const scene = browserTests()

scene(
  'the code of docs/integration.md makes a chat of an order, embeds it, tells of a payment, and changes the expert',
  async (open) => {
    // Twice, as after a timeout: one order, one chat.
    await post('/orders/10482/accept')
    await post('/orders/10482/accept')
    await post('/orders/10482/pay')
    await post('/orders/10482/pay')

    const openAs = async (session: string) => {
      const { context, page } = await open('about:blank')
      await context.addCookies([{ name: 'session', value: session, url: site }])
      await page.goto(site)
      return { page, side: dashboard(page) }
    }
    const anna = await openAs('anna')
    const boris = await openAs('boris')
    await anna.page.getByRole('heading', { name: 'Мои заказы' }).waitFor()
    await anna.side.openChat('Курсовая по праву')
    expect(await anna.side.messages.getByRole('list').getByRole('button', { name: 'Курсовая по праву' }).count()).toBe(
      1,
    )
    await anna.side.write('Здравствуйте! Возьмётесь?')
    await boris.side.button('Сообщения, 1 непрочитанное').waitFor()
    await boris.side.openChat('Курсовая по праву')
    await boris.side.message('Здравствуйте! Возьмётесь?').waitFor()
    await boris.side.write('Пишите на boris@example.com')
    await boris.side.alert.waitFor()
    await boris.side.close()

    await boris.side.notificationsButton.click()
    await boris.side.notifications.getByText('Заказ оплачен').waitFor()
    expect(await boris.side.notifications.getByText('Заказ оплачен').count()).toBe(1)
    await boris.side.notifications.getByText('Заказ оплачен').click()
    await boris.page.waitForURL(`${site}/orders/10482`)

    await post('/orders/10482/replace')
    const vera = await openAs('vera')
    await vera.side.openChat('Курсовая по праву')
    await vera.side.message('Здравствуйте! Возьмётесь?').waitFor()
    await expect.poll(() => boris.side.button('Сообщения').count(), soon).toBe(1)
    await boris.side.messagesButton.click()
    await boris.side.messages.getByText('Пока нет чатов').waitFor()
  },
)

scene('the React component of docs/integration.md embeds it in a React page', async (open) => {
  await post('/orders/10482/accept')
  mkdirSync(join(folder, 'oko'), { recursive: true })
  writeFileSync(join(folder, 'oko/react.js'), await (await fetch(`${app.url}/embed/react.js`)).text())
  for (const types of ['react.d.ts', 'oko-dashboard.d.ts'])
    expect(await (await fetch(`${app.url}/embed/${types}`)).text()).toContain('OkoDashboardElement')
  writeFileSync(
    join(folder, 'main.jsx'),
    `import { createRoot } from 'react-dom/client'
     import { Dashboard } from './dashboard.jsx'
     createRoot(document.querySelector('#root')).render(<Dashboard><h1>Кабинет</h1></Dashboard>)`,
  )
  const built = await build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    // A test run's own NODE_ENV would have it built for development.
    oxc: { jsx: { runtime: 'automatic', development: false } },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, lib: { entry: join(folder, 'main.jsx'), formats: ['es'], fileName: 'main' } },
  })
  const [bundle] = Array.isArray(built) ? built : [built]
  if (!bundle || !('output' in bundle)) throw new Error('nothing was built')
  reactSite.put('/main.js', bundle.output[0].code)
  reactSite.put('/oko-token', await (await fetch(`${site}/oko-token`, as('anna'))).text())
  const { page } = await open(
    reactSite.put(
      '/',
      `<script type="module" src="${app.url}/embed/oko-dashboard.js"></script>
       <div id="root"></div><script type="module" src="/main.js"></script>`,
    ),
  )
  const side = dashboard(page)
  await side.status.getByText('На связи').waitFor()
  await page.getByRole('heading', { name: 'Кабинет' }).waitFor()
  await side.openChat('Курсовая по праву')
  await side.write('Пишу со страницы на React')
  await side.message('Пишу со страницы на React').waitFor()
})
