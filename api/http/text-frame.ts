/**
 * A text's UTF-8 bytes, each as the character of that number: what is said to many is encoded once and then only put together, and
 * such a string goes to the network as it is ('latin1').
 */
export const binary = (text: string): string =>
  /^[\0-\x7f]*$/.test(text) ? text : Buffer.from(text).toString('latin1')

/**
 * A binary text as an unmasked frame (RFC 6455, 5.2), itself binary. `ws` would write head and text apart, and each event of a
 * commit for itself; between frames of its own, which it never splits or compresses here, the connection is ours to write to.
 */
export function textFrame(text: string): string {
  const { length } = text
  if (length < 126) return String.fromCharCode(0x81, length) + text
  if (length < 65_536) return String.fromCharCode(0x81, 126, length >> 8, length & 255) + text
  const head = Buffer.alloc(10)
  head.writeUInt16BE(0x817f)
  head.writeBigUInt64BE(BigInt(length), 2)
  return head.toString('latin1') + text
}
