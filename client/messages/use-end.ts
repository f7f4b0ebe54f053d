import { useCallback, useEffect, useRef } from 'react'

/** Whoever is nearer to the end than this is there. */
export const AT_END_PX = 48
/** A scroll this soon after the rows changed their height is the browser's, which has had to make do with less. */
const SETTLING_MS = 150
/** A scroll this soon after a wheel, a key or a touch is the reader's. */
const INPUT_MS = 1000
const INPUTS = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const

type Options = {
  startsAtEnd: boolean
  /** What the viewer has sent last, while it is on its way. */
  ownKey: string | null
  /** The reader moves the log, and not it itself. */
  onScrolled(isUp: boolean): void
}

/**
 * Keeps whoever is at the end of a log there: while rows come, turn out higher than they were taken for, or the room for
 * them shrinks (a longer text in the field, an alert, a phone's keyboard). Scrolling up lets go. `onHeightChange` is for
 * the list to tell that its rows have another height.
 */
export function useEnd({ startsAtEnd, ownKey, onScrolled }: Options) {
  const scroller = useRef<HTMLElement | null>(null)
  const isHeld = useRef(startsAtEnd)
  const changedAt = useRef(performance.now())

  const hold = useCallback(() => {
    const log = scroller.current
    if (log && isHeld.current) log.scrollTop = log.scrollHeight
  }, [])
  const onHeightChange = useCallback(() => {
    changedAt.current = performance.now()
    hold()
  }, [hold])
  const toEnd = useCallback(() => {
    isHeld.current = true
    hold()
  }, [hold])

  // What the viewer says themselves they want to see, wherever they were.
  const knownKey = useRef(ownKey)
  useEffect(() => {
    if (ownKey !== null && ownKey !== knownKey.current) toEnd()
    knownKey.current = ownKey
  }, [ownKey, toEnd])

  const attach = useCallback(
    (log: HTMLElement) => {
      scroller.current = log
      let lastTop = log.scrollTop
      let inputAt = Number.NEGATIVE_INFINITY
      const onInput = (event: Event) => {
        // The end that is meant is the one that is there once all rows have their height.
        const goesToEnd = event instanceof KeyboardEvent && event.key === 'End' && event.target === log
        inputAt = goesToEnd ? Number.NEGATIVE_INFINITY : performance.now()
        if (goesToEnd) isHeld.current = true
      }
      const onScroll = () => {
        const nowMs = performance.now()
        const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < AT_END_PX
        const isSettling = nowMs - changedAt.current <= SETTLING_MS
        const isReaders = nowMs - inputAt < INPUT_MS || !isSettling
        const isUp = log.scrollTop < lastTop
        if (isReaders && log.scrollTop !== lastTop) onScrolled(isUp)
        if (isAtEnd) {
          isHeld.current = true
          // To the very end, unless it is the reader who goes up from there.
          if (isSettling || !isUp) hold()
        } else if (isUp && isReaders) isHeld.current = false
        else hold()
        lastTop = log.scrollTop
      }
      log.addEventListener('scroll', onScroll, { passive: true })
      for (const input of INPUTS) log.addEventListener(input, onInput, { passive: true })
      const observer = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(hold)
      observer?.observe(log)
      return () => {
        log.removeEventListener('scroll', onScroll)
        for (const input of INPUTS) log.removeEventListener(input, onInput)
        observer?.disconnect()
        scroller.current = null
      }
    },
    [hold, onScrolled],
  )
  return { attach, toEnd, onHeightChange }
}
