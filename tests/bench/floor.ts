// What is possible on this machine: bare node http, `pg` and `ws` doing the least that each task asks for. No identity, no
// limits, no guard, no events, no GraphQL.
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { Pool } from 'pg'
import { WebSocketServer } from 'ws'
import { chatsSql, messagesSql, sendSql } from './floor-sql.ts'

const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 10 })
const sockets = new Set<Duplex>()

const tasks: Record<string, (input: Record<string, string>) => Promise<unknown>> = {
  '/send': async ({ chatId, userId, text }) => {
    const values = [chatId, userId, `msg_${randomUUID()}`, text, `ntf_${randomUUID()}`]
    const { rows } = await pool.query({ name: 'send', text: sendSql, values })
    return { id: values[2], ...rows[0] }
  },
  '/messages': async ({ chatId, userId }) =>
    (await pool.query({ name: 'messages', text: messagesSql, values: [chatId, userId] })).rows.reverse(),
  '/chats': async ({ userId }) => (await pool.query({ name: 'chats', text: chatsSql, values: [userId] })).rows,
  /** One frame, prepared once, to every socket. */
  '/broadcast': async ({ text = '' }) => {
    const frame = textFrame(text)
    for (const socket of sockets) socket.write(frame)
    return {}
  },
  '/health/ready': async () => ({}),
}

/** An unmasked text frame of 126 to 65,535 bytes (RFC 6455, 5.2). */
function textFrame(text: string): Buffer {
  const payload = Buffer.from(text)
  return Buffer.concat([Buffer.from([0x81, 126, payload.length >> 8, payload.length & 255]), payload])
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  const input = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : {}
  const body = JSON.stringify(await tasks[request.url ?? '']?.(input))
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
  response.end(body)
}

const server = createServer((request, response) => void answer(request, response))
const wss = new WebSocketServer({ server, perMessageDeflate: false, handleProtocols: () => 'graphql-transport-ws' })
wss.on('connection', (socket, request) => {
  sockets.add(request.socket)
  // The two answers that a subscriber waits for.
  socket.on('message', (data) => {
    const { id, type } = JSON.parse(String(data)) as { id?: string; type: string }
    socket.send(
      JSON.stringify(type === 'connection_init' ? { type: 'connection_ack' } : { id, type: 'next', payload: {} }),
    )
  })
  socket.once('close', () => sockets.delete(request.socket))
})
server.listen(Number(process.env.PORT), '127.0.0.1')
process.once('SIGTERM', () => process.exit(0))
