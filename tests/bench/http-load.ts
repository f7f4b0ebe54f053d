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

/** Connections that stay open, each with one request at a time; what finds none of them free waits in line. */
export interface Connections {
  /** Resolves when the answer has come. @throws when it isn't what the request expects */
  request(prepared: Prepared): Promise<void>
  close(): void
}

/** On bare sockets, since what measures shares the machine with what is measured. */
export async function openConnections(port: number, count: number): Promise<Connections> {
  const sockets = Array.from({ length: count }, () => connect(port, '127.0.0.1').setNoDelay(true))
  await Promise.all(sockets.map((socket) => once(socket, 'connect')))
  const free = sockets.map((socket) => ({ socket, answers: readAnswers(socket) }))
  const inLine: ((one: (typeof free)[number]) => void)[] = []
  return {
    async request({ bytes, expects }) {
      const one = free.pop() ?? (await new Promise<(typeof free)[number]>((resolve) => inLine.push(resolve)))
      const answer = one.answers.next()
      one.socket.write(bytes)
      const text = await answer
      const next = inLine.shift()
      if (next) next(one)
      else free.push(one)
      if (!text.includes(expects)) throw new Error(`an unexpected answer: ${text.slice(0, 1000)}`)
    },
    close() {
      for (const socket of sockets) socket.destroy()
    },
  }
}

/**
 * Keeps `connections` connections busy, each with one request at a time, until `count` are answered.
 *
 * @throws when an answer isn't what its request expects
 */
export async function load(
  port: number,
  connections: number,
  count: number,
  next: (i: number) => Prepared,
): Promise<{ ms: number }> {
  const width = Math.min(connections, count)
  let begun = 0
  const startedAt = performance.now()
  const open = await openConnections(port, width)
  try {
    await Promise.all(
      Array.from({ length: width }, async () => {
        while (begun < count) await open.request(next(begun++))
      }),
    )
  } finally {
    open.close()
  }
  return { ms: performance.now() - startedAt }
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
