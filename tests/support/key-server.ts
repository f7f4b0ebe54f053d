import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose'

/** A host's key set on loopback, and tokens signed with its keys. */
export interface KeyServer {
  url: string
  /** A token signed by the key of that algorithm. */
  sign(alg: string, claims?: Record<string, unknown>, header?: Record<string, unknown>): Promise<string>
  /** The public key of that algorithm as a PEM: what a careless verifier would take for an HMAC secret. */
  publicPem(alg: string): Promise<string>
  /** What it answers from now on. */
  answerWith(status: number): void
  close(): Promise<void>
}

export async function startKeyServer(algorithms: readonly string[]): Promise<KeyServer> {
  const keys = new Map<string, { privateKey: CryptoKey; publicKey: CryptoKey }>()
  for (const alg of algorithms) keys.set(alg, await generateKeyPair(alg, { extractable: true }))
  const jwks = await Promise.all(
    [...keys].map(async ([alg, { publicKey }]) => ({ ...(await exportJWK(publicKey)), kid: alg, alg, use: 'sig' })),
  )
  let status = 200
  const server = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ keys: jwks }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const keyOf = (alg: string) => {
    const pair = keys.get(alg)
    if (!pair) throw new Error(`no key for ${alg}`)
    return pair
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`,
    sign: (alg, claims = {}, header = {}) => {
      const now = Math.floor(Date.now() / 1000)
      return new SignJWT({ sub: 'anna', iat: now, exp: now + 600, ...claims })
        .setProtectedHeader({ alg, kid: alg, ...header })
        .sign(keyOf(alg).privateKey)
    },
    publicPem: (alg) => exportSPKI(keyOf(alg).publicKey),
    answerWith(next) {
      status = next
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
