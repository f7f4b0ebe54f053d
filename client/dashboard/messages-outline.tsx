import { useIntl } from 'react-intl'
import { Skeleton } from '../ui/skeleton.tsx'
import styles from './messages-outline.module.css'

/** Stands where the messenger will be, while its code is on its way. */
export function MessagesOutline() {
  const intl = useIntl()
  return (
    <div className={styles.overlay}>
      <div className={styles.box}>
        <Skeleton rows={8} label={intl.formatMessage({ id: 'common.loading' })} />
      </div>
    </div>
  )
}
