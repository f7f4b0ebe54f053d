import { type RefObject, useEffect, useRef } from 'react'

/** For a menu that appears with its items: the chosen one, else the first, has the focus, as a press on its button promised. */
export function useFirstItem<T extends HTMLElement>(): RefObject<T | null> {
  const ref = useRef<T>(null)
  useEffect(() => {
    // The items come a render after their menu.
    const frame = requestAnimationFrame(() => {
      const items = [...(ref.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])]
      const chosen = items.find((item) => item.getAttribute('aria-checked') === 'true') ?? items[0]
      chosen?.focus()
    })
    return () => cancelAnimationFrame(frame)
  }, [])
  return ref
}
