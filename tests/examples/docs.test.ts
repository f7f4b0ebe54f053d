import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { buildSchema, type DefinitionNode, type FragmentDefinitionNode, Kind, parse, print, validate } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../api/config.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { newPair, say } from '../support/chat.ts'
import { request } from '../support/client.ts'
import { type DocBlock, docBlocks, docPages } from '../support/doc-files.ts'
import type { Person } from '../support/market.ts'
import { createQueue } from '../support/queue.ts'
import { openEventSource } from '../support/sse.ts'
import { hostToken } from '../support/tokens.ts'

const folder = new URL('../../examples/mobile/', import.meta.url)
const schema = buildSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'))
const blocksOf = (language: string): DocBlock[] => docPages.flatMap((page) => docBlocks(page, language))

let app: TestApp
let anna: Person
let dmitry: Person
let chatId: string
/** A position in Anna's log, and what she hasn't heard since. */
let cursor: string

beforeAll(async () => {
  app = await startTestApp('sqlite')
  ;({ chatId, anna, dmitry } = await newPair(app.url))
  const stream = await openEventSource(app.url, anna.token, 'subscription { events { cursor } }')
  cursor = (await stream.next()).data.events.cursor
  stream.close()
  await say(app.url, dmitry, chatId, 'Пропущено')
})
afterAll(() => app.close())

/** Runs an operation as Anna or, where a page is the host's, as its backend, with a value for each of its variables; returns its first result. */
async function runFor(page: string, document: string, operation: DefinitionNode | undefined) {
  const token = page === 'docs/webhooks.md' ? await hostToken() : anna.token
  const values: Record<string, unknown> = { chatId, after: cursor, text: 'Здравствуйте!', clientMessageId: 'm-1' }
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation')
  const names = operation.variableDefinitions?.map(({ variable }) => variable.name.value) ?? []
  const variables = Object.fromEntries(names.filter((name) => name in values).map((name) => [name, values[name]]))
  if (operation.operation !== 'subscription') return request<any>(app.url, token, document, variables)
  const stream = await openEventSource(app.url, token, document, variables)
  const ready = await stream.next()
  expect(Object.values(ready.data)[0]).toMatchObject({ __typename: 'StreamReady', resumed: true })
  const missed = await stream.next()
  stream.close()
  return missed
}

describe('the operations of the docs', () => {
  const blocks = blocksOf('graphql')

  it('are found', () => {
    expect(new Set(blocks.map(({ page }) => page))).toEqual(
      new Set(['README.md', 'docs/limits.md', 'docs/mobile.md', 'docs/webhooks.md']),
    )
  })

  it.each(blocks)('run as they are: $page, line $line', async ({ page, code, after }) => {
    const document = parse(code)
    expect(validate(schema, document).map(String)).toEqual([])
    const { data, errors, extensions } = (await runFor(page, code, document.definitions[0])) as any
    expect([data, errors]).toEqual([expect.anything(), undefined])
    // Where the page says what it costs.
    const cost = /^\s*costs [^=]*= (\d+)/.exec(after)?.[1]
    if (cost) expect(extensions.cost.requested).toBe(Number(cost))
  })

  it('say what the answer says of their cost', () => {
    expect(docBlocks('docs/limits.md', 'graphql').every(({ after }) => /^\s*costs [^=]*= \d+/.test(after))).toBe(true)
    const [shown] = docBlocks('docs/limits.md', 'json')
    expect(JSON.parse(`{${shown?.code}}`).extensions.cost).toEqual({ requested: 31, limit: 100000, remaining: 99969 })
  })
})

