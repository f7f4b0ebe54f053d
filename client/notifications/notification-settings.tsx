import { type ReactNode, useState } from 'react'
import { Label, Radio, RadioGroup, Switch } from 'react-aria-components'
import { FormattedMessage, useIntl } from 'react-intl'
import { LANGUAGE_NAMES, LOCALES } from '../i18n/locale.ts'
import { useLocaleSetting } from '../i18n/provider.tsx'
import { useSession } from '../session/context.tsx'
import { THEMES } from '../ui/theme.ts'
import { useThemeSetting } from '../ui/theme-provider.tsx'
import { readDesktop, switchDesktop } from './desktop.ts'
import styles from './notification-settings.module.css'
import type { NotificationsState } from './use-notifications.ts'

/** What the viewer is notified about and how, and how the dashboard speaks and looks. Every change applies at once. */
export function NotificationSettings({ state }: { state: NotificationsState }) {
  const intl = useIntl()
  const { storage } = useSession()
  const { locale, setLocale } = useLocaleSetting()
  const { theme, setTheme } = useThemeSetting()
  const [desktop, setDesktop] = useState(() => readDesktop(storage))
  return (
    <section className={styles.settings} aria-label={intl.formatMessage({ id: 'notifications.settings' })}>
      <h3>
        <FormattedMessage id="notifications.kinds" />
      </h3>
      {state.settings?.kinds.map(({ kind, inApp }) => (
        <Toggle key={kind} isSelected={inApp} onChange={(next) => void state.setKindEnabled(kind, next)}>
          <FormattedMessage id={`notifications.kind.${kind}`} />
        </Toggle>
      ))}
      <h3>
        <FormattedMessage id="notifications.how" />
      </h3>
      {state.settings && (
        <Toggle isSelected={state.settings.sound} onChange={(next) => void state.setSound(next)}>
          <FormattedMessage id="notifications.sound" />
        </Toggle>
      )}
      {desktop !== 'unsupported' && (
        <Toggle
          isSelected={desktop === 'on'}
          isDisabled={desktop === 'denied'}
          onChange={async (next) => setDesktop(await switchDesktop(storage, next))}
        >
          <span>
            <FormattedMessage id="notifications.desktop" />
            {desktop === 'denied' && (
              <small>
                <FormattedMessage id="notifications.desktopDenied" />
              </small>
            )}
          </span>
        </Toggle>
      )}
      <Choice
        label={intl.formatMessage({ id: 'menu.language' })}
        options={LOCALES.map((one) => ({ value: one, label: LANGUAGE_NAMES[one] }))}
        value={locale}
        onChange={setLocale}
      />
      <Choice
        label={intl.formatMessage({ id: 'menu.theme' })}
        options={THEMES.map((one) => ({ value: one, label: intl.formatMessage({ id: `theme.${one}` }) }))}
        value={theme}
        onChange={setTheme}
      />
    </section>
  )
}

type ToggleProps = {
  isSelected: boolean
  isDisabled?: boolean
  onChange(isSelected: boolean): void
  children: ReactNode
}

function Toggle({ isSelected, isDisabled = false, onChange, children }: ToggleProps) {
  return (
    <Switch className={styles.switch ?? ''} isSelected={isSelected} isDisabled={isDisabled} onChange={onChange}>
      {children}
      <span className={styles.track} aria-hidden="true" />
    </Switch>
  )
}

type ChoiceProps<T extends string> = {
  label: string
  options: readonly { value: T; label: string }[]
  value: T
  onChange(value: T): void
}

function Choice<T extends string>({ label, options, value, onChange }: ChoiceProps<T>) {
  return (
    <RadioGroup
      className={styles.choice ?? ''}
      orientation="horizontal"
      value={value}
      onChange={(next) => {
        const chosen = options.find((option) => option.value === next)
        if (chosen) onChange(chosen.value)
      }}
    >
      <Label className={styles.choiceLabel ?? ''}>{label}</Label>
      <span className={styles.options}>
        {options.map((option) => (
          <Radio key={option.value} value={option.value} className={styles.option ?? ''}>
            {option.label}
          </Radio>
        ))}
      </span>
    </RadioGroup>
  )
}
