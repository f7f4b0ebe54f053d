import { z } from 'zod'
import { defaultRuleSet, parseRuleSet, type RuleSet } from './guard/rule-set.ts'

/** A setting that can't be used: stops the start with one line that names the variable. */
export class ConfigError extends Error {}

const whole = (fallback: number, min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be from ${min} to ${max}`)
    .default(fallback)

const url = (...protocols: string[]) =>
  z
    .string()
    .refine(
      (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol),
      `must be an address that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    )

const flag = z.enum(['0', '1'], 'must be 0 or 1').transform((value) => value === '1')

/** Separated by commas. */
const list = z.string().transform((value) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
)

const schema = z.object({
  PORT: whole(4000, 0, 65_535),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: z
    .string()
    .refine(
      (value) => /^file:./.test(value) || (/^postgres(ql)?:\/\//.test(value) && URL.canParse(value)),
      'must begin with file: or postgres://',
    )
    .default('file:data/oko.db'),
  REDIS_URL: url('redis:', 'rediss:').optional(),
  JWT_SECRET: z
    .string()
    .refine((value) => Buffer.byteLength(value) >= 32, 'must be at least 32 bytes long')
    .optional(),
  JWT_JWKS_URL: url('https:', 'http:').optional(),
  JWT_ISSUER: z.string().optional(),
  JWT_AUDIENCE: z.string().optional(),
  ALLOWED_ORIGINS: list
    .refine(
      (origins) => origins.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin),
      'must be a comma-separated list of origins such as https://market.example',
    )
    .default([]),
  TRUST_PROXY: flag.default(false),
  LIMIT_SENDS_PER_MINUTE: whole(120, 0, 1_000_000),
  LIMIT_OPERATIONS_PER_SECOND: whole(50, 0, 1_000_000),
  LIMIT_OPERATIONS_PER_ADDRESS: whole(500, 0, 1_000_000),
  LIMIT_SOCKETS_PER_USER: whole(20, 0, 1_000_000),
  EVENT_RETENTION_DAYS: whole(30, 1, 36_500),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be fatal, error, warn, info, debug, trace or silent',
    )
    .default('info'),
  GUARD_RULES: z
    .string()
    .transform((value, context) => {
      try {
        return parseRuleSet(value)
      } catch (error) {
        context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'is no rule set' })
        return z.NEVER
      }
    })
    .default(defaultRuleSet),
  TRUSTED_DOCUMENTS: z.enum(['off', 'only'], 'must be off or only').default('off'),
  TRUSTED_DOCUMENTS_FILES: list.default([]),
  WEBHOOK_URL: url('https:', 'http:')
    .refine((value) => !/^[a-z]+:\/\/[^/?#]*@/i.test(value), 'must have no name or password in it')
    .optional(),
  WEBHOOK_SECRET: list
    .refine(
      (secrets) => secrets.every((secret) => Buffer.byteLength(secret) >= 32),
      'must be at least 32 bytes long, each',
    )
    .default([]),
  METRICS_TOKEN: z.string().optional(),
  GRAPHIQL: flag.optional(),
  NODE_ENV: z.string().optional(),
})

/** Everything that the environment decides, checked. Durations in milliseconds. */
export interface Config {
  port: number
  host: string
  database: { provider: 'sqlite' | 'postgresql'; url: string }
  redisUrl: string | null
  /** What tokens are checked with; demo: the server makes tokens for its own demo people. */
  identity: { kind: 'secret'; secret: string } | { kind: 'jwks'; url: string } | { kind: 'demo' }
  jwtIssuer: string | null
  jwtAudience: string | null
  allowedOrigins: readonly string[]
  trustProxy: boolean
  /** 0: no limit. */
  limits: {
    sendsPerMinute: number
    operationsPerSecond: number
    operationsPerSecondPerAddress: number
    socketsPerUser: number
  }
  eventRetentionMs: number
  /** What the owner decided about the contact guard's rules. */
  guardRules: RuleSet
  /** Whether nothing but registered documents runs, and files with more of them than the dashboard's. */
  trustedDocuments: { only: boolean; files: readonly string[] }
  /** Where the host is told what happened in its chats, and the secrets that sign it, the newest first. */
  webhook: { url: string; secrets: readonly string[] } | null
  logLevel: string
  metricsToken: string | null
  graphiql: boolean
}

/**
 * Reads the configuration from environment variables; an empty value counts as none.
 *
 * @throws ConfigError for the first value that can't be used
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const result = schema.safeParse(given)
  if (!result.success) {
    const issue = result.error.issues[0]
    throw new ConfigError(`${issue?.path.join('.')}: ${issue?.message}`)
  }
  const value = result.data
  const production = value.NODE_ENV === 'production'
  if (value.JWT_SECRET && value.JWT_JWKS_URL) throw new ConfigError('JWT_JWKS_URL: set this or JWT_SECRET, not both')
  const identity: Config['identity'] = value.JWT_SECRET
    ? { kind: 'secret', secret: value.JWT_SECRET }
    : value.JWT_JWKS_URL
      ? { kind: 'jwks', url: value.JWT_JWKS_URL }
      : { kind: 'demo' }
  if (identity.kind === 'demo' && production) {
    throw new ConfigError(
      'JWT_SECRET: required with NODE_ENV=production (or JWT_JWKS_URL); there is no demo mode there',
    )
  }
  const only = value.TRUSTED_DOCUMENTS === 'only'
  if (only && value.GRAPHIQL) throw new ConfigError('GRAPHIQL: has nothing to run with TRUSTED_DOCUMENTS=only')
  if (value.WEBHOOK_URL && value.WEBHOOK_SECRET.length === 0)
    throw new ConfigError('WEBHOOK_SECRET: required with WEBHOOK_URL')
  return {
    port: value.PORT,
    host: value.HOST,
    database: { provider: value.DATABASE_URL.startsWith('file:') ? 'sqlite' : 'postgresql', url: value.DATABASE_URL },
    redisUrl: value.REDIS_URL ?? null,
    identity,
    jwtIssuer: value.JWT_ISSUER ?? null,
    jwtAudience: value.JWT_AUDIENCE ?? null,
    allowedOrigins: value.ALLOWED_ORIGINS,
    trustProxy: value.TRUST_PROXY,
    limits: {
      sendsPerMinute: value.LIMIT_SENDS_PER_MINUTE,
      operationsPerSecond: value.LIMIT_OPERATIONS_PER_SECOND,
      operationsPerSecondPerAddress: value.LIMIT_OPERATIONS_PER_ADDRESS,
      socketsPerUser: value.LIMIT_SOCKETS_PER_USER,
    },
    guardRules: value.GUARD_RULES,
    eventRetentionMs: value.EVENT_RETENTION_DAYS * 86_400_000,
    trustedDocuments: { only, files: value.TRUSTED_DOCUMENTS_FILES },
    webhook: value.WEBHOOK_URL ? { url: value.WEBHOOK_URL, secrets: value.WEBHOOK_SECRET } : null,
    logLevel: value.LOG_LEVEL,
    metricsToken: value.METRICS_TOKEN ?? null,
    graphiql: !only && (value.GRAPHIQL ?? !production),
  }
}
