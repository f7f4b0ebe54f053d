import type { Session } from '../session/session.ts'

/** What the demo page tells a pane: cut its connection, or mend it. */
type SwitchMessage = { type: 'oko:connection'; isCut: boolean }

const isSwitchMessage = (data: unknown): data is SwitchMessage =>
  typeof data === 'object' && data !== null && 'type' in data && data.type === 'oko:connection' && 'isCut' in data

/** In the demo page: tells a pane. */
export function switchConnection(pane: Window | null | undefined, isCut: boolean) {
  pane?.postMessage({ type: 'oko:connection', isCut } satisfies SwitchMessage, window.location.origin)
}

/** In a pane: obeys the demo page it is embedded in. Returns how to stop. */
export function obeyConnectionSwitch({ network }: Session): () => void {
  const onMessage = ({ data, origin, source }: MessageEvent<unknown>) => {
    if (origin !== window.location.origin || source !== window.parent || !isSwitchMessage(data)) return
    if (data.isCut) network.cut()
    else network.mend()
  }
  window.addEventListener('message', onMessage)
  return () => window.removeEventListener('message', onMessage)
}
