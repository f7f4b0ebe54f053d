import { createElement, type ReactNode, useLayoutEffect, useRef } from 'react'

export type OkoDashboardProps = {
  /** Address of the API, such as `https://chat.example.com/graphql`. */
  apiUrl: string
  /** Whom the dashboard speaks for; a newer token of the same person continues the session. */
  token: string
  /** Left out: the viewer's own choice, else the browser's language. */
  locale?: 'ru' | 'en'
  /** Left out: the viewer's own choice, else the system's. */
  theme?: 'auto' | 'light' | 'dark'
  /** Gives a fresh token when the server no longer accepts the one there is. */
  onTokenExpired?: () => string | Promise<string>
  /** The host's page under the header. Left out: the viewer's orders. */
  children?: ReactNode
}

/**
 * The dashboard for hosts that use React, of any version since 17: the element of oko-dashboard.js with properties and a
 * callback. The element has a React of its own inside, so neither has to match the other's.
 */
export function OkoDashboard({ apiUrl, token, locale, theme, onTokenExpired, children }: OkoDashboardProps) {
  const ref = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    if (ref.current) {
      Object.assign(ref.current, { apiUrl, token, locale, theme, onTokenExpired: onTokenExpired ?? null })
    }
  })
  return createElement('oko-dashboard', { ref }, children)
}
