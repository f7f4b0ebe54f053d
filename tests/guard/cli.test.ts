import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createClient } from '@libsql/client'
import { afterAll, describe, expect, it } from 'vitest'
import { parseRuleSet } from '../../api/guard/rule-set.ts'
import { rehearse } from '../../api/guard-cli/rehearse.ts'

const folder = mkdtempSync(join(tmpdir(), 'oko-guard-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function run(args: string[], env: Record<string, string> = {}): Promise<{ stdout: string; stderr: string }> {
  const command = ['--import', 'tsx', 'api/guard-cli/main.ts', ...args]
  return promisify(execFile)(process.execPath, command, { env: { ...process.env, GUARD_RULES: '', ...env } })
}

describe('npm run guard', () => {
  it('prints the verdict on a text', async () => {
    expect((await run(['напиши в телегу'])).stdout).toBe(
      'refused\n0-15\tINVITATION\tinvitation.messenger\t"напиши в телегу"\n',
    )
    expect((await run(['Спасибо!'])).stdout).toBe('allowed\n')
  })

  it('judges a file of JSON lines, in its order', async () => {
    const file = join(folder, 'messages.jsonl')
    const lines = [
      { id: 'a', text: 'Ответ: 42' },
      { id: 2, text: '8 916 123-45-67' },
      { id: 'c', text: '123 45 67', recentTexts: ['8 916'] },
    ]
    writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join('\n'))
    const { stdout } = await run(['--file', file])
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { id: 'a', refused: false, findings: [] },
      { id: 2, refused: true, findings: [{ kind: 'PHONE', rule: 'phone.russian', start: 0, end: 15 }] },
      { id: 'c', refused: true, findings: [{ kind: 'PHONE', rule: 'split', start: 0, end: 9 }] },
    ])
  })

  it('says what is wrong with a file or with rules, in one line', async () => {
    const file = join(folder, 'broken.jsonl')
    writeFileSync(file, '{"id": 1, "text": "a"}\nnonsense\n')
    await expect(run(['--file', file])).rejects.toMatchObject({ stderr: 'line 2 is not JSON\n', code: 1 })
    await expect(run(['text'], { GUARD_RULES: '{"base":"off"}' })).rejects.toMatchObject({
      stderr: 'base always refuses\n',
    })
  })

  it('rehearses rules on the stored messages', async () => {
    const url = `file:${join(folder, 'stored.db')}`
    const client = createClient({ url })
    await client.execute(
      'CREATE TABLE "Message" ("id" TEXT, "chatId" TEXT, "authorId" TEXT, "text" TEXT, "seq" INTEGER, "createdAt" TEXT, "deletedAt" TEXT)',
    )
    const texts = ['Здравствуйте!', '8 916', '123 45 67']
    for (const [i, text] of texts.entries()) {
      await client.execute({
        sql: "INSERT INTO \"Message\" VALUES (?, 'chat', 'anna', ?, ?, ?, NULL)",
        args: [`msg${i}`, text, i, `2026-01-01T00:00:0${i}Z`],
      })
    }
    client.close()
    const { stdout } = await run(['--rehearse', '100'], { DATABASE_URL: url })
    expect(stdout).toBe('newly refused\tmsg2\tsplit\n3 messages: 1 newly refused, 0 newly allowed (rules "default")\n')
  })
})

describe('a rehearsal', () => {
  const message = { id: 'm1', chatId: 'c', authorId: 'a', text: 'напиши в телегу' }
  const lax = parseRuleSet('{"version": "lax", "invitation.messenger": "warn"}')
  const strict = parseRuleSet('{"version": "strict"}')

  it('names what would newly be refused or allowed', () => {
    expect(rehearse([message], lax, strict)).toEqual([
      'newly refused\tm1\tinvitation.messenger',
      '1 messages: 1 newly refused, 0 newly allowed (rules "strict")',
    ])
    expect(rehearse([message], strict, lax)).toEqual([
      'newly allowed\tm1\tinvitation.messenger',
      '1 messages: 0 newly refused, 1 newly allowed (rules "lax")',
    ])
  })
})
