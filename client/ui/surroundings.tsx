import { createContext, use } from 'react'
import type { Locale } from '../i18n/locale.ts'
import type { Theme } from './theme.ts'

/** What of the page around it a dashboard may change. */
export type Surroundings = {
  /** Says what language the dashboard's words are in. */
  showLocale(locale: Locale): void
  /** Shows a look; `auto` follows the system by media query. */
  showTheme(theme: Theme): void
  /** Whether the page's title and icon are the dashboard's, too; false on a page of the host's. */
  ownsPage: boolean
}

const SurroundingsContext = createContext<Surroundings | null>(null)

export const SurroundingsProvider = SurroundingsContext

/** Without a provider the dashboard is alone on its page. */
export const useSurroundings = (): Surroundings => use(SurroundingsContext) ?? WHOLE_PAGE

const WHOLE_PAGE: Surroundings = {
  showLocale: (locale) => {
    document.documentElement.lang = locale
  },
  showTheme: (theme) => {
    if (theme === 'auto') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
  },
  ownsPage: true,
}
