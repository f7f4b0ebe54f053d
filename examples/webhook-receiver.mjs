// Takes Oko's webhooks: checks who sent them and when, answers at once, and does each event once.
//
//   WEBHOOK_SECRET=… PORT=5000 node examples/webhook-receiver.mjs

import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'

const secret = process.env.WEBHOOK_SECRET
const maxAgeSeconds = 300
/** Events that were done: in earnest, ids under a unique index, written in the transaction that does what the event asks for. */
const done = new Set()

/** Whether the body is from who has the secret, and not an old one again. */
function isGenuine(body, header = '') {
  const parts = header.split(',').map((part) => part.split('='))
  const time = parts.find(([name]) => name === 't')?.[1]
  if (!(Math.abs(Date.now() / 1000 - Number(time)) <= maxAgeSeconds)) return false
  const expected = createHmac('sha256', secret).update(`${time}.`).update(body).digest()
  return parts
    .filter(([name]) => name === 'v1')
    .map(([, signature]) => Buffer.from(signature ?? '', 'hex'))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected))
}

const server = createServer(async (request, response) => {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  if (!isGenuine(body, request.headers['oko-signature'])) return response.writeHead(401).end()
  const event = JSON.parse(body)
  if (!done.has(event.id)) {
    done.add(event.id)
    console.log(`${event.type} ${event.data.chat.externalRef ?? event.data.chat.id} ${event.data.author.externalId}`)
  }
  response.writeHead(204).end()
})
server.listen(Number(process.env.PORT ?? 5000), '127.0.0.1', () => console.log(`listening on ${server.address().port}`))
