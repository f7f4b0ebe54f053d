import { type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { type OkoConfig, readConfig } from './config.ts'
import { obeyConnectionSwitch } from './demo/connection-switch.ts'
import { chooseLocale, type Locale, storeLocale } from './i18n/locale.ts'
import { LocaleProvider } from './i18n/provider.tsx'
import type { Session, SessionOptions } from './session/session.ts'
import { SignInPage } from './session/sign-in-page.tsx'
import { browserStorage } from './session/storage.ts'
import { fixedToken, storedToken, type TokenSource } from './session/token.ts'
import { yieldFocusToOtherFrames } from './ui/frame-focus.ts'
import { LaterPart, later } from './ui/later.tsx'
import { readTheme, storeTheme, type Theme } from './ui/theme.ts'
import { ThemeProvider } from './ui/theme-provider.tsx'
import './ui/tokens.css'
import './ui/page.css'
import './ui/base.css'

const dashboardPage = later(async () => (await import('./session/dashboard-page.tsx')).DashboardPage)
const demoPage = later(async () => (await import('./demo/demo-page.tsx')).DemoPage)

const storage = browserStorage()
const config = readConfig(document)
const search = new URLSearchParams(window.location.search)
let locale: Locale = chooseLocale(storage, window.location.search, navigator.languages)

yieldFocusToOtherFrames()

const obeyDemo = ({ network }: Session) => obeyConnectionSwitch(network)

function selectPage({ graphqlPath, demo }: OkoConfig): ReactNode {
  const dashboard = (tokens: TokenSource) => {
    const options: SessionOptions = { graphqlUrl: graphqlPath, tokens, readLocale: () => locale, storage }
    return (
      <LaterPart of={dashboardPage}>
        <dashboardPage.Component options={options} {...(demo ? { onSession: obeyDemo } : {})} />
      </LaterPart>
    )
  }
  if (demo) {
    const personId = search.get('person')
    if (personId === null) {
      return (
        <LaterPart of={demoPage}>
          <demoPage.Component graphqlPath={graphqlPath} {...demo} />
        </LaterPart>
      )
    }
    const person = demo.people.find(({ externalId }) => externalId === personId)
    return person ? dashboard(fixedToken(person.token)) : <SignInPage reason="unknownPerson" />
  }
  const tokens = storedToken(storage)
  if (tokens.read() !== null) return dashboard(tokens)
  // The host's own code signs in, in this tab or another.
  window.addEventListener('storage', ({ key }) => {
    if (key === 'access_token') window.location.reload()
  })
  return <SignInPage reason="missing" />
}

const onLocaleChange = (next: Locale) => {
  locale = next
  storeLocale(storage, next)
}

const onThemeChange = (next: Theme) => storeTheme(storage, next)

const root = document.getElementById('root')
if (!root) throw new Error('The page has no #root')
createRoot(root).render(
  <StrictMode>
    <LocaleProvider initialLocale={locale} onChange={onLocaleChange}>
      <ThemeProvider initialTheme={readTheme(storage)} onChange={onThemeChange}>
        {selectPage(config)}
      </ThemeProvider>
    </LocaleProvider>
  </StrictMode>,
)
