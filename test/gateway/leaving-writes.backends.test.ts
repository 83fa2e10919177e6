import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { faults } from '../environment/fault-mode.ts'
import { type FaultProxy, startFaultProxy } from '../environment/fault-proxy.ts'
import { GatewayProcess } from './gateway-process.ts'
import * as mutations from './mutations.ts'

describe('SIGTERM after a client has left', () => {
  const tags = Array.from({ length: 10 }, (_, index) => ({ key: `tag-${index}`, value: 'set' }))
  let proxy: FaultProxy
  let gateway: GatewayProcess
  let model: { key: { registry: string; name: string } }

  beforeEach(async () => {
    proxy = await startFaultProxy(inject('mlflow')['3.17.2'].url)
    const registry = { name: 'slow', adapter: 'mlflow', environment: 'dev', url: proxy.url }
    gateway = new GatewayProcess({
      environments: ['dev'],
      registries: [{ ...registry, timeoutMs: 20_000 }],
    })
    await gateway.start()
    model = { key: { registry: 'slow', name: `leaving-${randomUUID()}` } }
    const made = await gateway.ask(mutations.createModel, { input: model.key })
    expect(made.errors).toBeUndefined()
  })
  afterEach(async () => {
    await gateway.stop()
    await proxy.close()
  })

  it.each([
    ['one mutation of many requests', mutations.setModelTags, () => ({ input: { model, tags } })],
    [
      'many mutations',
      `mutation (${tags.map((_, index) => `$input${index}: SetModelTagsInput!`).join(' ')}) { ${tags
        .map((_, index) => `field${index}: setModelTags(input: $input${index}) { model { name } }`)
        .join(' ')} }`,
      () => Object.fromEntries(tags.map((tag, index) => [`input${index}`, { model, tags: [tag] }])),
    ],
  ])('finishes its writes before it exits with 0 (%s)', async (_, document, variables) => {
    await proxy.setMode(faults.delay(50))
    proxy.log.reset()
    const leaving = new AbortController()
    const asking = gateway
      .ask(document, variables(), { signal: leaving.signal })
      .catch((error: unknown) => error)
    await proxy.log.until((log) => log.count('registered-models/set-tag') >= 2, 20_000)
    leaving.abort()
    await asking
    expect(proxy.log.count('registered-models/set-tag')).toBeLessThan(10)
    expect(await gateway.stop('SIGTERM')).toEqual([0, null])
    await gateway.start()
    await proxy.setMode(faults.pass)
    const { data } = await gateway.ask(mutations.load, model.key)
    const byKey = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1)
    expect(data.model.tags.toSorted(byKey)).toEqual(tags.toSorted(byKey))
  })
})
