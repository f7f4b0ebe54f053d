import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { browserTests, soon } from '../support/browser.ts'
import { dashboard } from '../support/browser-dashboard.ts'
import { type HostSite, startHostSite } from '../support/host-site.ts'
import { createChat, type Person, person, send } from '../support/market.ts'
import { tokenFor } from '../support/tokens.ts'

let host: HostSite
let app: TestApp

beforeAll(async () => {
  host = await startHostSite()
  app = await startTestApp('sqlite', { env: { ALLOWED_ORIGINS: host.origin } })
})
afterAll(async () => {
  await app?.close()
  await host?.close()
})

const scene = browserTests()

let count = 0

/** Two people and their chat, in which Boris has said something. */
async function pair(title: string): Promise<{ anna: Person; boris: Person; chatId: string }> {
  count++
  const anna = await person(`anna-${count}`, { name: 'Анна Клиентова' })
  const boris = await person(`boris-${count}`, { name: 'Борис Экспертов' })
  const chatId = await createChat(app.url, [anna, boris], title)
  await send(app.url, boris.token, chatId, 'Здравствуйте! Готов взяться.')
  return { anna, boris, chatId }
}

const element = (attributes: Record<string, string>, content = '') =>
  `<oko-dashboard ${Object.entries({ 'api-url': `${app.url}/graphql`, locale: 'ru', ...attributes })
    .map(([name, value]) => `${name}="${value}"`)
    .join(' ')}>${content}</oko-dashboard>`

/** A page of the host's with the built file from our server. */
const hostPage = (body: string, head = '') =>
  host.put(
    `/page-${++count}`,
    `<!doctype html><html><head><title>Marketplace</title>${head}
     <script type="module" src="${app.url}/embed/oko-dashboard.js"></script></head><body>${body}</body></html>`,
  )

const styleOf = (locator: Locator, property: string) =>
  locator.evaluate((node, name) => getComputedStyle(node).getPropertyValue(name), property)

/** What has the focus, through all shadow roots: its role or tag, and whether a dialog is around it. */
const focused = (page: Page) =>
  page.evaluate(() => {
    let active = document.activeElement
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
    return { name: active?.getAttribute('aria-label') ?? null, isInDialog: !!active?.closest('[role="dialog"]') }
  })

const hostileCss = `<style data-host>
  * { letter-spacing: 5px !important; text-transform: uppercase !important; font: italic 30px/70px serif !important;
      direction: rtl; color: magenta !important; text-align: right !important; cursor: wait !important; visibility: visible }
  div, main, header, section, ul, li, span { border: 7px solid lime !important; padding: 50px !important; float: left }
  button, textarea, [role="dialog"], [role="log"] { display: none !important; opacity: 0 !important }
  body { transform: translateX(0); overflow: hidden; height: 600px; margin: 0 }
  .banner { position: fixed; inset: 0; z-index: 2147483647; pointer-events: none; background: rgb(0 0 0 / 0.1) }
</style>`

