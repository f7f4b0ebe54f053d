import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { request } from '../support/client.ts'
import { type KeyServer, startKeyServer } from '../support/key-server.ts'
import { connectSocket, openSocket } from '../support/socket.ts'
import { tokenFor } from '../support/tokens.ts'

const viewerQuery = '{ viewer { externalId } }'
const accepted = ['RS256', 'ES256', 'EdDSA']

describe('JWT_JWKS_URL', () => {
  let keys: KeyServer
  let app: TestApp
  beforeAll(async () => {
    keys = await startKeyServer([...accepted, 'PS256', 'ES384', 'RS512'])
    app = await startTestApp('sqlite', { env: { JWT_SECRET: undefined, JWT_JWKS_URL: keys.url } })
  })
  afterAll(async () => {
    await app.close()
    await keys.close()
  })

  it.each(accepted)('takes %s over HTTP and WebSocket', async (alg) => {
    const token = await keys.sign(alg, { sub: `anna-${alg}` })
    expect((await request(app.url, token, viewerQuery)).data?.viewer.externalId).toBe(`anna-${alg}`)
    await (await connectSocket(app.url, token)).close()
  })

  const refused: Record<string, () => Promise<string>> = {
    'HS256 signed with the public key': async () => {
      const pem = await keys.publicPem('RS256')
      return new SignJWT({ sub: 'eve' })
        .setProtectedHeader({ alg: 'HS256', kid: 'RS256' })
        .setExpirationTime('1h')
        .sign(new TextEncoder().encode(pem))
    },
    'HS256 with any secret': () => tokenFor('eve'),
    PS256: () => keys.sign('PS256'),
    ES384: () => keys.sign('ES384'),
    RS512: () => keys.sign('RS512'),
    'a key id that is not in the set': () => keys.sign('RS256', {}, { kid: 'other' }),
    'a key of another set': async () => {
      const other = await startKeyServer(['RS256'])
      const token = await other.sign('RS256', {}, { jku: other.url })
      await other.close()
      return token
    },
    'an expired token': () => keys.sign('ES256', { exp: 1_000_000_000 }),
  }
  it.each(Object.keys(refused))('refuses %s', async (name) => {
    const token = (await refused[name]?.()) ?? ''
    const { status, errors } = await request(app.url, token, viewerQuery)
    expect([status, errors?.[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED'])
    const socket = await openSocket(app.url)
    socket.send({ type: 'connection_init', payload: { Authorization: `Bearer ${token}` } })
    expect((await socket.closed).code).toBe(4403)
  })
})

describe('a key set that can’t be had', () => {
  it.each([
    ['answers 500', (keys: KeyServer) => keys.answerWith(500)],
    ['is down', (keys: KeyServer) => keys.close()],
  ])('is no reason to throw a good token away: it %s', async (_name, breakIt) => {
    const keys = await startKeyServer(['ES256'])
    const app = await startTestApp('sqlite', { env: { JWT_SECRET: undefined, JWT_JWKS_URL: keys.url } })
    try {
      const token = await keys.sign('ES256')
      await breakIt(keys)
      const { status, errors } = await request(app.url, token, viewerQuery)
      expect([status, errors?.[0]?.extensions.code]).toEqual([200, 'UNAVAILABLE'])
      const socket = await openSocket(app.url)
      socket.send({ type: 'connection_init', payload: { Authorization: `Bearer ${token}` } })
      expect((await socket.closed).code).toBe(1013)
    } finally {
      await app.close()
      await keys.close()
    }
  })
})
