import { type RefObject, useLayoutEffect, useState } from 'react'

/** Rows beyond those in view: more than a page of a list, so that a short list is in the document whole. */
const OVERSCAN_ROWS = 20
/** The range moves by as many at once: few scrolls change what is rendered. */
const STEP_ROWS = 5

type Rows = { first: number; end: number }

/** Which of the rows of one height, one below the other in a scroller, are in view or near it: from `first`, before `end`. */
export function useRowsInView(scroller: RefObject<HTMLElement | null>, rowPx: number): Rows {
  const [rows, setRows] = useState<Rows>({ first: 0, end: 2 * OVERSCAN_ROWS })
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const look = () => {
      const { scrollTop, clientHeight } = element
      const top = scrollTop / rowPx - OVERSCAN_ROWS
      const bottom = (scrollTop + clientHeight) / rowPx + OVERSCAN_ROWS
      const first = Math.max(0, Math.floor(top / STEP_ROWS) * STEP_ROWS)
      const end = Math.ceil(bottom / STEP_ROWS) * STEP_ROWS
      setRows((now) => (now.first === first && now.end === end ? now : { first, end }))
    }
    look()
    element.addEventListener('scroll', look, { passive: true })
    const observer = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(look)
    observer?.observe(element)
    return () => {
      element.removeEventListener('scroll', look)
      observer?.disconnect()
    }
  }, [scroller, rowPx])
  return rows
}
