import { useState } from 'react'
import { UNSAFE_PortalProvider } from 'react-aria/PortalProvider'
import { chooseLocale, type Locale, storeLocale } from '../i18n/locale.ts'
import { LocaleProvider } from '../i18n/provider.tsx'
import { DashboardPage } from '../session/dashboard-page.tsx'
import type { SessionOptions } from '../session/session.ts'
import { browserStorage } from '../session/storage.ts'
import { type Surroundings, SurroundingsProvider } from '../ui/surroundings.tsx'
import { readTheme, storeTheme, type Theme } from '../ui/theme.ts'
import { ThemeProvider } from '../ui/theme-provider.tsx'
import type { HostTokens } from './host-tokens.ts'
import { scopedStorage } from './scoped-storage.ts'

type Props = {
  apiUrl: string
  tokens: HostTokens
  /** What the host asks for; null: the viewer's own choice, else the browser's language. */
  locale: Locale | null
  /** The same for the look. */
  theme: Theme | null
  surroundings: Surroundings
  getOverlayContainer(): HTMLElement
  /** Whether the host has put a page of its own into the element; else the viewer's orders are shown. */
  hasHostPage: boolean
}

/** The dashboard within a shadow root. Mount it anew (`key`) for another `apiUrl`, other `tokens` or `surroundings`. */
export function EmbeddedDashboard({ locale, theme, getOverlayContainer, hasHostPage, ...fixed }: Props) {
  const [own] = useState(() => createOwn(fixed))
  return (
    <SurroundingsProvider value={own.surroundings}>
      <UNSAFE_PortalProvider getContainer={getOverlayContainer}>
        <LocaleProvider initialLocale={locale ?? own.locale} onChange={own.keepLocale}>
          <ThemeProvider initialTheme={theme ?? own.theme} onChange={own.keepTheme}>
            <DashboardPage options={own.options}>{hasHostPage ? <slot /> : null}</DashboardPage>
          </ThemeProvider>
        </LocaleProvider>
      </UNSAFE_PortalProvider>
    </SurroundingsProvider>
  )
}

/** What stays as it is for as long as the dashboard is mounted. */
function createOwn({ apiUrl, tokens, surroundings }: Pick<Props, 'apiUrl' | 'tokens' | 'surroundings'>) {
  const graphqlUrl = new URL(apiUrl, window.location.href).href
  const storage = scopedStorage(browserStorage(), graphqlUrl)
  const locale = chooseLocale(storage, '', navigator.languages)
  let shownLocale = locale
  const options: SessionOptions = { graphqlUrl, tokens, readLocale: () => shownLocale, storage }
  return {
    options,
    locale,
    theme: readTheme(storage),
    keepLocale: (next: Locale) => storeLocale(storage, next),
    keepTheme: (next: Theme) => storeTheme(storage, next),
    surroundings: {
      ...surroundings,
      showLocale: (next: Locale) => {
        shownLocale = next
        surroundings.showLocale(next)
      },
    },
  }
}
