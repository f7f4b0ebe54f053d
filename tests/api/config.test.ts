import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from '../../api/config.ts'

const secret = 'x'.repeat(32)

describe('readConfig', () => {
  it('has the defaults of the protocol', () => {
    expect(readConfig({})).toEqual({
      port: 4000,
      host: '127.0.0.1',
      database: { provider: 'sqlite', url: expect.stringMatching(/^file:data\//) },
      redisUrl: null,
      identity: { kind: 'demo' },
      jwtIssuer: null,
      jwtAudience: null,
      allowedOrigins: [],
      trustProxy: false,
      limits: { sendsPerMinute: 120, operationsPerSecond: 50, operationsPerSecondPerAddress: 500, socketsPerUser: 20 },
      eventRetentionMs: 30 * 86_400_000,
      guardRules: { version: 'default', actions: {} },
      trustedDocuments: { only: false, files: [] },
      webhook: null,
      logLevel: 'info',
      metricsToken: null,
      graphiql: true,
    })
  })

  it('takes empty values for none', () => {
    const names = ['PORT', 'DATABASE_URL', 'JWT_SECRET', 'ALLOWED_ORIGINS', 'TRUST_PROXY', 'LOG_LEVEL', 'REDIS_URL']
    expect(readConfig(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(readConfig({}))
  })

  it('takes what is right', () => {
    expect(readConfig({ PORT: '0' }).port).toBe(0)
    expect(readConfig({ DATABASE_URL: 'postgresql://u:p%40@h:5432/d?x=1' }).database.provider).toBe('postgresql')
    expect(readConfig({ JWT_SECRET: 'ы'.repeat(16) }).identity.kind).toBe('secret')
    expect(readConfig({ ALLOWED_ORIGINS: ' https://a.example ,http://b.example:8080,' }).allowedOrigins).toEqual([
      'https://a.example',
      'http://b.example:8080',
    ])
    expect(readConfig({ NODE_ENV: 'production', JWT_SECRET: secret }).graphiql).toBe(false)
    expect(readConfig({ NODE_ENV: 'production', JWT_SECRET: secret, GRAPHIQL: '1' }).graphiql).toBe(true)
    const trusting = readConfig({ TRUSTED_DOCUMENTS: 'only', TRUSTED_DOCUMENTS_FILES: 'app.json, /srv/old.json' })
    expect(trusting.trustedDocuments).toEqual({ only: true, files: ['app.json', '/srv/old.json'] })
    expect(trusting.graphiql).toBe(false)
    expect(readConfig({ LIMIT_SENDS_PER_MINUTE: '0' }).limits.sendsPerMinute).toBe(0)
  })

  it.each([
    ['TRUSTED_DOCUMENTS', 'on'],
    ['WEBHOOK_URL', 'market.example'],
    ['WEBHOOK_URL', 'https://user:secret@market.example/'],
    ['WEBHOOK_SECRET', `${secret},short`],
    ['PORT', 'abc'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '1.5'],
    ['PORT', '0x10'],
    ['DATABASE_URL', 'mysql://x'],
    ['DATABASE_URL', 'oko.db'],
    ['DATABASE_URL', 'file:'],
    ['REDIS_URL', 'localhost:6379'],
    ['REDIS_URL', 'http://localhost'],
    ['JWT_SECRET', 'short'],
    ['JWT_SECRET', 'x'.repeat(31)],
    ['JWT_JWKS_URL', 'market.example/keys'],
    ['JWT_JWKS_URL', 'file:///etc/passwd'],
    ['ALLOWED_ORIGINS', '*'],
    ['ALLOWED_ORIGINS', 'https://a.example/'],
    ['ALLOWED_ORIGINS', 'a.example'],
    ['ALLOWED_ORIGINS', 'https://a.example,b'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', '2'],
    ['LIMIT_SENDS_PER_MINUTE', '-1'],
    ['LIMIT_SENDS_PER_MINUTE', 'many'],
    ['LIMIT_OPERATIONS_PER_SECOND', '0.5'],
    ['LIMIT_OPERATIONS_PER_ADDRESS', '1e3'],
    ['LIMIT_SOCKETS_PER_USER', 'x'],
    ['EVENT_RETENTION_DAYS', '0'],
    ['EVENT_RETENTION_DAYS', '-30'],
    ['LOG_LEVEL', 'loud'],
    ['LOG_LEVEL', 'INFO'],
    ['GRAPHIQL', 'yes'],
  ])('refuses %s=%s in one line that names it', (name, value) => {
    const refusal = refusalOf({ [name]: value })
    expect(refusal).toMatch(new RegExp(`^${name}: .+$`))
    if (name === 'JWT_SECRET') expect(refusal).not.toContain(value)
  })

  it('refuses what doesn’t go together', () => {
    expect(refusalOf({ NODE_ENV: 'production' })).toMatch(/^JWT_SECRET: .+$/)
    expect(refusalOf({ JWT_SECRET: secret, JWT_JWKS_URL: 'https://a.example' })).toMatch(/^JWT_(JWKS_URL|SECRET): .+$/)
    expect(refusalOf({ WEBHOOK_URL: 'https://market.example/oko' })).toMatch(/^WEBHOOK_SECRET: .+$/)
    expect(refusalOf({ TRUSTED_DOCUMENTS: 'only', GRAPHIQL: '1' })).toMatch(/^GRAPHIQL: .+$/)
  })

  function refusalOf(env: Record<string, string>): string {
    try {
      readConfig(env)
    } catch (error) {
      if (error instanceof ConfigError) return error.message
      throw error
    }
    throw new Error('it was taken')
  }
})

describe('starting', () => {
  /** Runs the program until it ends. */
  const start = (env: Record<string, string | undefined>) =>
    new Promise<{ code: number | null; output: string[] }>((resolve) => {
      const root = fileURLToPath(new URL('../..', import.meta.url))
      const folder = mkdtempSync(join(tmpdir(), 'oko-start-'))
      const program = spawn(process.execPath, ['--import', 'tsx', 'api/main.ts'], {
        cwd: root,
        env: {
          PATH: process.env.PATH,
          DATABASE_URL: `file:${folder}/oko.db`,
          JWT_SECRET: env.NODE_ENV ? '' : secret,
          LOG_LEVEL: 'warn',
          ...env,
        },
      })
      let text = ''
      for (const stream of [program.stdout, program.stderr]) {
        stream.on('data', (data) => {
          text += String(data)
        })
      }
      program.once('close', (code) => {
        rmSync(folder, { recursive: true, force: true })
        resolve({ code, output: text.split('\n').filter(Boolean) })
      })
    })

  it.each([
    ['PORT', { PORT: 'abc' }],
    ['JWT_SECRET', { NODE_ENV: 'production' }],
    ['HOST', { HOST: 'no.such.host.invalid', PORT: '0' }],
  ])('with a broken %s ends with one line and exit code 1', async (name, env) => {
    const { code, output } = await start(env)
    expect(output).toHaveLength(1)
    expect(output[0]).toContain(name)
    expect(code).toBe(1)
  })
})
