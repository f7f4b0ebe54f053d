import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { request } from '../support/client.ts'
import { type KeyServer, startKeyServer } from '../support/key-server.ts'
import { exchange, postText } from '../support/raw.ts'
import { openSocket } from '../support/socket.ts'
import { countRows } from '../support/sql.ts'
import { testSecret } from '../support/tokens.ts'

const query = '{ viewer { externalId } }'
const now = () => Math.floor(Date.now() / 1000)
const base64 = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

/** A token made by hand, so that nothing keeps it from being wrong. */
function forge(
  header: object,
  claims: object | string = {},
  {
    secret = testSecret as string | Buffer,
    hash = 'sha256',
    signature,
  }: { secret?: string | Buffer; hash?: string; signature?: string } = {},
): string {
  const payload =
    typeof claims === 'string' ? claims : { sub: 'eve', aud: 'oko', iss: 'market', exp: now() + 600, ...claims }
  const input = `${base64(header)}.${base64(payload)}`
  return `${input}.${signature ?? createHmac(hash, secret).update(input).digest('base64url')}`
}
const hs256 = { alg: 'HS256', typ: 'JWT' }
const claimed = (claims: object | string) => forge(hs256, claims)
const headed = (header: object) => forge({ ...hs256, ...header }, {}, { secret: 'x'.repeat(32) })

const refused: Record<string, () => string> = {
  ...Object.fromEntries(
    ['none', 'None', 'NONE', 'nOnE', '', 'null', 'HS256 ', 'hs256', 'HS1', 'RS256', 'ES256', 'EdDSA'].flatMap((alg) => [
      [`alg ${JSON.stringify(alg)}, unsigned`, () => forge({ alg }, {}, { signature: '' })],
      [`alg ${JSON.stringify(alg)}, signed`, () => forge({ alg })],
    ]),
  ),
  'no alg': () => forge({ typ: 'JWT' }),
  'alg null': () => forge({ alg: null }),
  'a list of algs': () => forge({ alg: ['HS256'] }),
  'HS384 with the HS256 key': () => forge({ alg: 'HS384' }, {}, { hash: 'sha384' }),
  'HS512 with the HS256 key': () => forge({ alg: 'HS512' }, {}, { hash: 'sha512' }),
  'a key in its own header': () => headed({ jwk: { kty: 'oct', k: base64('x'.repeat(32)) } }),
  'an address of keys in its own header': () => headed({ jku: 'http://127.0.0.1:9/keys', kid: '1' }),
  'a certificate in its own header': () => headed({ x5c: ['AAAA'], x5u: 'http://127.0.0.1:9/c', x5t: 'AAAA' }),
  'a key id that is a path': () => headed({ kid: '../../../../dev/null' }),
  'a key id that is a path to an empty key': () => forge({ ...hs256, kid: '/dev/null' }, {}, { secret: '' }),
  'a key id that is SQL': () => headed({ kid: "x' UNION SELECT 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' --" }),
  'a key id that is no string': () => headed({ kid: { a: 1 } }),
  'a payload that is not encoded': () => forge({ ...hs256, b64: false, crit: ['b64'] }),
  'b64 without crit, and another secret': () => headed({ b64: false }),
  'an empty list of critical headers': () => forge({ ...hs256, crit: [] }),
  'a critical header that is not there': () => forge({ ...hs256, crit: ['exp'] }),
  'exp as a text': () => claimed({ exp: String(now() + 600) }),
  'exp as a date': () => claimed({ exp: new Date(Date.now() + 1e6).toISOString() }),
  'exp in milliseconds, long ago': () => claimed({ exp: -1 }),
  'exp null': () => claimed({ exp: null }),
  'exp true': () => claimed({ exp: true }),
  'exp without end': () => claimed('{"sub":"eve","aud":"oko","iss":"market","exp":1e999}'),
  'exp now': () => claimed({ exp: now() - 1 }),
  'nbf as a text': () => claimed({ nbf: '0' }),
  'nbf in the future': () => claimed({ nbf: now() + 3600 }),
  'iat as a text': () => claimed({ iat: '0' }),
  'iat in the future': () => claimed({ iat: now() + 3600 }),
  'iat in milliseconds': () => claimed({ iat: Date.now() }),
  'aud as a list without us': () => claimed({ aud: ['okо', 'OKO', 'oko '] }),
  'aud as an empty list': () => claimed({ aud: [] }),
  'aud as an object': () => claimed({ aud: { oko: 1 } }),
  'iss as a list': () => claimed({ iss: ['market'] }),
  'iss that only begins like it': () => claimed({ iss: 'market.evil.example' }),
  'a payload that is a list': () => claimed('[]'),
  'a payload that is null': () => claimed('null'),
  'a payload that is no JSON': () => claimed('{'),
  'sub as an object': () => claimed({ sub: { id: 'eve' } }),
  'sub with a line end': () => claimed({ sub: 'eve\n{"level":60}' }),
  'sub with half a surrogate pair': () => claimed('{"sub":"eve\\ud800","aud":"oko","iss":"market","exp":9999999999}'),
  'a role that is none': () => claimed({ role: 'ADMIN' }),
  'a picture that runs': () => claimed({ picture: 'javascript:alert(1)' }),
  'a fourth part': () => `${claimed({})}.x`,
  'five parts': () => `${claimed({})}.x.y`,
  padding: () => `${claimed({})}=`,
  '9000 characters': () => claimed({ name: 'x'.repeat(7000) }),
}

