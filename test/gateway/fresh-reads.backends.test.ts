import { randomUUID } from 'node:crypto'
import { describe, expect, inject, it } from 'vitest'
import { faults } from '../environment/fault-mode.ts'
import { startFaultProxy } from '../environment/fault-proxy.ts'
import { mlflowVersions } from '../environment/provided.ts'
import { rounds } from '../environment/rounds.ts'
import { describeFreshReads } from './fresh-reads-suite.ts'
import * as mutations from './mutations.ts'
import { openGateway } from './open-gateway.ts'

for (const version of mlflowVersions) {
  describeFreshReads(`MLflow ${version}`, rounds(6, 100), async () => ({
    name: 'main',
    adapter: 'mlflow',
    environment: 'dev',
    url: inject('mlflow')[version].url,
    timeoutMs: 20_000,
  }))
}

describe('a client that leaves in the middle of a write of several requests', () => {
  it('does not break it off', async () => {
    const proxy = await startFaultProxy(inject('mlflow')['3.17.2'].url)
    const gateway = await openGateway({
      environments: ['dev'],
      registries: [
        { name: 'main', adapter: 'mlflow', environment: 'dev', url: proxy.url, timeoutMs: 20_000 },
      ],
    })
    const name = `leaving-${randomUUID()}`
    await gateway.data(mutations.createModel, { input: { registry: 'main', name } })
    const tags = Array.from({ length: 6 }, (_, index) => ({ key: `key-${index}`, value: `${index}` }))
    await proxy.setMode(faults.delay(50))
    const leaving = new AbortController()
    const asking = fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: mutations.setModelTags,
        variables: { input: { model: { key: { registry: 'main', name } }, tags } },
      }),
      signal: leaving.signal,
    })
    await proxy.log.until((log) => log.count('set-tag') === 2)
    leaving.abort()
    await expect(asking).rejects.toThrow('aborted')
    await proxy.log.until((log) => log.count('set-tag') === tags.length)
    await proxy.setMode(faults.pass)
    const written = async () => (await gateway.data(mutations.load, { registry: 'main', name })).model.tags
    await expect.poll(written).toEqual(tags)
    expect(proxy.log.count('set-tag')).toBe(tags.length)
    await gateway.close()
    await proxy.close()
  })
})
