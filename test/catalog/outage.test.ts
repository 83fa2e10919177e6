import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { faults } from '../environment/fault-mode.ts'
import { startFaultProxy } from '../environment/fault-proxy.ts'
import { startMlflowStub } from '../environment/mlflow-stub.ts'
import { openGateway } from '../gateway/open-gateway.ts'
import { untilSynced } from './indexed-suite.ts'

it('a registry is looked at soon after it is back, however long it was away', async () => {
  const stub = await startMlflowStub()
  const proxy = await startFaultProxy(stub.url)
  const main = { name: 'main', adapter: 'mlflow', environment: 'dev', url: proxy.url, timeoutMs: 2000 }
  const gateway = await openGateway({
    environments: ['dev'],
    registries: [main],
    catalog: { syncEvery: '1s', runs: false },
  })
  const state = async () =>
    (await gateway.data('{ registry(name: "main") { catalog { state } } }')).registry.catalog.state
  try {
    await untilSynced(gateway)
    await proxy.setMode(faults.refuse)
    await expect.poll(state, { timeout: 10_000 }).toBe('STALE')
    // Tries come 2, 4, 8 and 16 seconds one after the other.
    await wait(9000)
    await proxy.setMode(faults.pass)
    await expect.poll(state, { timeout: 3500, interval: 100 }).toBe('OK')
  } finally {
    await gateway.close()
    await proxy.close()
    await stub.close()
  }
}, 60_000)
