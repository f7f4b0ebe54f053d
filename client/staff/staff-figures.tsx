import { type ReactNode, useCallback } from 'react'
import { FormattedMessage, useIntl } from 'react-intl'
import type { MessageKey } from '../i18n/messages.ts'
import { BarTable } from './bar-table.tsx'
import { DayFigure } from './day-figure.tsx'
import { formatDuration, refusalsByKind } from './figures.ts'
import styles from './staff-view.module.css'
import type { StaffDay, StaffOverview } from './use-staff-overview.ts'

const COUNT_STEPS = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000].flatMap((power) => [power, 2 * power, 5 * power])
const MINUTE_MS = 60_000
const DURATION_STEPS = [1, 2, 5, 10, 20, 30, 60, 120, 180, 360, 720, 1440, 2880, 7200, 14_400, 43_200].map(
  (minutes) => minutes * MINUTE_MS,
)

const messagesOf = ({ messages }: StaffDay) => messages
const activeChatsOf = ({ activeChats }: StaffDay) => activeChats
const responseOf = ({ meanResponseMs }: StaffDay) => meanResponseMs ?? null
const refusedOf = ({ refused }: StaffDay) => refused

/** The figures themselves: what is now, then each over the days. */
export function StaffFigures({ overview, isStale }: { overview: StaffOverview; isStale: boolean }) {
  const intl = useIntl()
  const { days, asOf, unread } = overview
  const today = days.at(-1)
  const number = useCallback((value: number) => intl.formatNumber(value), [intl])
  const duration = useCallback((value: number) => formatDuration(intl, value), [intl])
  const unreadPeople = unread.reduce((sum, { people }) => sum + people, 0)
  const unreadMessages = unread.reduce((sum, { messages }) => sum + messages, 0)
  const noAnswers = intl.formatMessage({ id: 'staff.noAnswers' })
  const figure = { days, none: '', steps: COUNT_STEPS, format: number }
  return (
    <>
      <p className={styles.hint}>
        <FormattedMessage
          id={isStale ? 'staff.stale' : 'staff.asOf'}
          values={{ when: intl.formatTime(asOf, { timeStyle: 'medium' }) }}
        />{' '}
        {days.some(({ isCounted }) => !isCounted) && <FormattedMessage id="staff.counting" />}
      </p>
      {today && (
        <dl className={styles.tiles} aria-label={intl.formatMessage({ id: 'staff.now' })}>
          <Tile label="staff.messagesToday">{number(today.messages)}</Tile>
          <Tile label="staff.responseToday">
            {today.meanResponseMs == null ? noAnswers : duration(today.meanResponseMs)}
          </Tile>
          <Tile label="staff.activeChatsToday">{number(today.activeChats)}</Tile>
          <Tile label="staff.unread" note={<FormattedMessage id="staff.unreadBy" values={{ count: unreadPeople }} />}>
            {number(unreadMessages)}
          </Tile>
          <Tile label="staff.refusedToday">{number(today.refused)}</Tile>
        </dl>
      )}
      <div className={styles.figures}>
        <DayFigure {...figure} title="staff.messages" shape="bars" figureOf={messagesOf} />
        <DayFigure
          {...figure}
          title="staff.response"
          hint="staff.responseHint"
          shape="line"
          figureOf={responseOf}
          format={duration}
          steps={DURATION_STEPS}
          none={noAnswers}
        />
        <DayFigure {...figure} title="staff.activeChats" shape="bars" figureOf={activeChatsOf} />
        <DayFigure {...figure} title="staff.refused" shape="bars" figureOf={refusedOf} />
        <BarTable
          title="staff.kinds"
          hint="staff.kindsHint"
          none="staff.noRefusals"
          columns={['staff.kind', 'staff.refused']}
          rows={refusalsByKind(days).map(({ kind, count }) => ({ name: `staff.kind.${kind}`, count }))}
        />
        <BarTable
          title="staff.unread"
          hint="staff.unreadHint"
          none="staff.allRead"
          columns={['staff.who', 'staff.messages']}
          rows={unread.map(({ role, messages, people }) => ({
            name: `staff.roles.${role}`,
            count: messages,
            note: <FormattedMessage id="staff.unreadBy" values={{ count: people }} />,
          }))}
        />
      </div>
    </>
  )
}

function Tile({ label, note, children }: { label: MessageKey; note?: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.tile}>
      <dt>
        <FormattedMessage id={label} />
      </dt>
      <dd>
        {children} {note && <span className={styles.note}>{note}</span>}
      </dd>
    </div>
  )
}
