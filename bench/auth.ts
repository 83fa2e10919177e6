/**
 * What it costs to say who one is: a page of fifty models for callers who may see everything, beside the same page of a
 * gateway without `auth`. CPU of this process, in turns, as a ratio.
 */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { pino } from 'pino'
import { stringify } from 'yaml'
import { loadConfig } from '../src/config/index.ts'
import { builtInAdapters } from '../src/gateway/connect-registry.ts'
import { startGateway } from '../src/gateway/gateway.ts'
import { openTokens } from '../src/gateway/open-tokens.ts'
import { createApiToken, digestOf } from '../src/identity/api-token.ts'
import { median } from './harness/measurement.ts'

const models = 50
const rounds = 15
const requestsOfRound = 40
const log = pino({ level: 'silent' })

const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
const jwk = { ...(await exportJWK(publicKey)), kid: 'k', alg: 'RS256' }
const issuer = createServer((request, response) => {
  const discovery = { issuer: issuerUrl, jwks_uri: `${issuerUrl}/keys` }
  response.end(JSON.stringify(request.url === '/keys' ? { keys: [jwk] } : discovery))
})
await new Promise<void>((listening) => issuer.listen(0, '127.0.0.1', listening))
const issuerUrl = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`
const jwt = await new SignJWT({ sub: 'ann' })
  .setProtectedHeader({ alg: 'RS256', kid: 'k' })
  .setIssuer(issuerUrl)
  .setAudience('modelgate')
  .setExpirationTime('1h')
  .sign(privateKey)
const token = createApiToken()

async function open(auth: object) {
  const folder = mkdtempSync(join(tmpdir(), 'modelgate-bench-auth-'))
  const file = join(folder, 'modelgate.yaml')
  const usual = { server: { port: 0 }, environments: ['dev'], database: { url: 'sqlite:./state.db' } }
  writeFileSync(file, stringify({ ...usual, ...auth }))
  const config = await loadConfig({ file, env: {}, builtIns: builtInAdapters })
  const { tokens, close } = await openTokens(config, log)
  await tokens.add({ name: 'ci', digest: digestOf(token), groups: [], expiresInMs: null })
  await close()
  return startGateway(config, { empty: true, log })
}

async function ask(url: string, query: string, headers: Record<string, string>): Promise<string> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  })
  const text = await response.text()
  if (response.status !== 200 || text.includes('"errors"')) throw new Error(text)
  return text
}

const plain = await open({})
const guarded = await open({
  auth: { jwt: [{ issuer: issuerUrl, audience: 'modelgate' }] },
  administrators: ['user:ann'],
  permissions: { default: 'MANAGE' },
})
const callers = [
  ['without auth', plain.url, {}],
  ['administrator, JSON web token', guarded.url, { authorization: `Bearer ${jwt}` }],
  ['everything by default, API token', guarded.url, { authorization: `Bearer ${token}` }],
] as const

for (const [url, headers] of [
  [plain.url, {}],
  [guarded.url, { authorization: `Bearer ${jwt}` }],
] as const) {
  for (let count = 0; count < models; count++) {
    const mutation = `mutation { createModel(input: { registry: "dev", name: "model-${count}" }) { model { name } } }`
    await ask(url, mutation, headers)
  }
}

const page =
  '{ models(first: 50) { nodes { name description tags { key value } aliases { name } latestVersion { version } } } }'
const spent = callers.map(() => [] as number[])
for (let round = -3; round < rounds; round++) {
  for (const [index, [, url, headers]] of callers.entries()) {
    const before = process.cpuUsage()
    for (let count = 0; count < requestsOfRound; count++) await ask(url, page, headers)
    const { user, system } = process.cpuUsage(before)
    // The first rounds are for the compiler.
    if (round >= 0) spent[index]?.push((user + system) / requestsOfRound)
  }
}

const medians = spent.map(median)
for (const [index, [name]] of callers.entries()) {
  const ratio = (medians[index] ?? 0) / (medians[0] ?? 1)
  console.log(
    `${name}: ${((medians[index] ?? 0) / 1000).toFixed(2)} ms of CPU for a page, ${ratio.toFixed(3)}`,
  )
}
await Promise.all([plain.close(), guarded.close()])
issuer.close()
