import { useEffect, useLayoutEffect, useRef } from 'react'
import { useIntl } from 'react-intl'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { useThemeSetting } from '../ui/theme-provider.tsx'
import { useMedia } from '../ui/use-media.ts'
import { formatUtcDay } from './figures.ts'
import styles from './staff-view.module.css'

export type DayValue = { day: string; value: number | null }

type Props = {
  days: readonly DayValue[]
  shape: 'bars' | 'line'
  /** A value in words; on the axis, too. */
  format(value: number): string
  /** What the axis may count by. */
  steps: number[]
}

const HEIGHT_PX = 180
const DAY_SECONDS = 86_400

/** A value for each day. For the eye alone: the same stands in a table beside it. */
export function DayChart({ days, shape, format, steps }: Props) {
  const intl = useIntl()
  const { theme } = useThemeSetting()
  const isSystemDark = useMedia('(prefers-color-scheme: dark)')
  const boxRef = useRef<HTMLDivElement>(null)
  const readoutRef = useRef<HTMLParagraphElement>(null)
  const chartRef = useRef<uPlot | null>(null)
  const latest = useRef({ days, format, intl })
  useLayoutEffect(() => {
    latest.current = { days, format, intl }
  })

  // Made anew for another look or language; new figures go into the one there is.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the look is read from the element, the language from `latest`
  useLayoutEffect(() => {
    const box = boxRef.current
    if (!box) return
    const colour = (name: string) => getComputedStyle(box).getPropertyValue(`--oko-${name}`).trim()
    const axis: uPlot.Axis = {
      stroke: colour('muted'),
      font: `12px ${colour('font')}`,
      grid: { stroke: colour('line'), width: 1 },
      ticks: { show: false },
    }
    const chart = new uPlot(
      {
        width: box.clientWidth,
        height: HEIGHT_PX,
        padding: [8, 12, 0, 0],
        legend: { show: false },
        cursor: { y: false, points: { show: shape === 'line' }, drag: { x: false, y: false } },
        tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
        scales: {
          // Half a day on either side, so that the outer bars are whole.
          x: { time: true, range: (_chart, from, to) => [from - DAY_SECONDS / 2, to + DAY_SECONDS / 2] },
          y: { range: (_chart, _from, to) => [0, Math.max(to * 1.1, steps[0] ?? 1)] },
        },
        axes: [
          {
            ...axis,
            grid: { show: false },
            size: 28,
            space: 64,
            incrs: [1, 2, 7, 14, 28].map((count) => count * DAY_SECONDS),
            values: (_chart, splits) =>
              splits.map((at) => formatUtcDay(latest.current.intl, new Date(at * 1000).toISOString().slice(0, 10))),
          },
          {
            ...axis,
            size: 64,
            space: 36,
            incrs: steps,
            values: (_chart, splits) => splits.map((value) => latest.current.format(value)),
          },
        ],
        series: [
          {},
          shape === 'bars'
            ? {
                fill: colour('accent'),
                points: { show: false },
                ...(uPlot.paths.bars && { paths: uPlot.paths.bars({ size: [0.7, 28] }) }),
              }
            : {
                stroke: colour('accent'),
                width: 2,
                points: { show: true, size: 6, fill: colour('accent') },
                spanGaps: true,
              },
        ],
        hooks: {
          setCursor: [
            ({ cursor }) => {
              const at = cursor.idx === null || cursor.idx === undefined ? undefined : latest.current.days[cursor.idx]
              const words = at && `${formatUtcDay(latest.current.intl, at.day)}: ${wordsOf(at, latest.current.format)}`
              if (readoutRef.current) readoutRef.current.textContent = words ?? ''
            },
          ],
        },
      },
      dataOf(latest.current.days),
      box,
    )
    chartRef.current = chart
    const observer = new ResizeObserver(() => chart.setSize({ width: box.clientWidth, height: HEIGHT_PX }))
    observer.observe(box)
    return () => {
      observer.disconnect()
      chart.destroy()
      chartRef.current = null
    }
  }, [theme, isSystemDark, intl, shape, steps])

  useEffect(() => chartRef.current?.setData(dataOf(days)), [days])

  return (
    <div className={styles.chart} aria-hidden="true">
      <p ref={readoutRef} className={styles.readout} />
      <div ref={boxRef} />
    </div>
  )
}

const dataOf = (days: readonly DayValue[]): uPlot.AlignedData => [
  days.map(({ day }) => Date.parse(`${day}T00:00:00Z`) / 1000),
  days.map(({ value }) => value),
]

const wordsOf = ({ value }: DayValue, format: (value: number) => string) => (value === null ? '–' : format(value))
