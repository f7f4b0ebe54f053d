import { type RefObject, useEffect, useEffectEvent, useRef } from 'react'

/** How far before the end more is asked for. */
const AHEAD = '400px'

/**
 * Calls when the element that the returned ref stands on comes near the visible part of the `data-scroller` around it, and again
 * for every `key` it is still there with (more items, a connection that is back).
 */
export function useEndReached<T extends Element>(key: unknown, onReached: () => void): RefObject<T | null> {
  const ref = useRef<T>(null)
  const reached = useEffectEvent(onReached)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new key is a new look
  useEffect(() => {
    if (!ref.current || typeof IntersectionObserver === 'undefined') return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) reached()
      },
      { root: ref.current.closest('[data-scroller]'), rootMargin: AHEAD },
    )
    observer.observe(ref.current)
    return () => observer.disconnect()
  }, [key])
  return ref
}
