import { createRoot, type Root } from 'react-dom/client'
import { LOCALES, type Locale } from '../i18n/locale.ts'
import { subjectOf } from '../session/token.ts'
import type { Surroundings } from '../ui/surroundings.tsx'
import { THEMES, type Theme } from '../ui/theme.ts'
import { EmbeddedDashboard } from './embedded-dashboard.tsx'
import { addFonts } from './fonts.ts'
import { createHostTokens, type HostTokens, type TokenAnswer } from './host-tokens.ts'
import { createOverlayLayer } from './overlay-layer.ts'
import { sheetFor } from './styles.ts'

const ATTRIBUTES = ['api-url', 'token', 'locale', 'theme'] as const
const PROPERTIES = ['apiUrl', 'token', 'locale', 'theme', 'onTokenExpired'] as const

type OnTokenExpired = () => TokenAnswer | Promise<TokenAnswer>

/**
 * `<oko-dashboard api-url token locale theme>`: the dashboard on a host's page, in a shadow root. Each attribute is a
 * property, too (`apiUrl`); what was set last counts. Shows nothing until it has an address and a token.
 *
 * When the token has expired, `onTokenExpired` is asked for a fresh one and an `oko-token-expired` event is dispatched, whose
 * listeners may set `token`. It is asked again, at most every ten seconds, until there is one that the server accepts.
 */
export class OkoDashboardElement extends HTMLElement {
  static readonly observedAttributes = ATTRIBUTES

  #apiUrl = ''
  #token = ''
  #locale: Locale | null = null
  #theme: Theme | null = null
  #onTokenExpired: OnTokenExpired | null = null

  #root: Root | null = null
  #tokens: HostTokens | null = null
  /** What a session is opened for; another one is another session. */
  #sessionKey = ''
  #isStale = false
  readonly #dashboard = document.createElement('div')
  readonly #layer = createOverlayLayer(document)
  readonly #pageWatch = new MutationObserver(() => this.#update())
  readonly #surroundings: Surroundings

  constructor() {
    super()
    this.#dashboard.className = 'dashboard'
    const shadow = this.attachShadow({ mode: 'open' })
    shadow.adoptedStyleSheets = [sheetFor(document)]
    shadow.append(this.#dashboard, this.#layer.element)
    this.#surroundings = {
      // Not on the element itself: what the host has within it is the host's.
      showLocale: (locale) => {
        this.#dashboard.lang = locale
        this.#layer.element.lang = locale
      },
      showTheme: (theme) => {
        if (theme === 'auto') delete this.dataset.okoTheme
        else this.dataset.okoTheme = theme
      },
      ownsPage: false,
    }
  }

  /** Address of the API, such as `https://chat.example.com/graphql`; its WebSocket is the same with wss. */
  get apiUrl(): string {
    return this.#apiUrl
  }
  set apiUrl(value: string | null | undefined) {
    this.#apiUrl = value ?? ''
    this.#update()
  }

  /** Whom the dashboard speaks for. Another person's token opens another session, a newer one of the same goes on. */
  get token(): string {
    return this.#token
  }
  set token(value: string | null | undefined) {
    this.#token = value ?? ''
    this.#update()
  }

  /** `ru` or `en`; anything else leaves the choice to the viewer and the browser. */
  get locale(): Locale | null {
    return this.#locale
  }
  set locale(value: string | null | undefined) {
    this.#locale = LOCALES.find((one) => one === value) ?? null
    this.#update()
  }

  /** `light`, `dark` or `auto` (as the system has it); anything else leaves the choice to the viewer. */
  get theme(): Theme | null {
    return this.#theme
  }
  set theme(value: string | null | undefined) {
    this.#theme = THEMES.find((one) => one === value) ?? null
    this.#update()
  }

  /** Gives a fresh token, or a promise of one. */
  get onTokenExpired(): OnTokenExpired | null {
    return this.#onTokenExpired
  }
  set onTokenExpired(value: OnTokenExpired | null | undefined) {
    this.#onTokenExpired = value ?? null
  }

  attributeChangedCallback(name: (typeof ATTRIBUTES)[number], _before: string | null, value: string | null) {
    this[name === 'api-url' ? 'apiUrl' : name] = value
  }

  connectedCallback() {
    addFonts()
    // What was set before the browser knew this class hides its accessors.
    for (const name of PROPERTIES) {
      if (!Object.hasOwn(this, name)) continue
      const value: unknown = Reflect.get(this, name)
      Reflect.deleteProperty(this, name)
      Reflect.set(this, name, value)
    }
    this.#pageWatch.observe(this, { childList: true })
    this.#update()
  }

  disconnectedCallback() {
    this.#pageWatch.disconnect()
    // An element that is only moved is connected again by then.
    queueMicrotask(() => {
      if (!this.isConnected) this.#close()
    })
  }

  /** Shows what was set, once for all that is set in one go. */
  #update() {
    if (this.#isStale) return
    this.#isStale = true
    queueMicrotask(() => {
      this.#isStale = false
      if (this.isConnected) this.#render()
    })
  }

  #render() {
    if (this.#apiUrl === '' || this.#token === '') return this.#close()
    const sessionKey = `${subjectOf(this.#token)} ${this.#apiUrl}`
    if (!this.#tokens || sessionKey !== this.#sessionKey) {
      this.#sessionKey = sessionKey
      this.#tokens = createHostTokens(this.#token, () => this.#askForToken())
    }
    this.#tokens.set(this.#token)
    const hasHostPage = [...this.childNodes].some(isContent)
    this.toggleAttribute('data-oko-orders', !hasHostPage)
    this.#root ??= createRoot(this.#dashboard)
    this.#root.render(
      <EmbeddedDashboard
        key={sessionKey}
        apiUrl={this.#apiUrl}
        tokens={this.#tokens}
        locale={this.#locale}
        theme={this.#theme}
        surroundings={this.#surroundings}
        getOverlayContainer={this.#layer.raise}
        hasHostPage={hasHostPage}
      />,
    )
  }

  async #askForToken(): Promise<TokenAnswer> {
    this.dispatchEvent(new CustomEvent('oko-token-expired', { bubbles: true, composed: true }))
    const answer = await this.#onTokenExpired?.()
    // Kept, so that the next rendering doesn't bring back the old one.
    if (typeof answer === 'string') this.token = answer
    return answer
  }

  #close() {
    this.#root?.unmount()
    this.#root = null
    this.#tokens = null
    this.#sessionKey = ''
  }
}

/** White space between the element's tags is no page. */
const isContent = (node: Node) => node.nodeType === Node.ELEMENT_NODE || (node.textContent ?? '').trim() !== ''
