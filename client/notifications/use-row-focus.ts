import { useEffect, useEffectEvent, useState } from 'react'

/**
 * The focus of a row that leaves the document because it is scrolled out of view: it waits with the scroller, and goes back
 * to the row when that is there again. Tab fetches the row. `attach` takes a row's element and its id, and returns how to
 * let go of it.
 */
export function useRowFocus(scroller: HTMLElement, onFetch: (id: string) => void) {
  const fetch = useEffectEvent(onFetch)
  const [lost] = useState<{ id: string | null }>({ id: null })
  const [attach] = useState(() => (row: HTMLElement, id: string) => {
    if (lost.id === id) {
      lost.id = null
      if (activeIn(scroller) === scroller) row.querySelector('button')?.focus({ preventScroll: true })
    }
    return () => {
      if (!row.contains(activeIn(scroller))) return
      lost.id = id
      scroller.focus({ preventScroll: true })
    }
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Tab' || activeIn(scroller) !== scroller || lost.id === null) return
      event.preventDefault()
      event.stopPropagation()
      fetch(lost.id)
    }
    scroller.addEventListener('keydown', onKeyDown)
    return () => scroller.removeEventListener('keydown', onKeyDown)
  }, [scroller, lost])
  return { attach }
}

const activeIn = (element: HTMLElement) => (element.getRootNode() as Document | ShadowRoot).activeElement
