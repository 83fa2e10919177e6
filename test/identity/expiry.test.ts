import { expect, test, vi } from 'vitest'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import { Failures } from '../../src/identity/failures.ts'
import { Identity } from '../../src/identity/identity.ts'
import type { RequestRefusal } from '../../src/server/request-refusal.ts'
import { ApiTokens } from '../../src/state/api-tokens/api-tokens.ts'
import { SignIns } from '../../src/state/sign-ins/sign-ins.ts'
import { silent } from './open-gateway.ts'

test('tokens and sign-ins hold until their time is over', async () => {
  const database = await openGatewayDatabase('sqlite::memory:', { log: silent })
  const tokens = new ApiTokens(database)
  const signIns = new SignIns(database)
  await tokens.add({ name: 'a', digest: 'd', groups: [], expiresInMs: 1000 })
  await signIns.add({ digest: 's', principal: 'user:ann', groups: [], expiresAt: Date.now() + 1000 })
  expect((await tokens.findAll(['d']))[0]).not.toBeNull()
  expect((await signIns.findAll(['s']))[0]).not.toBeNull()
  const later = Date.now() + 1001
  vi.spyOn(Date, 'now').mockReturnValue(later)
  expect((await tokens.findAll(['d']))[0]).toBeNull()
  expect((await signIns.findAll(['s']))[0]).toBeNull()
  vi.restoreAllMocks()
  expect((await tokens.list()).map(({ name }) => name)).toEqual(['a'])
  await database.close()
})

test('failures are counted for each address, and of IPv6 for each network', () => {
  const failures = new Failures({ burst: 2, refillMs: 60_000 })
  failures.note('2001:db8:1:2::7')
  expect(failures.waitMs('2001:db8:1:2::8')).toBe(0)
  failures.note('2001:db8:1:2:aaaa::8')
  expect(failures.waitMs('2001:db8:1:2::9')).toBeGreaterThan(50_000)
  expect(failures.waitMs('2001:db8:1:3::9')).toBe(0)
  expect(failures.waitMs('10.0.0.1')).toBe(0)
})

test("that a proxy's word held lets nobody else try for ever, and the proxy go on", async () => {
  const database = await openGatewayDatabase('sqlite::memory:', { log: silent })
  const proxy = { user: 'x-user', groups: null, from: ['10.1.2.3'] }
  const auth = { tokens: true, jwt: [], login: null, proxy, anonymous: 'NO_PERMISSIONS' } as const
  const tokens = new ApiTokens(database)
  const failures = { burst: 2, refillMs: 60_000 }
  const { identify } = await Identity.open({ auth, tokens, sessions: null, log: silent, failures })
  const come = (peer: string, name: string) =>
    identify({ peer, address: peer, requestId: 'r', headers: { 'x-user': name } }).then(
      ({ principal }) => principal,
      ({ status }: RequestRefusal) => status,
    )
  expect(await come('10.1.2.3', 'ann')).toBe('user:ann')
  for (const status of [401, 401, 429]) expect(await come('10.9.9.9', 'ann')).toBe(status)
  for (const _ of [1, 2, 3]) expect(await come('10.1.2.3', 'a,b')).toBe(401)
  expect(await come('10.1.2.3', 'bea')).toBe('user:bea')
  await database.close()
})

test('whoever has many addresses does not fill the memory', () => {
  const failures = new Failures({ burst: 1, refillMs: 60_000 })
  failures.note('10.0.0.1')
  for (let count = 0; count < 10_000; count++)
    failures.note(`11.${count >> 16}.${(count >> 8) & 255}.${count & 255}`)
  expect(failures.waitMs('10.0.0.1')).toBe(0)
  expect(failures.waitMs('11.0.39.15')).toBeGreaterThan(0)
})