describe('the commands of the docs', () => {
  const commands = blocksOf('sh').filter(({ code }) => code.startsWith('curl'))
  const running: ChildProcess[] = []
  afterAll(() => {
    for (const child of running) child.kill()
  })

  /** Runs a command as it is written; what it has in $NAMES comes from the environment. */
  function run(command: string) {
    const child = spawn('bash', ['-c', `exec ${command}`], {
      env: {
        PATH: process.env.PATH,
        OKO_URL: app.url,
        OKO_TOKEN: anna.token,
        CHAT_ID: chatId,
        MESSAGE_ID: 'from-curl',
        CURSOR: cursor,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    running.push(child)
    const lines = createQueue<string>()
    let text = ''
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      const whole = text.split('\n')
      text = whole.pop() ?? ''
      for (const line of whole) lines.push(line)
    })
    child.stdout?.on('end', () => {
      if (text) lines.push(text)
    })
    return lines
  }

  it('are found', () => {
    const pages = commands.map(({ page }) => page)
    expect(new Set(pages)).toEqual(new Set(['README.md', 'docs/mobile.md']))
    expect(commands.filter(({ code }) => code.includes('$CURSOR'))).toHaveLength(2)
  })

  it.each(commands.filter(({ code }) => !code.includes('text/event-stream')))(
    'are answered: $page, line $line',
    async ({ code }) => {
      const { data, errors } = JSON.parse(await run(code).next())
      expect([data, errors]).toEqual([expect.anything(), undefined])
      if (!code.includes('$MESSAGE_ID')) return
      expect(data.sendMessage.duplicate).toBe(false)
      const again = JSON.parse(await run(code).next()).data.sendMessage
      expect(again).toEqual({ ...data.sendMessage, duplicate: true })
    },
  )

  it.each(commands.filter(({ code }) => code.includes('text/event-stream')))(
    'get the live stream, after a cursor where they have one: $page, line $line',
    async ({ code, line }) => {
      const lines = run(code)
      const next = async () => {
        for (;;) {
          const sent = await lines.next()
          if (sent.startsWith('data: {')) return Object.values(JSON.parse(sent.slice(6)).data)[0] as any
        }
      }
      expect((await next()).__typename).toBe('StreamReady')
      if (code.includes('$CURSOR')) expect((await next()).message.text).toBe('Пропущено')
      const text = `Живое, строка ${line}`
      await say(app.url, dmitry, chatId, text)
      // README's says of a message only that it came.
      const isIt = ({ __typename, message }: any) => __typename === 'MessageAdded' && (message?.text ?? text) === text
      for (let event = await next(); !isIt(event); event = await next()) expect(event.cursor).toBeTruthy()
    },
  )
})

describe('what the docs list', () => {
  it('is every error code that there is', () => {
    const source = readFileSync(new URL('../../api/errors.ts', import.meta.url), 'utf8')
    const codes = [...source.matchAll(/^ {2}\| '(\w+)'/gm)].map(([, code]) => code)
    const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8')
    const [table = ''] = page.split('## When a stream ends')
    const rows = [...table.matchAll(/^\| (`.*?`) \|/gm)].flatMap(([, cell]) => cell?.match(/\w{3,}/g) ?? [])
    expect(rows.sort()).toEqual([...codes, 'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED'].sort())
  })

  it('as settings of the guard is taken by the server', () => {
    const [rules] = docBlocks('docs/contact-guard.md', 'json')
    const config = readConfig({ GUARD_RULES: rules?.code.trim() })
    expect(config.guardRules).not.toEqual(readConfig({}).guardRules)
  })
})

describe('the operations for Apollo', () => {
  const files = readdirSync(new URL('operations', folder)).map((name) =>
    readFileSync(new URL(`operations/${name}`, folder), 'utf8'),
  )
  const all = parse(files.join('\n'))
  const fragments = all.definitions.filter(
    (one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION,
  )
  const operations = all.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION)

  it('fit the schema', () => {
    expect(validate(schema, all).map(String)).toEqual([])
    expect(operations.length).toBeGreaterThan(5)
  })

  it.each(operations)('run: $name.value', async (operation) => {
    const used = new Set<FragmentDefinitionNode>()
    const use = (text: string) => {
      for (const fragment of fragments) {
        if (used.has(fragment) || !text.includes(`...${fragment.name.value}\n`)) continue
        used.add(fragment)
        use(print(fragment))
      }
    }
    use(print(operation))
    const { data, errors } = await runFor('examples', [operation, ...used].map(print).join('\n'), operation)
    expect([data, errors]).toEqual([expect.anything(), undefined])
  })

  it('are where the settings of the generators look for them', () => {
    const config = JSON.parse(readFileSync(new URL('apollo-codegen-config.json', folder), 'utf8'))
    expect(config.input).toEqual({
      schemaSearchPaths: ['../../schema.graphql'],
      operationSearchPaths: ['operations/*.graphql'],
    })
    const gradle = readFileSync(new URL('build.gradle.kts', folder), 'utf8')
    expect(gradle).toContain('schemaFiles.from("../../schema.graphql")')
    expect(gradle).toContain('srcDir("operations")')
  })
})
