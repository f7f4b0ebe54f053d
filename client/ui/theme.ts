import type { SafeStorage } from '../session/storage.ts'

export const THEMES = ['auto', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const THEME_KEY = 'oko.theme'

/** The user's setting; without one the system's. */
export function readTheme(storage: SafeStorage): Theme {
  const setting = storage.read(THEME_KEY)
  return THEMES.find((theme) => theme === setting) ?? 'auto'
}

/** Shows a theme and keeps it; `auto` follows the system by media query. */
export function applyTheme(storage: SafeStorage, theme: Theme, root: HTMLElement = document.documentElement) {
  storage.write(THEME_KEY, theme === 'auto' ? null : theme)
  if (theme === 'auto') delete root.dataset.theme
  else root.dataset.theme = theme
}
