import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { isLoopback } from '../../src/server/loopback.ts'
import { startMlflowStub } from '../environment/mlflow-stub.ts'
import { openGateway } from '../gateway/open-gateway.ts'

function statusFor(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asking = request(`${url}/livez`, { headers: { host } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    asking.on('error', reject)
    asking.end()
  })
}

describe('a gateway on loopback', () => {
  it('answers to names of this machine only, so that no web page can borrow its address', async () => {
    const stub = await startMlflowStub()
    const gateway = await openGateway({
      environments: ['dev'],
      registries: [{ name: 'one', adapter: 'mlflow', environment: 'dev', url: stub.url }],
    })
    for (const host of ['127.0.0.1', 'localhost:4000', '127.0.0.2:1', '[::1]:4000', 'modelgate.localhost']) {
      expect([host, await statusFor(gateway.url, host)]).toEqual([host, 200])
    }
    for (const host of [
      'evil.example',
      'evil.example:4000',
      '127.0.0.1.evil.example',
      'localhost.evil.example',
      '10.0.0.1',
    ]) {
      expect([host, await statusFor(gateway.url, host)]).toEqual([host, 403])
    }
    await gateway.close()
    await stub.close()
  })
})

it.each([
  ['127.0.0.1', true],
  ['127.9.9.9', true],
  ['::1', true],
  ['localhost', true],
  ['0.0.0.0', false],
  ['127.evil.example', false],
  ['example.com', false],
])('%s is loopback: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected)
})
