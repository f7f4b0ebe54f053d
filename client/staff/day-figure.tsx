import { useMemo } from 'react'
import { FormattedMessage, useIntl } from 'react-intl'
import type { MessageKey } from '../i18n/messages.ts'
import { DayChart, type DayValue } from './day-chart.tsx'
import { formatUtcDay } from './figures.ts'
import styles from './staff-view.module.css'
import type { StaffDay } from './use-staff-overview.ts'

type Props = {
  title: MessageKey
  hint?: MessageKey
  days: readonly StaffDay[]
  /** null: nothing to tell of that day. */
  figureOf(day: StaffDay): number | null
  shape: 'bars' | 'line'
  format(value: number): string
  steps: number[]
  /** What the table says where there is no value. */
  none: string
}

/** One figure over the days: a chart, and the same as a table, the latest day first. */
export function DayFigure({ title, hint, days, figureOf, shape, format, steps, none }: Props) {
  const intl = useIntl()
  const name = intl.formatMessage({ id: title })
  const values = useMemo<DayValue[]>(
    () => days.map((day) => ({ day: day.day, value: figureOf(day) })),
    [days, figureOf],
  )
  const today = values.at(-1)?.day
  return (
    <section className={styles.figure} aria-label={name}>
      <h3>{name}</h3>
      {hint && (
        <p className={styles.hint}>
          <FormattedMessage id={hint} />
        </p>
      )}
      <div className={styles.pair}>
        <DayChart days={values} shape={shape} format={format} steps={steps} />
        <section
          className={styles.table}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
          tabIndex={0}
          aria-label={intl.formatMessage({ id: 'staff.table' }, { title: name })}
        >
          <table>
            <thead>
              <tr>
                <th scope="col">
                  <FormattedMessage id="staff.day" />
                </th>
                <th scope="col">{name}</th>
              </tr>
            </thead>
            <tbody>
              {[...values].reverse().map(({ day, value }) => (
                <tr key={day}>
                  <th scope="row">
                    {day === today ? intl.formatMessage({ id: 'staff.today' }) : formatUtcDay(intl, day)}
                  </th>
                  <td>{value === null ? none : format(value)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </div>
    </section>
  )
}
