import type { SafeStorage } from '../session/storage.ts'

/** Whether notifications are shown outside the page: the browser has its say, and the viewer of this browser theirs. */
export type DesktopState = 'unsupported' | 'denied' | 'off' | 'on'

const DESKTOP_KEY = 'oko.desktop'

export function readDesktop(storage: SafeStorage): DesktopState {
  if (typeof Notification === 'undefined') return 'unsupported'
  if (Notification.permission === 'denied') return 'denied'
  return Notification.permission === 'granted' && storage.read(DESKTOP_KEY) === 'on' ? 'on' : 'off'
}

/** Keeps the viewer's choice, asking the browser where it hasn't been asked; tells what came of it. */
export async function switchDesktop(storage: SafeStorage, isWanted: boolean): Promise<DesktopState> {
  if (isWanted && typeof Notification !== 'undefined') await Notification.requestPermission()
  storage.write(DESKTOP_KEY, isWanted ? 'on' : null)
  return readDesktop(storage)
}

/** One that is shown again under the same `tag` takes the place of the one before. */
export type DesktopNotice = { tag: string; title: string; body: string; onClick(): void }

/** Shows a notice and returns how to take it away. */
export function showDesktop({ tag, title, body, onClick }: DesktopNotice): () => void {
  try {
    // Silent: the page has a sound of its own, with a switch of its own.
    const shown = new Notification(title, { tag, body, silent: true })
    shown.addEventListener('click', () => {
      window.focus()
      shown.close()
      onClick()
    })
    return () => shown.close()
  } catch {
    // Phones know the name and take no orders from pages.
    return () => {}
  }
}
