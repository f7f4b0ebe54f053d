import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../support/app.ts'
import { request } from '../support/client.ts'
import { demoChats, demoPeople, sharedChat } from '../support/demo.ts'
import { send } from '../support/market.ts'
import { openSocket } from '../support/socket.ts'
import { testSecret, tokenFor } from '../support/tokens.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** A first start builds both pages; other tests run beside it. */
const startTimeoutMs = 180_000
const twoStartsMs = 2 * startTimeoutMs

interface Started {
  url: string
  /** Everything printed so far. */
  output(): string
  /** Ends with npm's own end: its exit code, or null after a signal. */
  ended: Promise<number | null>
  /** As a terminal or a container does it: to the whole group, npm included. */
  signal(name: NodeJS.Signals): void
}

const running = new Set<ChildProcess>()
afterEach(() => {
  for (const child of running) signalGroup(child, 'SIGKILL')
  running.clear()
})

function signalGroup(child: ChildProcess, name: NodeJS.Signals): void {
  try {
    if (child.pid) process.kill(-child.pid, name)
  } catch {
    // Gone already.
  }
}

/** Runs `npm start` with nothing of the product in its environment but what is given. */
function npmStart(folder: string, env: Record<string, string>) {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn('npm', ['start'], { cwd: folder, env: { PATH, HOME, ...env }, detached: true, stdio: 'pipe' })
  running.add(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  }
  const ended = once(child, 'close').then(([code]) => {
    running.delete(child)
    return code as number | null
  })
  return { child, ended, output: () => output }
}

/** `npm start` until it has printed its address. */
async function start(folder: string, env: Record<string, string>): Promise<Started> {
  const { child, ended, output } = npmStart(folder, { PORT: '0', ...env })
  const address = () => /Oko is up: (http:\/\/\S+)/.exec(output())?.[1]
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`no address within ${startTimeoutMs} ms: ${output()}`)),
      startTimeoutMs,
    )
    const look = () => {
      const found = address()
      if (!found) return
      clearTimeout(timer)
      resolve(found)
    }
    child.stdout.on('data', look)
    void ended.then((code) => reject(new Error(`npm start ended with ${code}: ${output()}`)))
  })
  return { url, output, ended, signal: (name) => signalGroup(child, name) }
}

/** Resolves with how long the whole end took; fails after 10 s. */
async function endedWithin10s(app: Started): Promise<void> {
  const late = new Promise<never>((_, reject) =>
    setTimeout(() => reject(new Error(`still running 10 s after SIGTERM: ${app.output()}`)), 10_000).unref(),
  )
  await Promise.race([app.ended, late])
  await expect(fetch(app.url)).rejects.toThrow()
}

/** The project as it is checked out, with npm's packages and nothing else that is made later. */
let checkout: string
beforeAll(() => {
  checkout = mkdtempSync(join(tmpdir(), 'oko-start-'))
  const made = ['node_modules', 'dist', 'data', 'coverage', '.git', '.env', 'prisma/generated']
  cpSync(root, checkout, { recursive: true, filter: (path) => !made.includes(relative(root, path)) })
  symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'))
})
afterAll(() => rmSync(checkout, { recursive: true, force: true }))

test(
  'npm start in a fresh checkout builds what it needs, seeds once, and keeps its data over a restart',
  async () => {
    const first = await start(checkout, {})
    const page = await fetch(first.url)
    expect(page.headers.get('content-type')).toContain('text/html')
    const script = /<script type="module"[^>]* src="([^"]+)"/.exec(await page.text())?.[1]
    expect((await fetch(new URL(script ?? '', first.url))).status).toBe(200)
    const people = await demoPeople(first.url)
    const { id, other } = await sharedChat(first.url, 'ru')
    const sent = await send(first.url, other.token, id, 'Переживёт перезапуск')
    expect(sent.__typename).toBe('SendMessageSuccess')
    const chats = await demoChats(first.url, other)
    first.signal('SIGTERM')
    await endedWithin10s(first)

    const second = await start(checkout, {})
    const latest = 'query ($id: ID!) { chat(id: $id) { lastMessage { text } } }'
    // The token of before still holds.
    const { data } = await request(second.url, other.token, latest, { id })
    expect(data.chat.lastMessage.text).toBe('Переживёт перезапуск')
    expect((await demoChats(second.url, other)).map((chat) => chat.id).sort()).toEqual(
      chats.map((chat) => chat.id).sort(),
    )
    expect((await demoPeople(second.url)).length).toBe(people.length)
    second.signal('SIGTERM')
    await endedWithin10s(second)
  },
  twoStartsMs,
)

test(
  'npm start obeys the environment: PostgreSQL, a port, JWT; two SIGTERMs end it within 10 s, sockets with 1012',
  async () => {
    const database = await createTestDatabase('postgresql')
    try {
      const env = { DATABASE_URL: database.url, JWT_SECRET: testSecret, HOST: '127.0.0.1', NODE_ENV: 'production' }
      const app = await start(checkout, env)
      expect(await demoPeople(app.url)).toEqual([])
      expect((await request(app.url, null, '{ viewer { id } }')).status).toBe(401)
      const token = await tokenFor('somebody')
      expect((await request(app.url, token, '{ viewer { externalId } }')).data).toEqual({
        viewer: { externalId: 'somebody' },
      })
      const socket = await openSocket(app.url)
      socket.send({ type: 'connection_init', payload: { Authorization: `Bearer ${token}` } })
      expect(await socket.next()).toMatchObject({ type: 'connection_ack' })
      socket.send({ id: '1', type: 'subscribe', payload: { query: 'subscription { events { cursor } }' } })
      await socket.next()

      app.signal('SIGTERM')
      app.signal('SIGTERM')
      expect((await socket.closed).code).toBe(1012)
      await endedWithin10s(app)

      const port = new URL(app.url).port
      const again = await start(checkout, { ...env, PORT: port })
      expect(again.url).toBe(`http://127.0.0.1:${port}`)
      again.signal('SIGTERM')
      await endedWithin10s(again)
    } finally {
      await database.drop()
    }
  },
  twoStartsMs,
)

test.each([
  ['PORT', { PORT: 'http' }],
  ['JWT_SECRET', { NODE_ENV: 'production' }],
])(
  'npm start with a wrong %s ends with exit code 1 and one line that names it (%o)',
  async (name, env) => {
    const { ended, output } = npmStart(checkout, env)
    expect(await ended).toBe(1)
    const lines = output().split('\n')
    expect(lines.filter((line) => line.startsWith(`Configuration: ${name}: `))).toHaveLength(1)
    expect(lines.filter((line) => /^\s+at /.test(line))).toEqual([])
  },
  startTimeoutMs,
)
