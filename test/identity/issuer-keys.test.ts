import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { decodeProtectedHeader } from 'jose'
import { expect, onTestFinished, test } from 'vitest'
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

test.each([
  ['that calls itself another', (url: string) => ({ issuer: `${url}/other`, jwks_uri: `${url}/keys` })],
  [
    'whose keys are on an unsafe way',
    (url: string) => ({ issuer: url, jwks_uri: `${url.replace('127.0.0.1', '0.0.0.0')}/keys` }),
  ],
  ['that sends one on', (url: string) => ({ issuer: url, jwks_uri: `${url}/moved` })],
])('of an issuer %s no keys are taken', async (_, discover) => {
  const issuer = await startIssuer()
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    if (request.url === '/moved') return response.writeHead(302, { location: `${issuer.url}/keys` }).end()
    const isKeys = request.url === '/keys'
    response.end(JSON.stringify(isKeys ? { keys: [issuer.current().publicJwk] } : discover(url)))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const keys = new IssuerKeys({ issuer: url, jwksUri: null, place: '' }, silent)
  const { alg, kid } = issuer.current()
  await expect(keys.find({ alg, kid }, { payload: '', signature: '' })).rejects.toThrow('no applicable key')
  expect(asked).not.toContain('/keys')
  expect(issuer.asked()).toBe(0)
})
