import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { onTestFinished } from 'vitest'

interface Key {
  readonly kid: string
  readonly alg: string
  readonly privateKey: CryptoKey
  readonly publicJwk: JWK
}

export interface Issuer {
  readonly url: string
  /** How often its keys were asked for. */
  readonly asked: () => number
  readonly current: () => Key
  /** Signs with a new key from now on; the old one is gone from what it publishes. */
  rotate(alg?: string): Promise<void>
  /** A token as it gives them, but for what is said otherwise; undefined leaves a claim out. */
  sign(claims?: Record<string, unknown>, header?: object): Promise<string>
  /** From now on it does not answer. */
  goAway(): void
  comeBack(): void
  /** The next who asks for its keys gets those of now, and not before they are let go. Answers what lets go. */
  holdBack(): () => void
}

/** An issuer of JSON web tokens as others are: it publishes where its keys are, and the keys, over HTTP. */
export async function startIssuer(): Promise<Issuer> {
  let key = await createKey('RS256')
  let asked = 0
  let away = false
  let held: Promise<void> | null = null
  const server = createServer(async (request, response) => {
    if (away) return void request.socket.destroy()
    const answer = request.url?.startsWith('/.well-known/')
      ? { issuer: url, jwks_uri: `${url}/keys` }
      : { keys: [key.publicJwk] }
    if (request.url === '/keys') {
      asked++
      const wait = held
      held = null
      await wait
    }
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url,
    asked: () => asked,
    current: () => key,
    rotate: async (alg = 'RS256') => {
      key = await createKey(alg)
    },
    sign: (claims = {}, header = {}) => {
      const now = Math.floor(Date.now() / 1000)
      const usual = { iss: url, aud: 'modelgate', sub: 'ann', iat: now, exp: now + 300 }
      return new SignJWT({ ...usual, ...claims })
        .setProtectedHeader({ alg: key.alg, kid: key.kid, ...header })
        .sign(key.privateKey)
    },
    goAway: () => {
      away = true
    },
    comeBack: () => {
      away = false
    },
    holdBack: () => {
      const { promise, resolve } = Promise.withResolvers<void>()
      held = promise
      return resolve
    },
  }
}

let made = 0

async function createKey(alg: string): Promise<Key> {
  const kid = `key-${++made}`
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  return { kid, alg, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } }
}
