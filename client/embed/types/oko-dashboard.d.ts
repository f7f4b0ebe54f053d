// Types of oko-dashboard.js. Importing this file, or naming it in "types", is enough: the element is global.

/** `<oko-dashboard>`: the dashboard on a host's page. What was set last counts, as attribute or as property. */
export interface OkoDashboardElement extends HTMLElement {
  /** Address of the API, such as `https://chat.example.com/graphql`; its WebSocket is the same with wss. Attribute: `api-url`. */
  get apiUrl(): string
  set apiUrl(value: string | null | undefined)
  /**
   * Whom the dashboard speaks for; nothing is shown without one. A newer token of the same person goes on with the session,
   * one of somebody else begins another.
   */
  get token(): string
  set token(value: string | null | undefined)
  /** Null: the viewer's own choice, else the browser's language. */
  get locale(): 'ru' | 'en' | null
  set locale(value: 'ru' | 'en' | null | undefined)
  /** Null: the viewer's own choice, else the system's. */
  get theme(): 'auto' | 'light' | 'dark' | null
  set theme(value: 'auto' | 'light' | 'dark' | null | undefined)
  /** Gives a fresh token, or a promise of one; nothing where it sets `token` itself. Asked when the server refuses the newest one. */
  get onTokenExpired(): OnTokenExpired | null
  set onTokenExpired(value: OnTokenExpired | null | undefined)
}

export type OnTokenExpired = () => string | null | undefined | Promise<string | null | undefined>

export const OkoDashboardElement: { new (): OkoDashboardElement; prototype: OkoDashboardElement }

declare global {
  interface HTMLElementTagNameMap {
    'oko-dashboard': OkoDashboardElement
  }
  interface GlobalEventHandlersEventMap {
    /** The newest token was refused; bubbles. A listener may set `token` on the target. */
    'oko-token-expired': CustomEvent
  }
}
