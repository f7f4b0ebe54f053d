import { createHmac, hash, timingSafeEqual } from 'node:crypto'
import { badUserInput } from './errors.ts'

/** What a cursor points into; one made for one list can't be used in another. */
export type CursorKind = 'event' | 'chat' | 'message' | 'notification'
export type CursorPart = string | number

/**
 * Makes and reads opaque cursors: base64url of a MAC and a JSON array. The MAC covers the kind and the owner (the user, for
 * messages also the chat), so that a cursor can't be altered and is good for its owner alone.
 */
export interface CursorCodec {
  encode(kind: CursorKind, owner: string, parts: readonly CursorPart[]): string
  /** @throws BAD_USER_INPUT for anything that `encode` didn't make for this kind and owner */
  decode(kind: CursorKind, owner: string, cursor: string): readonly CursorPart[]
}

const macBytes = 9
/** In base64url, which is as long for itself as with what follows it. */
const macCharacters = 12

/** @param secret shared by all instances, kept with the data: a restored back-up keeps its clients' cursors good */
export function createCursorCodec(secret: string): CursorCodec {
  // Hashed before what it vouches for: a MAC, since of the hash too little is shown to go on hashing from there.
  const key = createHmac('sha256', secret).update('cursors').digest('hex')
  const mac = (kind: CursorKind, owner: string, payload: string): string =>
    hash('sha256', `${key}${kind}\n${owner}\n${payload}`, 'base64url').slice(0, macCharacters)

  return {
    encode(kind, owner, parts) {
      const [only] = parts
      // Every event has one of these.
      const payload = parts.length === 1 && typeof only === 'number' ? String(only) : JSON.stringify(parts).slice(1, -1)
      return mac(kind, owner, payload) + Buffer.from(payload).toString('base64url')
    },
    decode(kind, owner, cursor) {
      const bytes = Buffer.from(cursor, 'base64url')
      const payload = bytes.subarray(macBytes).toString()
      // Decoding is lenient, so a cursor is also compared with what it should look like.
      const intact =
        bytes.length > macBytes &&
        bytes.toString('base64url') === cursor &&
        timingSafeEqual(bytes.subarray(0, macBytes), Buffer.from(mac(kind, owner, payload), 'base64url'))
      if (!intact) throw badUserInput('This cursor was not issued for this list')
      return JSON.parse(`[${payload}]`) as CursorPart[]
    },
  }
}
