import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

const check = (folder: string) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'prisma/migrate.ts', 'check'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, TEST_DATABASE_URL: inject('postgresUrl') },
  })
  return { status, output: stdout + stderr }
}

describe('migrations', () => {
  let copy: string
  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'oko-migrations-test-'))
    cpSync(join(root, 'prisma'), join(copy, 'prisma'), {
      recursive: true,
      filter: (source) => !source.includes('generated'),
    })
    cpSync(join(root, 'package.json'), join(copy, 'package.json'))
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  })
  afterAll(() => rmSync(copy, { recursive: true, force: true }))

  it('lead to the models, on both databases', () => {
    expect(check(root)).toEqual({
      status: 0,
      output: 'sqlite: models and migrations agree\npostgresql: models and migrations agree\n',
    })
  })

  it('are found wanting when a model gets a field, an index or a type that they lack', () => {
    const models = join(copy, 'prisma/models.prisma')
    writeFileSync(
      models,
      readFileSync(models, 'utf8')
        .replace('title          String', 'title          String\n  pinned         Boolean @default(false)')
        .replace('@@index([messageId])', '@@index([messageId])\n  @@index([actorId])'),
    )
    const { status, output } = check(copy)
    expect(status).toBe(1)
    expect(output).toMatch(
      /sqlite:[\s\S]*lack: column \| Chat \| pinned[\s\S]*postgresql:[\s\S]*column \| Chat \| pinned/,
    )
    expect(output).toMatch(/index \| Notification \| 0 \| actorId/)
    expect(output).toMatch(/Notification_actorId_idx/)
  })
})
