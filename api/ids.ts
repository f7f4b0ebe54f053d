import { v7 } from 'uuid'

/** The kinds of things that have ids; an id begins with its kind. */
export type IdKind = 'user' | 'chat' | 'msg' | 'ntf'

// As uuid keeps them for itself where it isn't given them. A message to a thousand people makes a thousand ids, and randomness for
// each by itself was most of the work.
const random = Buffer.alloc(16 * 64)
let used = random.length
let msecs = 0
let seq = 0

function nextUuid(): string {
  if (used === random.length) {
    crypto.getRandomValues(random)
    used = 0
  }
  const bytes = random.subarray(used, used + 16)
  used += 16
  const nowMs = Date.now()
  if (nowMs > msecs) {
    msecs = nowMs
    seq = bytes.readUInt32BE(6) >>> 1
  } else seq++
  return v7({ random: bytes, msecs, seq })
}

/** Makes a new id (of a webhook's event: "whe", which no operation asks for): its kind and a UUIDv7 (RFC 9562) in 32 hexadecimal digits. Later ids sort behind earlier ones. */
export const newId = (kind: IdKind | 'whe'): string => `${kind}_${nextUuid().replaceAll('-', '')}`

/** Whether a client's string can be an id of that kind; what can't is answered like any other id that isn't the viewer's. */
export const isId = (kind: IdKind, id: string): boolean => id.startsWith(`${kind}_`) && /^[a-z]+_[0-9a-f]{32}$/.test(id)

/**
 * A client's string as an id of that kind: itself, or, where it can't be one, an id that nothing ever has (no UUIDv7 is all
 * zeros). So what can't be an id goes the way of what doesn't exist: the same statements, the same answer, the same time.
 */
export const toId = (kind: IdKind, id: string): string => (isId(kind, id) ? id : `${kind}_${'0'.repeat(32)}`)
