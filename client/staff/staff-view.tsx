import { X } from 'lucide-react'
import { useCallback, useState } from 'react'
import { Dialog, Modal, ModalOverlay, ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { FormattedMessage, useIntl } from 'react-intl'
import type { ConnectionState } from '../realtime/connection-state.ts'
import { ConnectionStatus } from '../realtime/connection-status.tsx'
import controls from '../ui/controls.module.css'
import { LoadFailedState } from '../ui/empty-state.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { StaffFigures } from './staff-figures.tsx'
import styles from './staff-view.module.css'
import { useStaffOverview } from './use-staff-overview.ts'

const PERIODS = [7, 30, 90]

type Props = { isOpen: boolean; onOpenChange(isOpen: boolean): void; connection: ConnectionState }

/** For the marketplace's own people: how its chats do, day by day. */
export function StaffView({ isOpen, onOpenChange, connection }: Props) {
  const intl = useIntl()
  return (
    <ModalOverlay className={styles.overlay ?? ''} isOpen={isOpen} onOpenChange={onOpenChange} isDismissable>
      <Modal className={styles.modal ?? ''}>
        <Dialog className={styles.dialog ?? ''} aria-label={intl.formatMessage({ id: 'staff.title' })}>
          <div className={styles.head}>
            <h2>
              <FormattedMessage id="staff.title" />
            </h2>
            <ConnectionStatus connection={connection} />
            <button
              type="button"
              className={controls.iconButton}
              aria-label={intl.formatMessage({ id: 'common.close' })}
              onClick={() => onOpenChange(false)}
            >
              <X size={20} aria-hidden="true" />
            </button>
          </div>
          <StaffBody />
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

/** Mounted while the dialog is open: nothing is fetched for nobody. */
function StaffBody() {
  const intl = useIntl()
  const [days, setDays] = useState(30)
  const { overview, isStale } = useStaffOverview(days)
  const choose = useCallback((keys: Set<string | number>) => {
    for (const key of keys) setDays(Number(key))
  }, [])
  return (
    <div className={styles.body}>
      <ToggleButtonGroup
        className={styles.periods ?? ''}
        aria-label={intl.formatMessage({ id: 'staff.period' })}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[days]}
        onSelectionChange={choose}
      >
        {PERIODS.map((count) => (
          <ToggleButton key={count} id={count} className={styles.period ?? ''}>
            <FormattedMessage id="staff.days" values={{ count }} />
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {overview && <StaffFigures overview={overview} isStale={isStale} />}
      {!overview && !isStale && <Skeleton rows={6} label={intl.formatMessage({ id: 'common.loading' })} />}
      {!overview && isStale && <LoadFailedState />}
    </div>
  )
}
