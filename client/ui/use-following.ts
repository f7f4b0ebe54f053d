import { useState } from 'react'

/** State of one's own that begins as a value of somebody else's, and follows it whenever that one changes. */
export function useFollowing<T>(followed: T) {
  const [previous, setPrevious] = useState(followed)
  const [value, setValue] = useState(followed)
  if (previous !== followed) {
    setPrevious(followed)
    setValue(followed)
  }
  return [previous === followed ? value : followed, setValue] as const
}
