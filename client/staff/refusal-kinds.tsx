import { FormattedMessage, useIntl } from 'react-intl'
import { refusalsByKind } from './figures.ts'
import styles from './staff-view.module.css'
import type { StaffDay } from './use-staff-overview.ts'

/** Why texts were refused in these days: a table whose rows are bars. */
export function RefusalKinds({ days }: { days: readonly StaffDay[] }) {
  const intl = useIntl()
  const kinds = refusalsByKind(days)
  const most = kinds[0]?.count ?? 0
  const title = intl.formatMessage({ id: 'staff.kinds' })
  return (
    <section className={styles.figure} aria-label={title}>
      <h3>{title}</h3>
      <p className={styles.hint}>
        <FormattedMessage id={kinds.length > 0 ? 'staff.kindsHint' : 'staff.noRefusals'} />
      </p>
      {kinds.length > 0 && (
        <table className={styles.kinds}>
          <thead>
            <tr>
              <th scope="col">
                <FormattedMessage id="staff.kind" />
              </th>
              <th scope="col">
                <FormattedMessage id="staff.refused" />
              </th>
            </tr>
          </thead>
          <tbody>
            {kinds.map(({ kind, count }) => (
              <tr key={kind}>
                <th scope="row">
                  <FormattedMessage id={`staff.kind.${kind}`} />
                </th>
                <td>
                  <div className={styles.count}>
                    <span className={styles.bar} style={{ inlineSize: `${(count / most) * 100}%` }} />
                    <span>{intl.formatNumber(count)}</span>
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
