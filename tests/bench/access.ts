/**
 * `npm run bench:access`: whether the time of a refusal tells what is foreign from what is missing. Interleaved requests, the
 * quantiles of both and how well a single time tells the two apart: AUC (the Mann-Whitney statistic) is 0.5 where it doesn't.
 * On SQLite, and on PostgreSQL where TEST_DATABASE_URL names a database that may be written to. Arguments: how many requests
 * of each, and a part of the operations' names.
 */
import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { createApp } from '../../api/app.ts'
import { readConfig } from '../../api/config.ts'
import { newPair, range, say } from '../support/chat.ts'
import { createChat, run } from '../support/market.ts'
import { testSecret, tokenFor } from '../support/tokens.ts'

const rounds = Number(process.argv[2] ?? 3000)
const only = process.argv[3] ?? ''
const warmUps = 300
const agent = new Agent({ keepAlive: true, maxSockets: 1 })

const operations = {
  chat: ['chat', 'query ($id: ID!) { chat(id: $id) { id title } }'],
  messages: ['chat', 'query ($id: ID!) { messages(chatId: $id) { edges { node { text } } } }'],
  'node of a chat': ['chat', 'query ($id: ID!) { node(id: $id) { id } }'],
  'node of a message': ['message', 'query ($id: ID!) { node(id: $id) { id } }'],
  'node of a notification': ['notification', 'query ($id: ID!) { node(id: $id) { id } }'],
  'node of a person with 200 chats': ['person', 'query ($id: ID!) { node(id: $id) { id } }'],
  sendMessage: ['chat', 'mutation ($id: ID!) { sendMessage(input: { chatId: $id, text: "Привет" }) { __typename } }'],
  markChatRead: ['chat', 'mutation ($id: ID!) { markChatRead(chatId: $id) { id } }'],
  deleteMessage: ['message', 'mutation ($id: ID!) { deleteMessage(id: $id) { id } }'],
  markNotificationsRead: ['notification', 'mutation ($id: ID!) { markNotificationsRead(ids: [$id]) { unreadChats } }'],
} as const

/** One request over the one connection; milliseconds until its answer was read. */
function timed(url: string, token: string, query: string, id: string): Promise<number> {
  const body = JSON.stringify({ query, variables: { id } })
  return new Promise((resolve, reject) => {
    const startedAt = performance.now()
    const sent = request(
      `${url}/graphql`,
      { method: 'POST', agent, headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` } },
      (response) => {
        let text = ''
        response.on('data', (chunk) => {
          text += chunk
        })
        response.on('end', () => {
          if (text.includes('"FORBIDDEN"')) resolve(performance.now() - startedAt)
          else reject(new Error(`not refused: ${text}`))
        })
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

/** How often one of `a` is longer than one of `b`, ties as halves. */
function auc(a: readonly number[], b: readonly number[]): number {
  const all = [...a.map((ms) => ({ ms, isA: true })), ...b.map((ms) => ({ ms, isA: false }))].sort(
    (x, y) => x.ms - y.ms,
  )
  let [below, sum] = [0, 0]
  for (const { isA } of all) {
    if (isA) sum += below
    else below++
  }
  return sum / (a.length * b.length)
}

const quantiles = (times: readonly number[]): string => {
  const sorted = [...times].sort((a, b) => a - b)
  return [0.1, 0.5, 0.9, 0.99].map((share) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(3)).join(' ')
}

async function measure(databaseUrl: string): Promise<void> {
  const limits = ['SENDS_PER_MINUTE', 'OPERATIONS_PER_SECOND', 'OPERATIONS_PER_ADDRESS'].map((name) => [
    `LIMIT_${name}`,
    '0',
  ])
  const env = { PORT: '0', DATABASE_URL: databaseUrl, JWT_SECRET: testSecret, ...Object.fromEntries(limits) }
  const app = await createApp({
    config: readConfig(env),
    logger: pino({ level: 'silent' }),
  })
  try {
    const { url } = app
    const { chatId, anna, dmitry } = await newPair(url)
    const message = await say(url, anna, chatId, 'Привет')
    for (const index of range(200)) await createChat(url, [anna, dmitry], `Заказ ${index}`)
    const found = await run(url, dmitry.token, '{ notifications { edges { node { id actor { id } } } } }')
    const { id: notification, actor } = found.notifications.edges[0].node
    const foreign = {
      chat: chatId,
      message: message.id as string,
      notification: notification as string,
      person: actor.id as string,
    }
    const stranger = await tokenFor('stranger')
    await createChat(url, [
      { externalId: 'stranger', token: stranger },
      { externalId: 'friend', token: '' },
    ])
    console.log(`${databaseUrl.split(':')[0]}, ${rounds} requests of each; ms at 10, 50, 90 and 99 %`)
    for (const [name, [target, query]] of Object.entries(operations).filter(([name]) => name.includes(only))) {
      const times: { foreign: number[]; missing: number[] } = { foreign: [], missing: [] }
      for (const round of range(warmUps + 2 * rounds)) {
        const kind = randomInt(2) === 0 ? 'foreign' : 'missing'
        // Another one each time, so that no plan or page is remembered for it.
        const missing =
          foreign[target].slice(0, -8) +
          randomInt(2 ** 32)
            .toString(16)
            .padStart(8, '0')
        const ms = await timed(url, stranger, query, kind === 'foreign' ? foreign[target] : missing)
        if (round >= warmUps) times[kind].push(ms)
      }
      const score = auc(times.foreign, times.missing)
      console.log(
        `${name}: AUC ${score.toFixed(3)}; foreign ${quantiles(times.foreign)}; missing ${quantiles(times.missing)}`,
      )
    }
  } finally {
    await app.close()
  }
}

const folder = mkdtempSync(join(tmpdir(), 'oko-bench-'))
try {
  await measure(`file:${join(folder, 'oko.db')}`)
  if (process.env.TEST_DATABASE_URL) await measure(process.env.TEST_DATABASE_URL)
} finally {
  agent.destroy()
  rmSync(folder, { recursive: true, force: true })
}
