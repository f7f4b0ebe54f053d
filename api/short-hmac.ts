import { createHmac } from 'node:crypto'

// The first 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4, 4.2.2).
const roundConstants = Int32Array.from(
  `428a2f98 71374491 b5c0fbcf e9b5dba5 3956c25b 59f111f1 923f82a4 ab1c5ed5 d807aa98 12835b01 243185be 550c7dc3 72be5d74 80deb1fe
  9bdc06a7 c19bf174 e49b69c1 efbe4786 0fc19dc6 240ca1cc 2de92c6f 4a7484aa 5cb0a9dc 76f988da 983e5152 a831c66d b00327c8 bf597fc7
  c6e00bf3 d5a79147 06ca6351 14292967 27b70a85 2e1b2138 4d2c6dfc 53380d13 650a7354 766a0abb 81c2c92e 92722c85 a2bfe8a1 a81a664b
  c24b8b70 c76c51a3 d192e819 d6990624 f40e3585 106aa070 19a4c116 1e376c08 2748774c 34b0bcb5 391c0cb3 4ed8aa4a 5b9cca4f 682e6ff3
  748f82ee 78a5636f 84c87814 8cc70208 90befffa a4506ceb bef9a3f7 c67178f2`
    .split(/\s+/)
    .map((word) => Number.parseInt(word, 16)),
)
const initial = Int32Array.from(
  [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19].map(
    (word) => word | 0,
  ),
)
const blockBytes = 64
/** What fits into a block beside the length of the whole. */
const maxShort = blockBytes - 9

/**
 * HMAC-SHA256 (RFC 2104) of short texts, by a key that stays: a text of up to 55 ASCII characters takes two rounds of SHA-256. Node's own
 * makes objects for each, which costs six times as much; it does all others.
 *
 * Returns the first nine bytes, in base64url.
 */
export function createShortHmac(key: string): (text: string) => string {
  const words = new Int32Array(64)
  const keyBytes = Buffer.alloc(blockBytes)
  const given = Buffer.from(key)
  const fits = given.length <= blockBytes
  given.copy(keyBytes)
  const inner = new Int32Array(8)
  const outer = new Int32Array(8)
  for (const [pad, state] of [
    [0x36, inner],
    [0x5c, outer],
  ] as const) {
    for (let i = 0; i < 16; i++) words[i] = keyBytes.readInt32BE(4 * i) ^ (pad * 0x01010101)
    compress(initial, state)
  }
  const state = new Int32Array(8)

  return (text) => {
    if (!fits || !isShort(text)) return createHmac('sha256', key).update(text).digest().toString('base64url', 0, 9)
    words.fill(0, 0, 16)
    const { length } = text
    for (let i = 0; i < length; i++) words[i >> 2] = at(words, i >> 2) | (text.charCodeAt(i) << (24 - 8 * (i & 3)))
    finish(length)
    compress(inner, state)
    words.set(state)
    words.fill(0, 8, 16)
    finish(32)
    compress(outer, state)
    const [first = 0, second = 0, third = 0] = state
    return (
      base64((first >>> 8) & 0xffffff) +
      base64(((first & 0xff) << 16) | (second >>> 16)) +
      base64(((second & 0xffff) << 8) | (third >>> 24))
    )
  }

  /** The end of a message of so many bytes, behind the block that the key made. */
  function finish(bytes: number): void {
    words[bytes >> 2] = at(words, bytes >> 2) | (0x80 << (24 - 8 * (bytes & 3)))
    words[15] = 8 * (blockBytes + bytes)
  }

  /** One round over the block in `words` (FIPS 180-4, 6.2.2). */
  function compress(from: Int32Array, to: Int32Array): void {
    for (let i = 16; i < 64; i++) {
      const x = at(words, i - 15)
      const y = at(words, i - 2)
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10)
      words[i] = (s0 + at(words, i - 7) + s1 + at(words, i - 16)) | 0
    }
    let a = at(from, 0)
    let b = at(from, 1)
    let c = at(from, 2)
    let d = at(from, 3)
    let e = at(from, 4)
    let f = at(from, 5)
    let g = at(from, 6)
    let h = at(from, 7)
    for (let i = 0; i < 64; i++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + at(roundConstants, i) + at(words, i)) | 0
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
      h = g
      g = f
      f = e
      e = (d + t1) | 0
      d = c
      c = b
      b = a
      a = (t1 + t2) | 0
    }
    to[0] = at(from, 0) + a
    to[1] = at(from, 1) + b
    to[2] = at(from, 2) + c
    to[3] = at(from, 3) + d
    to[4] = at(from, 4) + e
    to[5] = at(from, 5) + f
    to[6] = at(from, 6) + g
    to[7] = at(from, 7) + h
  }
}

// Never out of range here.
const at = (array: Int32Array, index: number): number => array[index] as number

function isShort(text: string): boolean {
  if (text.length > maxShort) return false
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false
  return true
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const pairs = [...digits].flatMap((first) => [...digits].map((second) => first + second))

/** Three bytes, in base64url. */
const base64 = (bytes: number): string => `${pairs[bytes >> 12]}${pairs[bytes & 0xfff]}`
