import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type CountingProxy, startCountingProxy } from '../environment/counting-proxy.ts'
import { runMlflowClient } from '../environment/python.ts'
import { requireBackend } from '../environment/require-backend.ts'
import { type Answer, type OpenGateway, openGateway } from './open-gateway.ts'

const seed = `
from concurrent.futures import ThreadPoolExecutor
prefix = argument['prefix']
experiment = client.create_experiment(prefix)
def make(index):
    name = f'{prefix}-{index:03d}'
    client.create_registered_model(name, tags={'team': 'fraud'})
    for number in range(2):
        run = client.create_run(experiment)
        client.log_metric(run.info.run_id, 'auc', index / 100)
        client.log_param(run.info.run_id, 'depth', number)
        client.create_model_version(name, f's3://bucket/{name}/{number}', run.info.run_id, tags={'n': str(number)})
    client.set_registered_model_alias(name, 'champion', '1')
with ThreadPoolExecutor(4) as pool:
    list(pool.map(make, range(100)))
client.create_registered_model(prefix + ' odd\\nname "both\\' quotes')
client.create_model_version(prefix + ' odd\\nname "both\\' quotes', 's3://odd/model')
result = True
`

/** So many requests at a server of this process. */
function haveArrived(count: number, port: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  let seen = 0
  const see = (message: unknown) => {
    const { request } = message as { request: IncomingMessage }
    if (String(request.socket.localPort) !== port || ++seen < count) return
    unsubscribe('http.server.request.start', see)
    resolve()
  }
  subscribe('http.server.request.start', see)
  return promise
}

