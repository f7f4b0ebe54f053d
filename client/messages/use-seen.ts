import { useCallback, useEffect, useEffectEvent, useRef } from 'react'

/**
 * Tells the newest seq whose bubble is in view, on every scroll and change, and when the page comes into view. `attach` takes
 * the element that scrolls and returns how to let go of it; `look` is for whoever puts other rows into it.
 */
export function useSeen(rows: readonly unknown[], onSeen: (seq: number) => void) {
  const scroller = useRef<HTMLElement | null>(null)
  const frame = useRef(0)
  const report = useEffectEvent(() => {
    const seq = scroller.current && lastSeqInView(scroller.current)
    if (seq) onSeen(seq)
  })
  // Once a frame at most, and when it is laid out: many scroll events and rows come together.
  const look = useCallback(() => {
    cancelAnimationFrame(frame.current)
    frame.current = requestAnimationFrame(() => report())
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever the rows have become
  useEffect(look, [rows, look])
  useEffect(() => {
    document.addEventListener('visibilitychange', look)
    window.addEventListener('focus', look)
    return () => {
      cancelAnimationFrame(frame.current)
      document.removeEventListener('visibilitychange', look)
      window.removeEventListener('focus', look)
    }
  }, [look])
  const attach = useCallback(
    (log: HTMLElement) => {
      scroller.current = log
      log.addEventListener('scroll', look, { passive: true })
      return () => {
        log.removeEventListener('scroll', look)
        scroller.current = null
      }
    },
    [look],
  )
  return { attach, look }
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