scene('works on a page of another origin whose CSS is hostile, and changes nothing of that page', async (open) => {
  const { anna, boris, chatId } = await pair('Курсовая по праву')
  const { page } = await open(
    hostPage(`<p id="own">Host</p>${element({ token: anna.token })}<div class="banner"></div>`, hostileCss),
  )
  const side = dashboard(page)
  await side.button('Сообщения, 1 непрочитанное').waitFor()
  await side.status.getByText('На связи').waitFor()
  const button = side.messagesButton
  expect(await styleOf(button, 'letter-spacing')).toBe('normal')
  expect(await styleOf(button, 'text-transform')).toBe('none')
  expect(await styleOf(button, 'font-family')).toMatch(/^"Oko Inter"/)
  expect(await styleOf(button, 'font-size')).toBe('14px')
  expect(await styleOf(button, 'width')).toBe('40px')
  expect(await styleOf(button, 'direction')).toBe('ltr')
  expect(await page.evaluate(() => document.fonts.check('14px "Oko Inter"', 'Яz'))).toBe(true)

  // The dialog covers the screen, though the body is transformed and clips, and something of the host's lies on top.
  await side.openChat('Курсовая по праву')
  const box = await side.messages.boundingBox()
  expect(box).toMatchObject({ width: 1040, height: 720 })
  await side.message('Здравствуйте! Готов взяться.').click()
  await side.write('Спасибо, начинайте.')
  await side.message('Спасибо, начинайте.').waitFor()
  expect(await styleOf(side.message('Спасибо, начинайте.'), 'text-transform')).toBe('none')
  await send(app.url, boris.token, chatId, 'Начал.')
  await side.message('Начал.').waitFor()

  // Focus stays in the dialog, and comes back from it.
  for (let step = 0; step < 12; step++) {
    await page.keyboard.press('Tab')
    expect((await focused(page)).isInDialog).toBe(true)
  }
  await side.close()
  await expect.poll(async () => (await focused(page)).name, soon).toBe('Сообщения')

  // A menu and a panel open where their buttons are.
  await page.getByRole('button', { name: 'Меню: Анна Клиентова' }).click()
  await page.getByRole('menuitemradio', { name: 'Тёмное' }).click()
  expect(await styleOf(page.getByRole('banner'), 'background-color')).toBe('rgb(23, 27, 33)')
  await side.notificationsButton.click()
  const panel = await side.notifications.boundingBox()
  const bell = await side.notificationsButton.boundingBox()
  expect(panel?.y).toBeGreaterThanOrEqual((bell?.y ?? 0) + (bell?.height ?? 0))
  expect(panel?.y).toBeLessThan((bell?.y ?? 0) + 80)
  await side.close()

  const outside = await page.evaluate(() => ({
    title: document.title,
    lang: document.documentElement.lang,
    theme: document.documentElement.dataset.theme,
    rules: [...document.styleSheets]
      .filter(({ ownerNode }) => !(ownerNode as Element).matches('[data-host]'))
      .flatMap(({ cssRules }) => [...cssRules].map(({ cssText }) => cssText.replace(/\s+/g, ' '))),
    body: [...document.body.children].map(({ tagName }) => tagName),
    own: getComputedStyle(document.querySelector('#own') as Element).color,
  }))
  expect(outside).toEqual({
    title: 'Marketplace',
    lang: '',
    theme: undefined,
    // React Aria's own, which names nothing but its own.
    rules: ['@layer { [data-react-aria-pressable] { touch-action: pan-x pan-y pinch-zoom; } }'],
    body: ['P', 'OKO-DASHBOARD', 'DIV'],
    own: 'rgb(255, 0, 255)',
  })
})

scene('two people on one page each have their own connection, language and look', async (open) => {
  const { anna, boris } = await pair('Реферат')
  const { page } = await open(
    hostPage(
      element({ id: 'anna', token: anna.token, theme: 'light' }) +
        element({ id: 'boris', token: boris.token, locale: 'en', theme: 'dark' }),
    ),
  )
  const left = dashboard(page.locator('#anna'))
  const right = dashboard(page.locator('#boris'), 'en')
  await left.button('Сообщения, 1 непрочитанное').waitFor()
  await right.button('Messages').waitFor()
  expect(await styleOf(page.locator('#anna').getByRole('banner'), 'background-color')).toBe('rgb(255, 255, 255)')
  expect(await styleOf(page.locator('#boris').getByRole('banner'), 'background-color')).toBe('rgb(23, 27, 33)')

  await left.openChat('Реферат')
  await left.write('Пришлю завтра.')
  await left.message('Пришлю завтра.').waitFor()
  await left.close()
  await right.openChat('Реферат')
  await right.message('Пришлю завтра.').waitFor()
  expect(await styleOf(right.messages, 'color')).toBe('rgb(236, 239, 243)')
})

scene(
  'takes colours from custom properties, and language, look and page from the host as it changes them',
  async (open) => {
    const { anna } = await pair('Эссе')
    const { page } = await open(
      hostPage(
        `<style>oko-dashboard { --oko-accent: rgb(200, 0, 100) }</style>
       ${element({ token: anna.token, theme: 'light' }, '<h1 id="orders">Мой кабинет</h1>')}`,
      ),
    )
    const node = page.locator('oko-dashboard')
    const side = dashboard(page)
    await side.openChat('Эссе')
    await side.field.fill('Ещё не отправлено')
    await expect.poll(() => styleOf(side.send, 'background-color'), soon).toBe('rgb(200, 0, 100)')
    // The host's own page stands under the header, in the host's type.
    expect(await styleOf(page.locator('#orders'), 'font-family')).not.toContain('Oko')
    await expect.poll(() => page.getByText('Мои заказы').count()).toBe(0)

    await node.evaluate((dashboard) => {
      dashboard.setAttribute('locale', 'en')
      dashboard.setAttribute('theme', 'dark')
    })
    const english = dashboard(page, 'en')
    await english.field.waitFor()
    // Nothing was lost on the way: the same dialog, the same text.
    expect(await english.field.inputValue()).toBe('Ещё не отправлено')
    expect(await styleOf(english.messages, 'color')).toBe('rgb(236, 239, 243)')

    await english.close()
    await page.locator('#orders').evaluate((heading) => heading.remove())
    await page.getByRole('heading', { name: 'My orders' }).waitFor()

    // Signed out by the host: nothing is left of the person.
    await node.evaluate((dashboard) => dashboard.removeAttribute('token'))
    await expect.poll(() => english.messagesButton.count(), soon).toBe(0)
  },
)

