import type { ReactNode } from 'react'
import { FormattedMessage, useIntl } from 'react-intl'
import type { MessageKey } from '../i18n/messages.ts'
import styles from './staff-view.module.css'

type Row = { name: MessageKey; count: number; note?: ReactNode }

type Props = {
  title: MessageKey
  hint: MessageKey
  /** Said instead where there is no row. */
  none: MessageKey
  columns: readonly [name: MessageKey, count: MessageKey]
  rows: readonly Row[]
}

/** A count for each of several names: chart and table in one, since its rows are the bars. */
export function BarTable({ title, hint, none, columns, rows }: Props) {
  const intl = useIntl()
  const most = Math.max(...rows.map(({ count }) => count))
  return (
    <section className={styles.figure} aria-label={intl.formatMessage({ id: title })}>
      <h3>
        <FormattedMessage id={title} />
      </h3>
      <p className={styles.hint}>
        <FormattedMessage id={rows.length > 0 ? hint : none} />
      </p>
      {rows.length > 0 && (
        <table className={styles.bars}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  <FormattedMessage id={column} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, count, note }) => (
              <tr key={name}>
                <th scope="row">
                  <FormattedMessage id={name} />
                </th>
                <td>
                  <div className={styles.count}>
                    <span className={styles.bar} style={{ inlineSize: `${(count / most) * 100}%` }} />
                    <span>
                      {intl.formatNumber(count)} {note && <span className={styles.note}>{note}</span>}
                    </span>
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
