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

/**
 * The tag that dates, times and numbers are written by: the browser's own first language (`en-US`, `en-GB`) where it is the
 * one spoken here. Else English as it is written where the clock goes like the reader's: on 24 hours, or twice on 12.
 */
export function chooseFormats(locale: Locale, [first]: readonly string[]): string {
  const asRead = first === undefined ? undefined : hourFormat(first)?.resolvedOptions()
  if (asRead?.locale.split('-')[0] === locale) return asRead.locale
  if (locale === 'ru') return 'ru'
  return asRead?.hourCycle === 'h12' || asRead?.hourCycle === 'h11' ? 'en-US' : 'en-GB'
}

/** Undefined for what some systems have among a browser's languages and no standard knows (`en-US@posix`). */
function hourFormat(tag: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat(tag, { hour: 'numeric' })
  } catch {
    return undefined
  }
}

/** Keeps the user's choice for the next time. */
export const storeLocale = (storage: SafeStorage, locale: Locale) => storage.write(LOCALE_KEY, locale)