for (const way of ['event', 'callback'] as const) {
  scene(
    `goes on with the fresh token that the host gives by ${way} when one expires, and misses nothing`,
    async (open) => {
      const { anna, boris, chatId } = await pair(`Задача ${way}`)
      const now = Math.floor(Date.now() / 1000)
      const brief = await tokenFor(anna.externalId, { name: 'Анна Клиентова', exp: now + 8 })
      const { page } = await open(
        hostPage(`${element({ token: brief })}<script>
        const dashboard = document.querySelector('oko-dashboard')
        window.asked = 0
        const whenAllowed = new Promise((resolve) => { window.allow = resolve })
        const fresh = async () => { window.asked++; await whenAllowed; return '${anna.token}' }
        ${
          way === 'event'
            ? "addEventListener('oko-token-expired', async ({ target }) => { target.token = await fresh() })"
            : 'dashboard.onTokenExpired = fresh'
        }
      </script>`),
      )
      const side = dashboard(page)
      await side.openChat(`Задача ${way}`)
      await side.status.getByText('На связи').waitFor()
      await page.waitForFunction('window.asked === 1')
      // The second, where the machine has taken its time.
      await side.status.getByText(/Переподключение|Войдите заново/).waitFor()
      // Meanwhile: one message from each side.
      await send(app.url, boris.token, chatId, 'Пока вас не было')
      await side.write('Пишу с просроченным токеном')
      await page.evaluate('window.allow()')
      await side.status.getByText('На связи').waitFor()
      await side.message('Пока вас не было').waitFor()
      await side.message('Пишу с просроченным токеном').waitFor()
      await expect.poll(() => side.log.getByText('Пишу с просроченным токеном').count(), soon).toBe(1)
      expect(await page.evaluate('window.asked')).toBe(1)
    },
  )
}

scene('begins with a token that has expired already: asks once for another, and shows everything', async (open) => {
  const { anna } = await pair('Доклад')
  const old = await tokenFor(anna.externalId, { exp: Math.floor(Date.now() / 1000) - 60 })
  const { page } = await open(
    hostPage(`${element({ token: old })}<script>
      window.asked = 0
      document.querySelector('oko-dashboard').onTokenExpired = async () => { window.asked++; return '${anna.token}' }
    </script>`),
  )
  const side = dashboard(page)
  await side.status.getByText('На связи').waitFor()
  await side.button('Сообщения, 1 непрочитанное').waitFor()
  await page.getByRole('heading', { name: 'Доклад' }).waitFor()
  expect(await page.evaluate('window.asked')).toBe(1)
})

scene(
  'says that signing in again is needed where the host gives no fresh token, and goes on once it does',
  async (open) => {
    const { anna, boris, chatId } = await pair('Лекция')
    const brief = await tokenFor(anna.externalId, { name: 'Анна Клиентова', exp: Math.floor(Date.now() / 1000) + 8 })
    const { page } = await open(hostPage(element({ token: brief })))
    const side = dashboard(page)
    await side.openChat('Лекция')
    await side.message('Здравствуйте! Готов взяться.').waitFor()
    await side.messages.getByText('Вход истёк. Войдите на площадке ещё раз').waitFor()
    await side.status.getByText('Войдите заново').waitFor()
    await send(app.url, boris.token, chatId, 'Жду вас')
    await page.locator('oko-dashboard').evaluate((node, token) => Object.assign(node, { token }), anna.token)
    await side.status.getByText('На связи').waitFor()
    await side.message('Жду вас').waitFor()

    // Nothing to show yet, and a host that is asked and never answers.
    const old = await tokenFor(anna.externalId, { exp: Math.floor(Date.now() / 1000) - 60 })
    const late = await open(
      hostPage(`${element({ token: old })}<script>
      document.querySelector('oko-dashboard').onTokenExpired = () => new Promise(() => {})
    </script>`),
    )
    await late.page.getByText('Вход истёк').waitFor()
  },
)
