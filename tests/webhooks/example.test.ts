import { spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { startTestApp } from '../support/app.ts'
import { newPair, say } from '../support/chat.ts'
import { send } from '../support/market.ts'
import { createQueue } from '../support/queue.ts'

const secret = 'a secret of the example that is long enough'
const path = fileURLToPath(new URL('../../examples/webhook-receiver.mjs', import.meta.url))

it('the receiver of the examples takes what Oko sends, each event once, and nothing else', async () => {
  const lines = createQueue<string>()
  const program = spawn(process.execPath, [path], {
    env: { PATH: process.env.PATH, WEBHOOK_SECRET: secret, PORT: '0' },
  })
  createInterface({ input: program.stdout }).on('line', (line) => lines.push(line))
  const ended = new Promise((resolve) => program.once('close', resolve))
  try {
    const port = /\d+$/.exec(await lines.next(15_000))?.[0]
    const url = `http://127.0.0.1:${port}/`
    const app = await startTestApp('sqlite', {
      env: { WEBHOOK_URL: url, WEBHOOK_SECRET: `the next one ${secret},${secret}` },
    })
    try {
      const { chatId, anna, dmitry } = await newPair(app.url)
      await say(app.url, anna, chatId, 'Здравствуйте')
      await send(app.url, dmitry.token, chatId, 'Звоните +7 916 123-45-67')
      expect(await lines.next(15_000)).toBe(`message.sent ${chatId} ${anna.externalId}`)
      expect(await lines.next(15_000)).toBe(`message.refused ${chatId} ${dmitry.externalId}`)
    } finally {
      await app.close()
    }

    const event = {
      id: 'whe_1',
      type: 'message.sent',
      data: { chat: { id: 'chat_1' }, author: { externalId: 'anna' } },
    }
    const body = JSON.stringify(event)
    const statusOf = async (by: string, ageSeconds: number) => {
      const time = Math.floor(Date.now() / 1000) - ageSeconds
      const signature = createHmac('sha256', by).update(`${time}.${body}`).digest('hex')
      const headers = { 'oko-signature': `t=${time},v1=${signature}` }
      return (await fetch(url, { method: 'POST', headers, body })).status
    }
    expect(await statusOf('somebody else’s secret', 0)).toBe(401)
    expect(await statusOf(secret, 3600)).toBe(401)
    expect((await fetch(url, { method: 'POST', body })).status).toBe(401)
    expect([await statusOf(secret, 0), await statusOf(secret, 1)]).toEqual([204, 204])
    expect(await lines.next()).toBe('message.sent chat_1 anna')
    expect(lines.size()).toBe(0)
  } finally {
    program.kill()
    await ended
  }
}, 60_000)

it('the documentation shows the check of the example', () => {
  const check = /^function isGenuine[\s\S]*?^}/m.exec(readFileSync(path, 'utf8'))?.[0] ?? 'none'
  expect(readFileSync(new URL('../../docs/webhooks.md', import.meta.url), 'utf8')).toContain(check)
})
