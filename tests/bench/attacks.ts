/**
 * `npm run bench:attacks [part of a name …]`: what floods and the worst documents cost. For each: how long the server's event loop was
 * held at most, and how much CPU time of its own the server used in one such go (where other processes want the machine as well, the
 * former has their time in it); how long somebody else waited for answers meanwhile; and memory. On a new SQLite file, or the empty
 * database at DATABASE_URL.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { lengthenChat } from '../support/long-chat.ts'
import { createChat, person, send } from '../support/market.ts'
import { testSecret } from '../support/tokens.ts'
import type { LoopReport } from './attacked-server.ts'
import type { BystanderReport } from './bystander.ts'
import { dearRequests } from './dear-requests.ts'
import { floods } from './floods.ts'

/** The attacker has a large account: what answers are made of. */
const chats = 100
const messagesEach = 110

const folder = mkdtempSync(join(tmpdir(), 'oko-attacks-'))
const databaseUrl = process.env.DATABASE_URL ?? `file:${join(folder, 'oko.db')}`
const children: ChildProcess[] = []
const start = (file: string, env: Record<string, string>): ChildProcess => {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    execArgv: ['--expose-gc', '--import', 'tsx'],
    env: { ...process.env, ...env },
  })
  children.push(child)
  return child
}
const heard = async <T>(from: ChildProcess): Promise<T> => (await once(from, 'message'))[0] as T
const report = async <T>(of: ChildProcess): Promise<T> => {
  const answer = heard<T>(of)
  of.send('report')
  return answer
}

try {
  const server = start('attacked-server.ts', {
    ...{ PORT: '0', DATABASE_URL: databaseUrl, JWT_SECRET: testSecret, TRUST_PROXY: '1', LIMIT_SENDS_PER_MINUTE: '0' },
  })
  const { url } = await heard<{ url: string }>(server)
  const anna = await person('anna')
  const [chatId = ''] = await openAccount(url)
  const bystander = start('bystander.ts', { BYSTANDER_URL: url, BYSTANDER_TOKEN: (await person('boris')).token })
  await wait(1500)

  console.log('event loop held, own | others wait: median, most | memory: most, kept | attack')
  for (const [name, attack] of Object.entries({ ...floods, ...dearRequests })) {
    if (process.argv.length > 2 && !process.argv.slice(2).some((part) => name.includes(part))) continue
    await report(server)
    await report(bystander)
    // The report itself collected garbage.
    await wait(100)
    const answered = await attack({ url, token: anna.token, chatId })
    const { maxDelayMs, maxOwnMs, peakMiB, heapMiB } = await report<LoopReport>(server)
    const { medianMs, maxMs } = await report<BystanderReport>(bystander)
    const figures = [
      `${maxDelayMs.toFixed(0)}, ${maxOwnMs.toFixed(0)} ms`,
      `${medianMs.toFixed(0)}, ${maxMs.toFixed(0)} ms`,
      `${peakMiB}, ${heapMiB} MiB`,
    ]
    console.log(`${figures.map((figure) => figure.padStart(12)).join(' |')} | ${name}: ${answered}`)
    // The attacker's allowance fills up again.
    await wait(2000)
  }
} finally {
  for (const child of children.reverse()) {
    const gone = once(child, 'exit')
    child.disconnect()
    await gone
  }
  rmSync(folder, { recursive: true, force: true })
}

/** A person with many long chats; returns the chats' ids. */
async function openAccount(url: string): Promise<string[]> {
  const people = [await person('anna'), await person('dmitry')]
  const database = { url: databaseUrl, drop: async () => undefined }
  const ids: string[] = []
  for (let index = 0; index < chats; index++) {
    const id = await createChat(url, people, `Заказ ${index}`)
    await send(url, people[1]?.token ?? '', id, 'Первое')
    await lengthenChat(database, id, messagesEach)
    ids.push(id)
  }
  return ids
}
