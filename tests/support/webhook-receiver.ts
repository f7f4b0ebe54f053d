import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createQueue } from './queue.ts'

/** A request that came. */
export interface Delivered {
  headers: IncomingHttpHeaders
  /** As it came. */
  text: string
  event: { id: string; type: string; createdAt: string; sequence: number; data: any }
  /** What it was answered; null while it waits. */
  status: number | null
}

/** The host's end of a webhook, on a real port of loopback. */
export interface WebhookReceiver {
  url: string
  /** All that came, in order. */
  requests: Delivered[]
  /** Decides each answer: a status, or 'wait' until `release`. */
  answer: (request: Delivered) => number | 'wait'
  headers: Record<string, string>
  /** The next request. */
  next(timeoutMs?: number): Promise<Delivered>
  /** Waits for requests until so many events were acknowledged; they, in order. */
  acknowledged(count: number): Promise<Delivered[]>
  /** Answers what waits. */
  release(status: number): void
  /** As at the start; what waits fails. */
  reset(): void
  close(): Promise<void>
}

/** @param port where one was that is gone; 0: any */
export async function startWebhookReceiver(port = 0): Promise<WebhookReceiver> {
  let queue = createQueue<Delivered>()
  /** Events of before a reset: an attempt may still have been on its way. */
  const forgotten = new Set<string>()
  const waiting: [Delivered, ServerResponse][] = []
  const requests: Delivered[] = []
  const reply = (delivered: Delivered, response: ServerResponse, status: number) => {
    delivered.status = status
    response.writeHead(status, receiver.headers)
    response.end()
  }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString()
    const delivered: Delivered = { headers: request.headers, text, event: JSON.parse(text), status: null }
    if (forgotten.has(delivered.event.id)) return reply(delivered, response, 200)
    requests.push(delivered)
    const answer = receiver.answer(delivered)
    if (answer === 'wait') waiting.push([delivered, response])
    else reply(delivered, response, answer)
    queue.push(delivered)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const acknowledged = () => requests.filter(({ status }) => status === 200)
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/oko`,
    requests,
    answer: () => 200,
    headers: {},
    next: (timeoutMs = 15_000) => queue.next(timeoutMs),
    async acknowledged(count) {
      while (acknowledged().length < count) await queue.next(15_000)
      return acknowledged()
    },
    release(status) {
      for (const [delivered, response] of waiting.splice(0)) reply(delivered, response, status)
    },
    reset() {
      receiver.release(500)
      receiver.answer = () => 200
      receiver.headers = {}
      for (const { event } of requests.splice(0)) forgotten.add(event.id)
      queue = createQueue()
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return receiver
}

/** Whether a header has a signature of this text by this secret, checked by the Web Crypto API and by nothing of ours. */
export async function isSignedBy(secret: string, { headers, text }: Delivered): Promise<boolean> {
  const parts = String(headers['oko-signature']).split(',')
  const time = parts.find((part) => part.startsWith('t='))?.slice(2)
  const signatures = parts.filter((part) => part.startsWith('v1=')).map((part) => Buffer.from(part.slice(3), 'hex'))
  const encoder = new TextEncoder()
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['verify'])
  const verdicts = await Promise.all(
    signatures.map((signature) => crypto.subtle.verify('HMAC', key, signature, encoder.encode(`${time}.${text}`))),
  )
  return verdicts.includes(true)
}
