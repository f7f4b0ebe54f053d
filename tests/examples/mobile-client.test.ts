import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it, vi } from 'vitest'
import { type Children, createChildren } from '../faults/children.ts'
import { createInstance } from '../faults/instance.ts'
import { createChat, person } from '../support/market.ts'
import { tokenFor } from '../support/tokens.ts'

const program = fileURLToPath(new URL('../../examples/mobile-client.mjs', import.meta.url))
const soon = { timeout: 60_000, interval: 100 }

let children: Children | undefined
afterEach(() => children?.end())

/** The marketplace's backend, which gives its user tokens that end soon. */
async function startTokenServer(user: string, lifetimeSeconds: number) {
  let given = 0
  const server = createServer(async (_request, response) => {
    given++
    const exp = Math.floor(Date.now() / 1000) + lifetimeSeconds
    response.end(JSON.stringify({ token: await tokenFor(user, { exp }) }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, given: () => given, close: () => server.close() }
}

it('loses no message and doubles none while the server is killed, tokens end and the program is started anew', async () => {
  const ours = createChildren()
  children = ours
  const folder = ours.folder('oko-example-')
  const server = await createInstance(ours, 'the server', {
    DATABASE_URL: `file:${join(folder, 'oko.db')}`,
    REDIS_URL: '',
  })
  await server.start()
  const chatId = await createChat(server.url, [await person('anna'), await person('dmitry')])
  const tokens = { anna: await startTokenServer('anna', 3), dmitry: await startTokenServer('dmitry', 60) }

  /** Runs the example, and reads the lines that it prints. */
  const run = (env: Record<string, string>, ...args: string[]) => {
    const child = ours.start(process.execPath, [program, ...args], {
      env: { PATH: process.env.PATH, OKO_URL: server.url, ...env },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const lines: any[] = []
    if (child.stdout) createInterface(child.stdout).on('line', (line) => lines.push(JSON.parse(line)))
    return { lines, child, ended: new Promise((resolve) => child.once('close', resolve)) }
  }
  const listen = (...args: string[]) =>
    run({ OKO_TOKEN_URL: tokens.anna.url, OKO_CURSOR_FILE: join(folder, 'cursor') }, ...args)
  const send = (text: string) => run({ OKO_TOKEN_URL: tokens.dmitry.url }, chatId, text)

  const heard: any[] = []
  const messagesHeard = () => heard.filter(({ __typename }) => __typename === 'MessageAdded')
  const first = listen()
  await vi.waitFor(() => expect(first.lines[0]).toMatchObject({ __typename: 'StreamReady', resumed: false }), soon)

  const senders = [send('Раз'), send('Два'), send('Три')]
  await vi.waitFor(() => expect(first.lines.some(({ message }) => message)).toBe(true), soon)
  await server.kill()
  senders.push(send('Четыре'), send('Пять'))
  await server.start()
  await Promise.all(senders.map(({ ended }) => ended))
  // The token that it came back with ends too.
  const given = tokens.anna.given()
  await vi.waitFor(() => expect(tokens.anna.given()).toBeGreaterThan(given), soon)
  await vi.waitFor(() => expect(first.lines.filter(({ message }) => message)).toHaveLength(5), soon)
  first.child.kill()
  await first.ended
  heard.push(...first.lines)

  senders.push(send('Шесть'))
  await senders.at(-1)?.ended
  const second = listen(chatId)
  await vi.waitFor(() => expect(second.lines.some(({ message }) => message)).toBe(true), soon)
  senders.push(send('Семь'))
  await vi.waitFor(() => expect(second.lines.filter(({ message }) => message)).toHaveLength(2), soon)
  await senders.at(-1)?.ended
  heard.push(...second.lines)

  expect(second.lines[0]).toMatchObject({ __typename: 'StreamReady', resumed: true })
  expect(messagesHeard().map(({ message }) => message.seq)).toEqual([1, 2, 3, 4, 5, 6, 7])
  expect(new Set(messagesHeard().map(({ message }) => message.text)).size).toBe(7)
  expect(heard.filter(({ resumed }) => resumed === false)).toHaveLength(1)
  const sent = senders.map(({ lines }) => lines.map(({ __typename }) => __typename))
  expect(sent).toEqual(senders.map(() => ['SendMessageSuccess']))
  tokens.anna.close()
  tokens.dmitry.close()
}, 240_000)
