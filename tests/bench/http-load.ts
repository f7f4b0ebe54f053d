import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** A request, whole, and what its answer must hold to count as one. */
export interface Prepared {
  bytes: Buffer
  expects: string
}

/** A POST of JSON as it goes over the wire. */
export function post(path: string, body: object, expects: string, token?: string): Prepared {
  const json = Buffer.from(JSON.stringify(body))
  const head = [
    `POST ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Content-Type: application/json',
    'Accept: application/json',
    ...(token ? [`Authorization: Bearer ${token}`] : []),
    `Content-Length: ${json.length}`,
  ]
  return { bytes: Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), json]), expects }
}

/**
 * Keeps `connections` connections busy, each with one request at a time, until `count` are answered. On bare sockets, since what
 * measures shares the machine with what is measured.
 *
 * @throws when an answer isn't what its request expects
 */
export async function load(
  port: number,
  connections: number,
  count: number,
  next: (i: number) => Prepared,
): Promise<{ ms: number }> {
  let begun = 0
  const startedAt = performance.now()
  await Promise.all(Array.from({ length: Math.min(connections, count) }, () => work()))
  return { ms: performance.now() - startedAt }

  async function work(): Promise<void> {
    const socket = connect(port, '127.0.0.1').setNoDelay(true)
    await once(socket, 'connect')
    const answers = readAnswers(socket)
    try {
      while (begun < count) {
        const { bytes, expects } = next(begun++)
        const answer = answers.next()
        socket.write(bytes)
        const text = await answer
        if (!text.includes(expects)) throw new Error(`an unexpected answer: ${text.slice(0, 1000)}`)
      }
    } finally {
      socket.destroy()
    }
  }
}

const headEnd = Buffer.from('\r\n\r\n')

/** Whole answers of a keep-alive connection, in order; only with Content-Length or in chunks. */
function readAnswers(socket: Socket) {
  let buffered = Buffer.alloc(0)
  let waiting: { resolve: (text: string) => void; reject: (error: Error) => void } | undefined
  const fail = () => waiting?.reject(new Error('the connection was closed'))
  socket.on('error', fail)
  socket.on('close', fail)
  socket.on('data', (data) => {
    buffered = buffered.length === 0 ? data : Buffer.concat([buffered, data])
    const headLength = buffered.indexOf(headEnd)
    if (headLength < 0) return
    const head = buffered.toString('latin1', 0, headLength)
    const length = /content-length: *(\d+)/i.exec(head)?.[1]
    const bodyAt = headLength + 4
    const end = length === undefined ? buffered.indexOf('\r\n0\r\n\r\n', bodyAt) + 7 : bodyAt + Number(length)
    if (end < bodyAt || buffered.length < end) return
    const text = buffered.toString('utf8', 0, end)
    buffered = buffered.subarray(end)
    waiting?.resolve(text)
  })
  return {
    next: () =>
      new Promise<string>((resolve, reject) => {
        waiting = { resolve, reject }
      }),
  }
}
