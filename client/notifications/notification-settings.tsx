import type { ReactNode } from 'react'
import { Switch } from 'react-aria-components'
import { FormattedMessage, useIntl } from 'react-intl'
import styles from './notification-system.module.css'
import type { NotificationsState } from './use-notifications.ts'

/** What the viewer is notified about, and whether with a sound. Every change applies at once. */
export function NotificationSettings({ state }: { state: NotificationsState }) {
  const intl = useIntl()
  if (!state.settings) return null
  return (
    <section className={styles.settings} aria-label={intl.formatMessage({ id: 'notifications.settings' })}>
      <h3>
        <FormattedMessage id="notifications.kinds" />
      </h3>
      {state.settings.kinds.map(({ kind, inApp }) => (
        <Toggle key={kind} isSelected={inApp} onChange={(next) => void state.setKindEnabled(kind, next)}>
          <FormattedMessage id={`notifications.kind.${kind}`} />
        </Toggle>
      ))}
      <Toggle isSelected={state.settings.sound} onChange={(next) => void state.setSound(next)}>
        <FormattedMessage id="notifications.sound" />
      </Toggle>
    </section>
  )
}

type ToggleProps = { isSelected: boolean; onChange(isSelected: boolean): void; children: ReactNode }

function Toggle({ isSelected, onChange, children }: ToggleProps) {
  return (
    <Switch className={styles.switch ?? ''} isSelected={isSelected} onChange={onChange}>
      {children}
      <span className={styles.track} aria-hidden="true" />
    </Switch>
  )
}
