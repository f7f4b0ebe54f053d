/** How much text is made in one piece. */
const pieceCharacters = 32 * 1024

/**
 * A value as JSON in pieces of some 32 KiB, each made in a turn: `JSON.stringify` of an answer of some megabytes holds the event
 * loop for as long as it takes. Of plain data: no `toJSON`, nothing undefined.
 */
export async function toJsonPieces(value: unknown, takeTurn: () => Promise<void>): Promise<Buffer[]> {
  const pieces: Buffer[] = []
  let text = ''
  if (hasList(value)) await write(value)
  else text = JSON.stringify(value)
  pieces.push(Buffer.from(text))
  return pieces

  async function write(value: object): Promise<void> {
    const isList = Array.isArray(value)
    let separator = isList ? '[' : '{'
    for (const [key, item] of Object.entries(value)) {
      text += isList ? separator : `${separator}${JSON.stringify(key)}:`
      separator = ','
      if (hasList(item)) await write(item)
      else text += JSON.stringify(item)
      if (text.length >= pieceCharacters) {
        pieces.push(Buffer.from(text))
        text = ''
        await takeTurn()
      }
    }
    text += isList ? ']' : '}'
  }
}

/** Whether there is a list in it that isn't empty; what has none has the size of its selection. */
function hasList(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return value.length > 0
  for (const key in value) if (hasList((value as Record<string, unknown>)[key])) return true
  return false
}
