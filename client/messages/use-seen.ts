import { useCallback, useEffect, useEffectEvent, useRef } from 'react'

/**
 * Tells the newest seq whose bubble is in view, on every scroll and change, and when the page comes into view.
 * `setScroller` takes the element that scrolls; `look` is for whoever puts other rows into it.
 */
export function useSeen(rows: readonly unknown[], onSeen: (seq: number) => void) {
  const scroller = useRef<HTMLElement | null>(null)
  const frame = useRef(0)
  const report = useEffectEvent(() => {
    const seq = scroller.current && lastSeqInView(scroller.current)
    if (seq) onSeen(seq)
  })
  // Once a frame at most, and when it is laid out: many scroll events and rows come together.
  const schedule = useCallback(() => {
    cancelAnimationFrame(frame.current)
    frame.current = requestAnimationFrame(() => report())
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever the rows have become
  useEffect(schedule, [rows, schedule])
  useEffect(() => {
    document.addEventListener('visibilitychange', schedule)
    window.addEventListener('focus', schedule)
    return () => {
      cancelAnimationFrame(frame.current)
      document.removeEventListener('visibilitychange', schedule)
      window.removeEventListener('focus', schedule)
    }
  }, [schedule])
  const setScroller = useCallback(
    (element: HTMLElement | Window | null) => {
      scroller.current?.removeEventListener('scroll', schedule)
      scroller.current = element instanceof HTMLElement ? element : null
      scroller.current?.addEventListener('scroll', schedule, { passive: true })
    },
    [schedule],
  )
  return { setScroller, look: schedule }
}

/** Seq of the last bubble whose top is within the visible part of the log. */
function lastSeqInView(log: HTMLElement): number | null {
  const { bottom } = log.getBoundingClientRect()
  const rows = log.querySelectorAll<HTMLElement>('[data-seq]')
  for (let index = rows.length - 1; index >= 0; index -= 1) {
    const row = rows[index]
    if (!row) continue
    const { top, height } = row.getBoundingClientRect()
    if (top + Math.min(height, 24) <= bottom) return Number(row.dataset.seq)
  }
  return null
}
