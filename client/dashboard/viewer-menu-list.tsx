import { Check } from 'lucide-react'
import type { RefObject } from 'react'
import { Header, Menu, MenuItem, MenuSection, Popover } from 'react-aria-components'
import { useIntl } from 'react-intl'
import { LANGUAGE_NAMES, LOCALES, type Locale } from '../i18n/locale.ts'
import { useLocaleSetting } from '../i18n/provider.tsx'
import menu from '../ui/menu.module.css'
import { THEMES, type Theme } from '../ui/theme.ts'
import { useThemeSetting } from '../ui/theme-provider.tsx'
import { useFirstItem } from '../ui/use-first-item.ts'

type Props = { triggerRef: RefObject<HTMLButtonElement | null>; onClose(): void }

/** Language and appearance. Both apply at once and are kept in this browser. */
export function ViewerMenuList({ triggerRef, onClose }: Props) {
  const intl = useIntl()
  const ref = useFirstItem<HTMLDivElement>()
  const { locale, setLocale } = useLocaleSetting()
  const { theme, setTheme } = useThemeSetting()
  const choose = (key: string) => {
    const nextLocale = LOCALES.find((one) => one === key)
    const nextTheme = THEMES.find((one) => one === key)
    if (nextLocale) setLocale(nextLocale)
    if (nextTheme) setTheme(nextTheme)
  }
  const option = (key: Locale | Theme, label: string) => (
    <MenuItem key={key} id={key} textValue={label} className={menu.item ?? ''} onAction={() => choose(key)}>
      <Check className={menu.check} size={16} aria-hidden="true" />
      {label}
    </MenuItem>
  )
  return (
    <Popover
      className={menu.popover ?? ''}
      placement="bottom end"
      triggerRef={triggerRef}
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose()
      }}
    >
      <Menu
        ref={ref}
        className={menu.menu ?? ''}
        aria-label={intl.formatMessage({ id: 'header.options' })}
        onClose={onClose}
      >
        <MenuSection selectionMode="single" disallowEmptySelection selectedKeys={[locale]}>
          <Header className={menu.heading ?? ''}>{intl.formatMessage({ id: 'menu.language' })}</Header>
          {LOCALES.map((one) => option(one, LANGUAGE_NAMES[one]))}
        </MenuSection>
        <MenuSection selectionMode="single" disallowEmptySelection selectedKeys={[theme]}>
          <Header className={menu.heading ?? ''}>{intl.formatMessage({ id: 'menu.theme' })}</Header>
          {THEMES.map((one) => option(one, intl.formatMessage({ id: `theme.${one}` })))}
        </MenuSection>
      </Menu>
    </Popover>
  )
}
