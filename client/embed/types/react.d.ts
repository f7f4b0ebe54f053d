// Types of react.js, for React 17 and later.
import type { DetailedHTMLProps, HTMLAttributes, ReactElement, ReactNode } from 'react'
import type { OkoDashboardElement } from './oko-dashboard.js'

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

/** The dashboard as a component. oko-dashboard.js has to be loaded, too. */
export function OkoDashboard(props: OkoDashboardProps): ReactElement

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      /** The bare element, by its attributes. */
      'oko-dashboard': DetailedHTMLProps<HTMLAttributes<OkoDashboardElement>, OkoDashboardElement> & {
        'api-url'?: string
        token?: string
        locale?: 'ru' | 'en'
        theme?: 'auto' | 'light' | 'dark'
      }
    }
  }
}