describe('a forged token', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp('sqlite', { env: { JWT_ISSUER: 'market', JWT_AUDIENCE: 'oko' } })
  })
  afterAll(() => app.close())

  it('is told from one that is right', async () => {
    for (const claims of [
      {},
      { exp: 1e15 },
      { exp: now() + 600.5 },
      { aud: ['x', 'oko'] },
      { nbf: now() - 1 },
      { iat: 0 },
    ]) {
      const { data, errors } = await request(app.url, claimed(claims), query)
      expect([claims, errors, data?.viewer.externalId]).toEqual([claims, undefined, 'eve'])
    }
  })

  it.each(Object.entries(refused))('gets 401 and 4403: %s', async (_name, make) => {
    const token = make()
    const { status, errors, data } = await request(app.url, token, query)
    expect([status, errors?.[0]?.extensions.code, data ?? null]).toEqual([401, 'UNAUTHENTICATED', null])
    const socket = await openSocket(app.url)
    socket.send({ type: 'connection_init', payload: { Authorization: `Bearer ${token}` } })
    expect((await socket.closed).code).toBe(4403)
  })

  it('makes no user', async () => {
    expect(await countRows(app.database, 'User')).toBe(1)
  })

  it.each<[string, (token: string) => string[], number]>([
    ['once', (token) => [`Authorization: Bearer ${token}`], 200],
    ['with the scheme in small letters', (token) => [`authorization: bearer ${token}`], 200],
    ['between spaces', (token) => [`Authorization:   Bearer   ${token}  `], 200],
    ['behind a tab', (token) => [`Authorization: Bearer\t${token}`], 401],
    ['behind a line end', (token) => [`Authorization: Bearer\r\n ${token}`], 400],
    ['behind an equals sign', (token) => [`Authorization: Bearer=${token}`], 401],
    ['twice', (token) => [`Authorization: Bearer ${token}`, `Authorization: Bearer ${token}`], 401],
    ['behind one that is wrong', (token) => ['Authorization: Bearer x.y.z', `Authorization: Bearer ${token}`], 401],
    ['in a list', (token) => [`Authorization: Bearer ${token}, Bearer ${token}`], 401],
    ['in another header', (token) => [`X-Authorization: Bearer ${token}`, `Proxy-Authorization: Bearer ${token}`], 401],
    ['in a cookie', (token) => [`Cookie: access_token=${token}; Authorization=Bearer ${token}`], 401],
  ])('is read from one Authorization header: %s', async (_name, headers, wanted) => {
    const [answer] = await exchange(app.url, postText(JSON.stringify({ query }), headers(claimed({}))))
    expect(answer?.status).toBe(wanted)
  })
})

