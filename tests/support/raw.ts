import { connect, type Socket } from 'node:net'

/** An answer of HTTP/1.1 as it came. */
export interface RawAnswer {
  status: number
  headers: Record<string, string>
  body: string
}

const open = (url: string): Socket => {
  const { port, hostname } = new URL(url)
  return connect(Number(port), hostname)
}

/** Writes bytes that need not be HTTP, and reads until the server closes; what was answered, in order. */
export async function exchange(url: string, ...parts: (string | Buffer)[]): Promise<RawAnswer[]> {
  const socket = open(url)
  const chunks: Buffer[] = []
  await new Promise<void>((resolve) => {
    socket.on('data', (chunk) => chunks.push(chunk))
    // Cut off by the server: what it said before is the answer.
    socket.on('error', () => undefined)
    socket.on('close', () => resolve())
    for (const part of parts) socket.write(part)
  })
  return parseAnswers(Buffer.concat(chunks))
}

function parseAnswers(bytes: Buffer): RawAnswer[] {
  const answers: RawAnswer[] = []
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf('\r\n\r\n', at)
    if (end < 0) throw new Error(`no HTTP answer: ${bytes.subarray(at, at + 100)}`)
    const [statusLine = '', ...lines] = bytes.subarray(at, end).toString('latin1').split('\r\n')
    const headers = Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
    )
    const length = headers['content-length'] === undefined ? bytes.length : Number(headers['content-length'])
    const body = bytes.subarray(end + 4, end + 4 + length).toString()
    answers.push({ status: Number(statusLine.split(' ')[1]), headers, body })
    at = end + 4 + length
  }
  return answers
}

/** A request as text, with `Connection: close` unless told otherwise. */
export function httpText(
  requestLine: string,
  headers: readonly string[] = [],
  body = '',
  connection = 'close',
): string {
  return [`${requestLine} HTTP/1.1`, 'Host: oko', `Connection: ${connection}`, ...headers, '', body].join('\r\n')
}

/** A POST of JSON to /graphql. */
export const postText = (body: string, headers: readonly string[] = [], connection = 'close'): string =>
  httpText(
    'POST /graphql',
    ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`, ...headers],
    body,
    connection,
  )

/** A WebSocket without a client: frames are written and read by hand (RFC 6455, 5.2). */
export interface RawFrames {
  write(...frames: Buffer[]): void
  /** The code of the server's close frame; null where the connection ended without one. */
  closed: Promise<number | null>
  /** How many frames have come, by opcode. */
  count(opcode: number): number
  end(): void
}

/** Opens one with the subprotocol graphql-transport-ws; `status` is that of a refused upgrade. */
export async function openFrames(url: string, headers: readonly string[] = []): Promise<RawFrames> {
  const socket = open(url)
  const counts = new Map<number, number>()
  let buffer = Buffer.alloc(0)
  let upgraded = false
  let code: number | null = null
  let onUpgrade: (() => void) | undefined
  const ready = new Promise<void>((resolve) => {
    onUpgrade = resolve
  })
  const closed = new Promise<number | null>((resolve) => socket.once('close', () => resolve(code)))
  socket.on('error', () => undefined)
  socket.on('data', (chunk) => {
    buffer = Buffer.concat([buffer, chunk])
    if (!upgraded) {
      const end = buffer.indexOf('\r\n\r\n')
      if (end < 0) return
      upgraded = true
      buffer = buffer.subarray(end + 4)
      onUpgrade?.()
    }
    for (let next = readFrame(buffer); next; next = readFrame(buffer)) {
      buffer = buffer.subarray(next.length)
      counts.set(next.opcode, (counts.get(next.opcode) ?? 0) + 1)
      if (next.opcode === 8) {
        code = next.payload.length >= 2 ? next.payload.readUInt16BE(0) : 1005
        socket.end()
      }
    }
  })
  socket.write(
    [
      'GET /graphql HTTP/1.1',
      'Host: oko',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
      'Sec-WebSocket-Protocol: graphql-transport-ws',
      ...headers,
      '',
      '',
    ].join('\r\n'),
  )
  await ready
  return {
    write: (...frames) => void socket.write(Buffer.concat(frames)),
    closed,
    count: (opcode) => counts.get(opcode) ?? 0,
    end: () => void socket.destroy(),
  }
}

/** A frame of the server, which is not masked. */
function readFrame(buffer: Buffer): { opcode: number; payload: Buffer; length: number } | null {
  if (buffer.length < 2) return null
  const short = buffer.readUInt8(1) & 0x7f
  const headerLength = short === 126 ? 4 : short === 127 ? 10 : 2
  if (buffer.length < headerLength) return null
  const payloadLength =
    short === 126 ? buffer.readUInt16BE(2) : short === 127 ? Number(buffer.readBigUInt64BE(2)) : short
  const length = headerLength + payloadLength
  if (buffer.length < length) return null
  return { opcode: buffer.readUInt8(0) & 0x0f, payload: buffer.subarray(headerLength, length), length }
}

/**
 * A frame of a client.
 *
 * @param first FIN, the reserved bits and the opcode: 0x81 is a whole text
 */
export function frame(
  first: number,
  payload: string | Buffer = '',
  { masked = true, length }: { masked?: boolean; length?: number } = {},
): Buffer {
  const bytes = Buffer.from(payload)
  const size = length ?? bytes.length
  const bit = masked ? 0x80 : 0
  const header =
    size < 126
      ? Buffer.from([first, bit | size])
      : size < 65_536
        ? Buffer.from([first, bit | 126, size >> 8, size & 0xff])
        : Buffer.concat([Buffer.from([first, bit | 127]), bigEndian(size)])
  // A mask of zeros leaves the payload as it is.
  return Buffer.concat([header, Buffer.alloc(masked ? 4 : 0), bytes])
}

function bigEndian(size: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(size))
  return bytes
}

/** A whole text frame with a message of the protocol. */
export const messageFrame = (message: object): Buffer => frame(0x81, JSON.stringify(message))
