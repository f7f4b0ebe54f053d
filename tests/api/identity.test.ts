import { SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { newPair, newPeople } from '../support/chat.ts'
import { request } from '../support/client.ts'
import { type Person, run, send } from '../support/market.ts'
import { connectSocket, openSocket, operate } from '../support/socket.ts'
import { countRows } from '../support/sql.ts'
import { testSecret, tokenFor } from '../support/tokens.ts'

const issuer = 'https://market.example'
const now = () => Math.floor(Date.now() / 1000)
const good = { iss: issuer, aud: 'oko' }
const viewerQuery = '{ viewer { externalId name role avatarUrl } }'

const sign = (claims: Record<string, unknown>, { alg = 'HS256', secret = testSecret, header = {} } = {}) =>
  new SignJWT({ sub: 'eve', iat: now(), exp: now() + 600, ...good, ...claims })
    .setProtectedHeader({ alg, ...header })
    .sign(new TextEncoder().encode(secret))
const flip = (text: string) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1)
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Authorization values that must be refused. */
const bad: Record<string, () => Promise<string> | string> = {
  garbage: () => 'Bearer garbage',
  'three empty parts': () => 'Bearer ..',
  'no Bearer': () => sign({}),
  'another scheme': async () => `Basic ${await sign({})}`,
  'Bearer alone': () => 'Bearer',
  'two tokens': async () => `Bearer ${await sign({})} ${await sign({})}`,
  'alg none': () => `Bearer ${new UnsecuredJWT({ ...good }).setSubject('eve').setExpirationTime('1h').encode()}`,
  'alg none with a signature': async () => {
    const [, payload, signature] = (await sign({})).split('.')
    return `Bearer ${encode({ alg: 'none' })}.${payload}.${signature}`
  },
  HS384: async () => `Bearer ${await sign({}, { alg: 'HS384', secret: testSecret.repeat(2) })}`,
  'HS512 with the right secret': async () =>
    `Bearer ${await sign({}, { alg: 'HS512', secret: testSecret.padEnd(64, 'x') })}`,
  'another secret': async () => `Bearer ${await sign({}, { secret: 'x'.repeat(32) })}`,
  'a changed payload': async () => {
    const [header, , signature] = (await sign({})).split('.')
    return `Bearer ${header}.${encode({ ...good, sub: 'admin', exp: now() + 600 })}.${signature}`
  },
  'a changed signature': async () => {
    const [header, payload, signature = ''] = (await sign({})).split('.')
    return `Bearer ${header}.${payload}.${flip(signature)}`
  },
  'a critical header that nobody knows': async () => `Bearer ${await signCritical()}`,
  'no exp': async () => `Bearer ${await sign({ exp: undefined })}`,
  'no sub': async () => `Bearer ${await sign({ sub: undefined })}`,
  'an empty sub': async () => `Bearer ${await sign({ sub: '' })}`,
  'a sub that is a number': async () => `Bearer ${await sign({ sub: 7 as unknown as string })}`,
  'NUL in sub': async () => `Bearer ${await sign({ sub: 'eve\u0000' })}`,
  'exp in the past': async () => `Bearer ${await sign({ exp: now() - 1 })}`,
  'exp that is no number': async () => `Bearer ${await sign({ exp: 'tomorrow' as unknown as number })}`,
  'nbf in the future': async () => `Bearer ${await sign({ nbf: now() + 60 })}`,
  'iat in the future': async () => `Bearer ${await sign({ iat: now() + 60 })}`,
  'another aud': async () => `Bearer ${await sign({ aud: 'other' })}`,
  'no aud': async () => `Bearer ${await sign({ aud: undefined })}`,
  'another iss': async () => `Bearer ${await sign({ iss: 'https://evil.example' })}`,
  'no iss': async () => `Bearer ${await sign({ iss: undefined })}`,
}

async function signCritical(): Promise<string> {
  const key = new TextEncoder().encode(testSecret)
  return new SignJWT({ sub: 'eve', iat: now(), exp: now() + 600, ...good })
    .setProtectedHeader({ alg: 'HS256', crit: ['x-new'], 'x-new': true })
    .sign(key, { crit: { 'x-new': true } })
}