describe('a token in a URL', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp('sqlite', { env: { JWT_ISSUER: 'market', JWT_AUDIENCE: 'oko' } })
  })
  afterAll(() => app.close())

  const stream = 'subscription { events { cursor } }'

  it.each(['access_token', 'authorization', 'Authorization', 'token', 'jwt', 'connectionParams'])(
    'is not looked at, by POST, GET, server-sent events or WebSocket: %s',
    async (name) => {
      const token = claimed({})
      for (const value of [token, `Bearer ${token}`, JSON.stringify({ Authorization: `Bearer ${token}` })]) {
        const search = `${name}=${encodeURIComponent(value)}`
        const asked: [string, RequestInit][] = [
          [search, { method: 'POST', body: JSON.stringify({ query }) }],
          [`query=${encodeURIComponent(query)}&${search}`, {}],
          [
            search,
            { method: 'POST', body: JSON.stringify({ query: stream }), headers: { accept: 'text/event-stream' } },
          ],
          [`query=${encodeURIComponent(stream)}&${search}`, { headers: { accept: 'text/event-stream' } }],
        ]
        for (const [search, init] of asked) {
          const headers = { 'content-type': 'application/json', ...init.headers }
          const answer = await fetch(`${app.url}/graphql?${search}`, { ...init, headers })
          expect([answer.status, await answer.text()]).toEqual([401, expect.stringContaining('UNAUTHENTICATED')])
        }
        const socket = await openSocket(app.url, { search: `?${search}` })
        socket.send({ type: 'connection_init' })
        expect((await socket.closed).code).toBe(4403)
      }
    },
  )

  it('takes nothing from who has one in the header as well', async () => {
    const { data } = await (
      await fetch(`${app.url}/graphql?access_token=x.y.z`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${claimed({})}` },
        body: JSON.stringify({ query }),
      })
    ).json()
    expect(data.viewer.externalId).toBe('eve')
  })
})

describe('a token forged with the host’s public keys', () => {
  let keys: KeyServer
  let app: TestApp
  beforeAll(async () => {
    keys = await startKeyServer(['RS256'])
    app = await startTestApp('sqlite', { env: { JWT_SECRET: undefined, JWT_JWKS_URL: keys.url } })
  })
  afterAll(async () => {
    await app.close()
    await keys.close()
  })

  it('is refused, however the key is written', async () => {
    const pem = await keys.publicPem('RS256')
    const body = pem.replace(/-----[^-]+-----|\s/g, '')
    const jwk = (await (await fetch(keys.url)).json()).keys[0]
    const secrets = [
      pem,
      pem.trim(),
      `${pem.trim()}\n`,
      body,
      Buffer.from(body, 'base64'),
      JSON.stringify(jwk),
      jwk.n,
      Buffer.from(jwk.n, 'base64url'),
      '',
    ]
    for (const secret of secrets) {
      for (const header of [{ alg: 'HS256', kid: 'RS256' }, { alg: 'HS256' }]) {
        expect((await request(app.url, forge(header, {}, { secret }), query)).status).toBe(401)
      }
    }
  })

  it('is refused where it names keys of its own', async () => {
    const own = await startKeyServer(['RS256'])
    let asked = 0
    try {
      const {
        keys: [jwk],
      } = await (await fetch(own.url)).json()
      for (const header of [
        { jku: own.url },
        { jwk },
        { x5u: own.url },
        { kid: own.url },
        { kid: '../keys' },
        { kid: '' },
      ]) {
        expect((await request(app.url, await own.sign('RS256', {}, header), query)).status).toBe(401)
        asked++
      }
    } finally {
      await own.close()
    }
    expect(asked).toBe(6)
  })
})
