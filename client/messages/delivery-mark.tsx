import { Check, CheckCheck, CircleAlert, Clock } from 'lucide-react'
import { useIntl } from 'react-intl'
import styles from './message-bubble.module.css'
import type { Delivery } from './timeline.ts'

const MARKS = {
  sending: { Icon: Clock, id: 'messages.sending' },
  waiting: { Icon: Clock, id: 'messages.waiting' },
  failed: { Icon: CircleAlert, id: 'messages.failed' },
  sent: { Icon: Check, id: 'messages.sent' },
  read: { Icon: CheckCheck, id: 'messages.read' },
} as const

/** How far an own message has come: clock, one tick, two ticks, not sent. */
export function DeliveryMark({ delivery }: { delivery: Delivery }) {
  const intl = useIntl()
  if (!delivery) return null
  const { Icon, id } = MARKS[delivery]
  return (
    <Icon
      size={14}
      role="img"
      aria-label={intl.formatMessage({ id })}
      className={delivery === 'read' ? styles.read : undefined}
    />
  )
}
