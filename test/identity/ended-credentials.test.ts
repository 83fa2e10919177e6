import { expect, it } from 'vitest'
import type { AuthConfig } from '../../src/config/auth-config.ts'
import { createApiToken, digestOf } from '../../src/identity/api-token.ts'
import { Identity } from '../../src/identity/identity.ts'
import type { ApiTokens } from '../../src/state/api-tokens/api-tokens.ts'
import { silent } from './open-gateway.ts'

it('credentials that end keep nobody from coming from where they came from, and guesses do', async () => {
  const good = new Set<string>()
  const findAll = async (digests: readonly string[]) =>
    digests.map((digest) => (good.has(digest) ? { name: digest, groups: [] } : null))
  const identity = await Identity.open({
    auth: { tokens: true, jwt: [], proxy: null, login: null } as unknown as AuthConfig,
    tokens: { findAll } as unknown as ApiTokens,
    sessions: null,
    log: silent,
    failures: { burst: 3, refillMs: 1_000_000 },
  })
  const come = (token: string) =>
    identity
      .identify({
        peer: '10.1.1.1',
        address: '10.1.1.1',
        requestId: 'r',
        headers: { authorization: `Bearer ${token}` },
      })
      .then(
        () => 200,
        ({ status }) => status as number,
      )
  const listening = Array.from({ length: 10 }, createApiToken)
  for (const token of listening) good.add(digestOf(token))
  for (const token of listening) expect(await come(token)).toBe(200)
  good.clear()
  await new Promise((resolve) => setTimeout(resolve, 150))
  for (const token of listening) expect(await come(token)).toBe(401)
  const next = createApiToken()
  good.add(digestOf(next))
  expect(await come(next)).toBe(200)
  for (const status of [401, 401, 401, 429]) expect(await come(createApiToken())).toBe(status)
  expect(await come(next)).toBe(200)
})
