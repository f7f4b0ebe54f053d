import { useCallback, useSyncExternalStore } from 'react'

/** No room for the list and a conversation side by side. */
export const NARROW = '(width < 720px)'

/** Whether a media query matches, following it. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = window.matchMedia(query)
      list.addEventListener('change', listener)
      return () => list.removeEventListener('change', listener)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches)
}
