import { Check } from 'lucide-react'
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components'
import { useIntl } from 'react-intl'
import { LOCALES, type Locale } from '../i18n/locale.ts'
import { useLocaleSetting } from '../i18n/provider.tsx'
import { Avatar } from '../ui/avatar.tsx'
import menu from '../ui/menu.module.css'
import { THEMES, type Theme } from '../ui/theme.ts'
import { useThemeSetting } from '../ui/theme-provider.tsx'
import styles from './dashboard-header.module.css'

const LANGUAGE_NAMES: Record<Locale, string> = { ru: 'Русский', en: 'English' }

type Props = { viewer: { id: string; name: string; avatarUrl?: string | null } }

/** Language and appearance, under the viewer's picture. Both apply at once and are kept in this browser. */
export function ViewerMenu({ viewer }: Props) {
  const intl = useIntl()
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
    <MenuTrigger>
      <Button
        className={styles.menuButton ?? ''}
        aria-label={intl.formatMessage({ id: 'header.menu' }, { name: viewer.name })}
      >
        <Avatar user={{ id: viewer.id, name: viewer.name, avatarUrl: viewer.avatarUrl ?? null }} sizePx={32} />
      </Button>
      <Popover className={menu.popover ?? ''} placement="bottom end">
        <Menu className={menu.menu ?? ''}>
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
    </MenuTrigger>
  )
}