describe('a token', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp('sqlite', { env: { JWT_ISSUER: issuer, JWT_AUDIENCE: 'oko' } })
  })
  afterAll(() => app.close())

  const over = async (authorization: string) => request(app.url, null, viewerQuery, undefined, { authorization })

  it('is taken when everything is right, also with a list of audiences', async () => {
    for (const token of [
      await sign({}),
      await sign({ aud: ['x', 'oko'] }),
      await sign({ nbf: now() - 5, locale: 'en' }),
    ]) {
      expect((await over(`Bearer ${token}`)).data?.viewer.externalId).toBe('eve')
      const socket = await connectSocket(app.url, token)
      expect((await operate(socket, '1', viewerQuery))[0].data.viewer.externalId).toBe('eve')
      await socket.close()
    }
  })

  it.each(Object.keys(bad))('is refused over HTTP and WebSocket: %s', async (name) => {
    const authorization = (await bad[name]?.()) ?? ''
    const users = await countRows(app.database, 'User')
    const { status, errors, data } = await over(authorization)
    expect(status).toBe(401)
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }])
    expect(data ?? null).toBeNull()

    const socket = await openSocket(app.url)
    socket.send({ type: 'connection_init', payload: { Authorization: authorization } })
    expect((await socket.closed).code).toBe(4403)
    expect(await countRows(app.database, 'User')).toBe(users)
  })

  it.each([undefined, {}, { Authorization: '' }, { Authorization: null }, { Authorization: { a: 1 } }, { token: 'x' }])(
    'is needed on a WebSocket: %j',
    async (payload) => {
      const socket = await openSocket(app.url)
      socket.send({ type: 'connection_init', payload })
      expect((await socket.closed).code).toBe(4403)
    },
  )

  it('is needed over HTTP, and taken from no URL', async () => {
    const token = await sign({})
    const { status, errors } = await request(app.url, null, viewerQuery)
    expect([status, errors?.[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED'])
    for (const name of ['access_token', 'token', 'authorization', 'Authorization']) {
      const url = `${app.url}/graphql?${name}=${encodeURIComponent(`Bearer ${token}`)}&query=${encodeURIComponent(viewerQuery)}`
      expect((await fetch(url, { headers: { accept: 'application/json' } })).status).toBe(401)
    }
  })

  it('chooses no key by what it says of itself', async () => {
    const header = { kid: '../../etc/passwd', jku: 'http://127.0.0.1:1/keys', x5u: 'http://127.0.0.1:1/x' }
    expect((await over(`Bearer ${await sign({}, { header })}`)).status).toBe(200)
    expect((await over(`Bearer ${await sign({}, { header, secret: 'x'.repeat(32) })}`)).status).toBe(401)
  })

  it('never appears in the log', async () => {
    const token = await sign({ sub: 'log-reader' })
    await over(`Bearer ${token}`)
    await over(`Bearer ${token}x`)
    const log = JSON.stringify(app.logLines)
    for (const part of token.split('.').slice(1)) expect(log).not.toContain(part)
  })
})

describe('the user of a token', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp('sqlite')
  })
  afterAll(() => app.close())

  const viewerOf = async (token: string) => (await run(app.url, token, viewerQuery)).viewer

  it('appears at first sight, once, also when first seen many times at once', async () => {
    const token = await tokenFor('first', { name: 'Первый', role: 'EXPERT', picture: 'https://cdn.example/1.png' })
    const viewers = await Promise.all([1, 2, 3, 4, 5, 6].map(() => viewerOf(token)))
    for (const viewer of viewers) {
      expect(viewer).toEqual({
        externalId: 'first',
        name: 'Первый',
        role: 'EXPERT',
        avatarUrl: 'https://cdn.example/1.png',
      })
    }
    expect(await countRows(app.database, 'User', `"externalId" = 'first'`)).toBe(1)
  })

  it('has defaults where the token says nothing', async () => {
    const token = await tokenFor('plain', { name: undefined, iat: undefined })
    expect(await viewerOf(token)).toEqual({ externalId: 'plain', name: 'plain', role: 'CLIENT', avatarUrl: null })
  })

  it('follows the newest token, and older ones change nothing', async () => {
    const token = (ageSeconds: number, claims: object) => tokenFor('moving', { iat: now() - ageSeconds, ...claims })
    await viewerOf(await token(300, { name: 'Старое' }))
    expect(await viewerOf(await token(200, { name: 'Новое', role: 'EXPERT' }))).toMatchObject({
      name: 'Новое',
      role: 'EXPERT',
    })
    expect(await viewerOf(await token(250, { name: 'Между', role: 'STAFF' }))).toMatchObject({
      name: 'Новое',
      role: 'EXPERT',
    })
    // What a token leaves out stays; and a token that changes nothing is still the newest.
    expect(await viewerOf(await token(100, { name: undefined }))).toMatchObject({ name: 'Новое', role: 'EXPERT' })
    expect(await viewerOf(await token(150, { name: 'Опоздавшее' }))).toMatchObject({ name: 'Новое' })
    expect(await viewerOf(await token(50, { name: 'Новейшее' }))).toMatchObject({ name: 'Новейшее' })
  })

  it('is answered in the language of the token, else of the request, else in Russian', async () => {
    const { chatId, anna } = await newPair(app.url)
    const message = async (claims: object, acceptLanguage?: string) => {
      const token = await tokenFor(anna.externalId, claims as Record<string, unknown>)
      const { data } = await request(
        app.url,
        token,
        'mutation ($id: ID!) { sendMessage(input: { chatId: $id, text: "a@b" }) { ... on Error { message } ... on ContactDataRefused { findings { message } } } }',
        { id: chatId },
        acceptLanguage ? { 'accept-language': acceptLanguage } : {},
      )
      return `${data?.sendMessage.message} ${data?.sendMessage.findings[0].message}`
    }
    const russian = /^Контактные данные запрещены.*Похоже/
    const english = /^Contact details.*This looks/
    expect(await message({})).toMatch(russian)
    expect(await message({}, 'de')).toMatch(russian)
    expect(await message({}, 'en-US,en;q=0.9')).toMatch(english)
    expect(await message({ locale: 'en' })).toMatch(english)
    expect(await message({ locale: 'en' }, 'ru')).toMatch(english)
    expect(await message({ locale: 'ru' }, 'en')).toMatch(russian)
    expect(await message({ locale: 'de' }, 'en')).toMatch(english)
  })

  it('is answered over a WebSocket in the language of its request too', async () => {
    const { chatId, anna } = await newPair(app.url)
    const socket = await connectSocket(app.url, anna.token, { headers: { 'accept-language': 'en' } })
    const query =
      'mutation ($id: ID!) { sendMessage(input: { chatId: $id, text: "" }) { ... on InvalidText { message } } }'
    expect((await operate(socket, '1', query, { id: chatId }))[0].data.sendMessage.message).toBe(
      'The message is empty.',
    )
    await socket.close()
  })

  it('is notified of in the newest name of its author', async () => {
    const { chatId, anna, dmitry } = await newPair(app.url)
    const old = await tokenFor(anna.externalId, { name: 'Анна', iat: now() - 100 })
    await send(app.url, old, chatId, 'Раз')
    await viewerOf(await tokenFor(anna.externalId, { name: 'Анна Петрова', iat: now() - 50 }))
    await send(app.url, old, chatId, 'Два')
    const { notifications } = await run(
      app.url,
      dmitry.token,
      '{ notifications(first: 1) { edges { node { title actor { name } } } } }',
    )
    expect(notifications.edges[0].node).toEqual({ title: 'Анна Петрова', actor: { name: 'Анна Петрова' } })
  })

  it('sees nothing of others by guessing', async () => {
    const [first] = (await newPeople('first')) as [Person]
    expect(
      await run(app.url, first.token, '{ chats { edges { cursor } } notifications { edges { cursor } } }'),
    ).toEqual({
      chats: { edges: [] },
      notifications: { edges: [] },
    })
  })
})
