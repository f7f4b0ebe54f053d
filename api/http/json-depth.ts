const quote = 0x22
const backslash = 0x5c
const opening = new Set([0x5b, 0x7b])
const closing = new Set([0x5d, 0x7d])

/** Whether lists and objects stand in each other more than `levels` deep: JSON.parse takes longer for the deep than for the wide. */
export function isDeeperThan(levels: number, json: Buffer): boolean {
  let depth = 0
  let isText = false
  for (let i = 0; i < json.length; i++) {
    const byte = json[i] ?? 0
    if (isText) {
      if (byte === backslash) i++
      else if (byte === quote) isText = false
    } else if (byte === quote) isText = true
    else if (opening.has(byte)) {
      if (++depth > levels) return true
    } else if (closing.has(byte)) depth--
  }
  return false
}