/** Connections, version and experiment list are known: everything here is asked once before it is counted. */
describe('requests upstream, on MLflow 3.17.2', () => {
  const prefix = `lean-${process.pid}`
  const proxies: CountingProxy[] = []
  const names = ['one', 'two', 'three']
  let gateway: OpenGateway

  beforeAll(async () => {
    requireBackend('mlflow 3.17.2')
    const server = inject('mlflow')['3.17.2']
    await runMlflowClient(server, seed, { argument: { prefix } })
    for (const _ of names) proxies.push(await startCountingProxy(server.url))
    gateway = await openGateway({
      environments: ['dev'],
      registries: names.map((name, index) => ({
        name,
        adapter: 'mlflow',
        environment: 'dev',
        url: proxies[index]?.url,
        timeoutMs: 30_000,
      })),
    })
  }, 240_000)
  afterAll(async () => {
    await gateway?.close()
    await Promise.all(proxies.map((proxy) => proxy.close()))
  })

  /** Asks twice and counts the second time, at the proxies and by the explain header, which have to agree. */
  async function count(query: string): Promise<{ requests: number[]; answer: Answer }> {
    await gateway.data(query)
    for (const proxy of proxies) proxy.log.reset()
    const answer = await gateway.ask(query, {}, { 'modelgate-explain': '1' })
    expect(answer.errors).toBeUndefined()
    const requests = proxies.map((proxy) => proxy.log.requests.length)
    const told = answer.extensions?.modelgate.upstreamRequests ?? {}
    expect(names.map((name) => told[name] ?? 0)).toEqual(requests)
    return { requests, answer }
  }

  const ours = `where: { name: { startsWith: "${prefix}-" } }`

  it('the same page 32 times at once is one for each registry in all', async () => {
    const page = `{ models(first: 50, ${ours}) { nodes { name tags { key value } latestVersion { version } } } }`
    const expected = await gateway.data(page)
    for (const proxy of proxies) proxy.log.reset()
    const releases = proxies.map((proxy) => proxy.hold())
    const arrived = haveArrived(32, new URL(gateway.url).port)
    const asked = Promise.all(Array.from({ length: 32 }, () => gateway.data(page)))
    await arrived
    for (const release of releases) release()
    const answers = await asked
    expect(proxies.map((proxy) => proxy.log.requests.length)).toEqual([1, 1, 1])
    for (const answer of answers) expect(answer).toEqual(expected)
  })

  it('a page of 50 models with tags, aliases and latest versions is one for each registry', async () => {
    const { requests, answer } = await count(
      `{ models(first: 50, ${ours}) { nodes { name registry { name } tags { key value } aliases { name versionNumber }
        latestVersion { version tags { key value } aliases { name } } } pageInfo { hasNextPage endCursor } } }`,
    )
    expect(requests).toEqual([1, 1, 1])
    expect(answer.data.models.nodes).toHaveLength(50)
    expect(answer.data.models.nodes[0].latestVersion.version).toBe('2')
  })

  it('and so is the next page', async () => {
    const list = (after: string) =>
      `{ models(first: 50, ${ours}, after: ${after}) { nodes { name } pageInfo { endCursor } } }`
    const { models } = await gateway.data(list('null'))
    const { requests } = await count(list(JSON.stringify(models.pageInfo.endCursor)))
    expect(requests).toEqual([1, 1, 1])
  })

  it('100 models with all versions, their tags and aliases are two', async () => {
    const { requests, answer } = await count(
      `{ models(registries: ["one"], first: 100, ${ours}) { nodes { name tags { key value } aliases { name }
        versions(first: 500, includeArchived: true) { nodes { version tags { key value } aliases { name } } } } } }`,
    )
    expect(requests).toEqual([2, 0, 0])
    const { nodes } = answer.data.models
    expect(nodes).toHaveLength(100)
    expect(nodes[99].versions.nodes).toEqual([
      { version: '2', tags: [{ key: 'n', value: '1' }], aliases: [] },
      { version: '1', tags: [{ key: 'n', value: '0' }], aliases: [{ name: 'champion' }] },
    ])
  })

  it('and three with the params and metrics of their runs', async () => {
    const { requests, answer } = await count(
      `{ models(registries: ["one"], first: 100, ${ours}) { nodes { name
        versions { nodes { version aliases { name } metrics { key value } param(key: "depth") run { status } } } } } }`,
    )
    expect(requests).toEqual([3, 0, 0])
    const last = answer.data.models.nodes[99].versions.nodes[0]
    expect(last).toMatchObject({ param: '1', metrics: [{ key: 'auc', value: 0.99 }] })
  })

  it('a name that the filter grammar cannot write costs one more', async () => {
    const { requests, answer } = await count(
      `{ models(registries: ["one"], first: 200, where: { name: { startsWith: "${prefix}" } }) {
        nodes { name versions { nodes { version } } } } }`,
    )
    expect(answer.data.models.nodes).toHaveLength(101)
    expect(requests[0]).toBeLessThanOrEqual(3)
  })

  it('models:/x@champion in three registries is one each, and so is the same key 100 times', async () => {
    const uri = `models:/${prefix}-007@champion`
    const each = names.map(
      (name) => `${name}: resolveModelUri(registry: "${name}", uri: "${uri}") { version }`,
    )
    expect((await count(`{ ${each.join(' ')} }`)).requests).toEqual([1, 1, 1])
    const ids = (await gateway.data(`{ model(registry: "one", name: "${prefix}-007") { id } }`)).model.id
    const many = Array.from({ length: 100 }, () => JSON.stringify(ids)).join(', ')
    const { requests, answer } = await count(`{ nodes(ids: [${many}]) { ... on Model { name } } }`)
    expect(requests).toEqual([1, 0, 0])
    expect(answer.data.nodes).toHaveLength(100)
  })

  it('the champions of all models are found without reading every version', async () => {
    const { requests, answer } = await count(
      `{ modelVersions(registries: ["one"], first: 500, where: { alias: { eq: "champion" }, model: { startsWith: "${prefix}" } }) {
        nodes { modelName version aliases { name } } } }`,
    )
    expect(answer.data.modelVersions.nodes).toHaveLength(100)
    expect(requests[0]).toBeLessThanOrEqual(3)
  })

  it('nothing is fetched for fields of the gateway itself', async () => {
    const { requests } = await count(
      '{ registries { name adapter environment { name rank registries { name } } } environments { name } }',
    )
    expect(requests).toEqual([0, 0, 0])
  })
})
