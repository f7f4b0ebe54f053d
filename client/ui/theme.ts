import type { SafeStorage } from '../session/storage.ts'

export const THEMES = ['auto', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const THEME_KEY = 'oko.theme'

/** The user's setting; without one the system's. */
export function readTheme(storage: SafeStorage): Theme {
  const setting = storage.read(THEME_KEY)
  return THEMES.find((theme) => theme === setting) ?? 'auto'
}

/** Keeps the user's choice for the next time. */
export const storeTheme = (storage: SafeStorage, theme: Theme) =>
  storage.write(THEME_KEY, theme === 'auto' ? null : theme)
