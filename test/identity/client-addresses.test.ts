import { expect, it } from 'vitest'
import { bearer, openGuardedGateway } from './open-gateway.ts'

it('takes what a proxy passes on for an address only if it is one', async () => {
  const gateway = await openGuardedGateway({ auth: {}, server: { port: 0, trustProxy: true } })
  const addressSeen = async (forwarded: string) => {
    const before = gateway.log().length
    const { status } = await gateway.ask({ ...bearer('wrong'), 'x-forwarded-for': forwarded })
    expect(status).toBe(401)
    const lines = gateway.log().slice(before).trim().split('\n')
    return lines.map((line) => JSON.parse(line)).find(({ reason }) => reason !== undefined)?.address
  }
  expect(await addressSeen('203.0.113.7')).toBe('203.0.113.7')
  expect(await addressSeen('2001:db8::7, 10.0.0.1')).toBe('2001:db8::7')
  for (const text of ['x'.repeat(10_000), 'someone', `fe80::1%${'a'.repeat(1000)}`]) {
    expect(await addressSeen(text)).toBe('127.0.0.1')
  }
})
