import { createContext, type ReactNode, useContext, useLayoutEffect, useMemo } from 'react'
import { I18nProvider } from 'react-aria-components'
import { IntlProvider } from 'react-intl'
import { useSurroundings } from '../ui/surroundings.tsx'
import { useFollowing } from '../ui/use-following.ts'
import { en } from './en.ts'
import { chooseFormats, type Locale } from './locale.ts'
import { ru } from './ru.ts'

const MESSAGES = { ru, en }

type LocaleSetting = { locale: Locale; setLocale(locale: Locale): void }

const LocaleContext = createContext<LocaleSetting>({ locale: 'ru', setLocale: () => {} })

/** The current language and the way to change it. */
export const useLocaleSetting = () => useContext(LocaleContext)

type Props = { initialLocale: Locale; onChange?: (locale: Locale) => void; children: ReactNode }

/** Messages, dates and widgets in one language; `onChange` hears of every change by the user. */
export function LocaleProvider({ initialLocale, onChange, children }: Props) {
  const { showLocale } = useSurroundings()
  const [locale, setLocale] = useFollowing(initialLocale)
  const setting = useMemo(
    () => ({
      locale,
      setLocale: (next: Locale) => {
        onChange?.(next)
        setLocale(next)
      },
    }),
    [locale, setLocale, onChange],
  )
  useLayoutEffect(() => showLocale(locale), [showLocale, locale])
  const formats = chooseFormats(locale, navigator.languages)
  return (
    <LocaleContext value={setting}>
      <IntlProvider locale={formats} messages={MESSAGES[locale]} defaultLocale="ru">
        <I18nProvider locale={formats}>{children}</I18nProvider>
      </IntlProvider>
    </LocaleContext>
  )
}
