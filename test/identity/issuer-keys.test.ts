import { setTimeout as wait } from 'node:timers/promises'
import { decodeProtectedHeader } from 'jose'
import { expect, test } from 'vitest'
import { IssuerKeys } from '../../src/identity/jwt/issuer-keys.ts'
import { startIssuer } from './issuer.ts'
import { silent } from './open-gateway.ts'

test('keys that were asked for earlier, and come later, do not take the place of newer ones', async () => {
  const issuer = await startIssuer()
  const keys = new IssuerKeys({ issuer: issuer.url, jwksUri: null, place: '' }, silent)
  const letGo = issuer.holdBack()
  const earlier = keys.load()
  await expect.poll(issuer.asked).toBe(1)
  await issuer.rotate()
  // Longer than keys are not asked for again.
  await wait(2100)
  const token = await issuer.sign()
  const find = () =>
    keys.find(decodeProtectedHeader(token) as { alg: string }, {
      payload: '',
      signature: '',
      protected: token,
    })
  await find()
  const isStillNow = keys.sinceNow()
  letGo()
  await earlier
  issuer.goAway()
  await expect(find()).resolves.toBeDefined()
  expect(isStillNow()).toBe(true)
})
