import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readConfig } from '../../api/config.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string) => readFileSync(`${root}${path}`, 'utf8')

/** Without an engine to run them on: what can be wrong with the files by themselves. */
describe('the Dockerfile', () => {
  const lines = read('Dockerfile').split('\n')
  const ignored = read('.dockerignore').split('\n')

  it('copies what is there, and all that the server is started from', () => {
    const sources = lines.flatMap((line) => /^COPY (.+) \S+$/.exec(line)?.[1]?.split(' ') ?? [])
    expect(sources).not.toEqual([])
    expect(sources.filter((source) => !existsSync(`${root}${source}`) || ignored.includes(source))).toEqual([])
    const [, command = '[]'] = /^CMD (.+)$/m.exec(lines.join('\n')) ?? []
    const entry = (JSON.parse(command) as string[]).at(-1)
    expect(sources).toContain(entry?.split('/')[0])
    for (const built of ['prisma', 'client', 'schema.graphql', 'vite.config.ts', 'package-lock.json']) {
      expect(sources).toContain(built)
    }
  })
})

describe('the compose file', () => {
  const { services } = parse(read('examples/compose.yaml'), { merge: true })

  it('starts instances with settings that the server takes', () => {
    for (const name of ['oko1', 'oko2']) {
      const environment = { ...services[name].environment, JWT_SECRET: 'x'.repeat(32), NODE_ENV: 'production' }
      const config = readConfig(environment)
      expect(config).toMatchObject({ database: { provider: 'postgresql' }, trustProxy: true })
      // Every name is one that is read: leaving it out changes something.
      for (const variable of Object.keys(services[name].environment)) {
        const rest = { ...environment, [variable]: undefined }
        expect(() => expect(readConfig(rest)).toEqual(config), variable).toThrow()
      }
      const { hostname } = new URL(config.redisUrl ?? '')
      expect(services).toHaveProperty(hostname)
      expect(services).toHaveProperty(new URL(config.database.url).hostname)
    }
  })

  it('lets a stop take as long as the server may, and the proxy knows the instances', () => {
    expect(Number.parseInt(services.oko1.stop_grace_period, 10)).toBeGreaterThan(10)
    const upstreams = [...read('examples/nginx.conf').matchAll(/server (\w+):(\d+);/g)]
    expect(upstreams.map(([, name]) => name)).toEqual(Object.keys(services).filter((name) => name.startsWith('oko')))
    expect(new Set(upstreams.map(([, , port]) => port))).toEqual(new Set(['4000']))
    for (const volume of services.proxy.volumes)
      expect(existsSync(`${root}examples/${volume.split(':')[0]}`)).toBe(true)
  })
})
