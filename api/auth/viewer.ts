import { forbidden, unauthenticated } from '../errors.ts'
import type { Locale } from '../i18n.ts'

/** Whom a token speaks for: a person, or the host's backend. */
export type Viewer =
  | {
      kind: 'user'
      userId: string
      locale: Locale | null
      expiresAtMs: number
    }
  | { kind: 'host'; locale: Locale | null; expiresAtMs: number }

export type UserViewer = Extract<Viewer, { kind: 'user' }>

/** @throws UNAUTHENTICATED without a token, FORBIDDEN for the host, who is nobody's reader */
export function requireUser({ viewer }: { viewer: Viewer | null }): UserViewer {
  if (!viewer) throw unauthenticated()
  if (viewer.kind !== 'user') throw forbidden()
  return viewer
}

/** @throws UNAUTHENTICATED without a token, FORBIDDEN for everybody but the host */
export function requireHost({ viewer }: { viewer: Viewer | null }): void {
  if (!viewer) throw unauthenticated()
  if (viewer.kind !== 'host') throw forbidden()
}
