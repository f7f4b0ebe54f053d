import type { SafeStorage } from '../session/storage.ts'

export const LOCALES = ['ru', 'en'] as const
export type Locale = (typeof LOCALES)[number]

/** Each in its own words. */
export const LANGUAGE_NAMES: Record<Locale, string> = { ru: 'Русский', en: 'English' }

const LOCALE_KEY = 'oko.locale'

const isLocale = (value: unknown): value is Locale => value === 'ru' || value === 'en'

/** The user's setting, else `?lang=`, else the browser's first language we have, else Russian. */
export function chooseLocale(storage: SafeStorage, search: string, languages: readonly string[]): Locale {
  const setting = storage.read(LOCALE_KEY)
  if (isLocale(setting)) return setting
  const asked = new URLSearchParams(search).get('lang')
  if (isLocale(asked)) return asked
  return languages.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLocale) ?? 'ru'
}

/** Keeps the user's choice for the next time. */
export const storeLocale = (storage: SafeStorage, locale: Locale) => storage.write(LOCALE_KEY, locale)
