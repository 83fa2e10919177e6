import { afterAll, beforeAll, expect, it } from 'vitest'
import { type AzureDouble, startAzureDouble } from '../azure-double/azure-double.ts'
import { grownCollections, liveHeap } from '../environment/live-collections.ts'
import { type MlflowStub, startMlflowStub } from '../environment/mlflow-stub.ts'
import { rounds } from '../environment/rounds.ts'
import { createModel, createVersion, setModelTags } from './mutations.ts'
import { type OpenGateway, openGateway } from './open-gateway.ts'

/** More than anything may remember of what clients send. */
const many = rounds(150, 1100)
const most = 120
const atOnce = 10

const lists = {
  models: `query ($where: ModelFilter, $after: String) { models(where: $where, after: $after) { totalCount } }`,
  versions: `query ($where: ModelVersionFilter, $orderBy: [ModelVersionOrder!]) {
    modelVersions(where: $where, orderBy: $orderBy, first: 1) { nodes { version } }
  }`,
}
const lookUps = `query ($registry: String!, $text: String!, $uri: String!, $id: ID!) {
  model(registry: $registry, name: $text) { name }
  modelVersion(registry: $registry, model: "model", version: $text) { version }
  aliased: model(registry: $registry, name: "model") { tag(key: $text) alias(name: $text) { name } }
  resolveModelUri(uri: $uri) { __typename }
  node(id: $id) { id }
}`

let gateway: OpenGateway
let stub: MlflowStub
let azure: AzureDouble
const registries = ['local', 'mlflow', 'azure']
const registryOf = (index: number) => registries[Math.abs(index) % registries.length] ?? ''
const text = (index: number) => `sent-by-a-client-${index}-${'x'.repeat(200)}`

beforeAll(async () => {
  stub = await startMlflowStub()
  stub.store.addModel('model', { versions: [{}] })
  azure = await startAzureDouble()
  gateway = await openGateway({
    environments: ['dev'],
    registries: [
      { name: 'local', adapter: 'local', environment: 'dev' },
      { name: 'mlflow', adapter: 'mlflow', environment: 'dev', url: stub.url },
      {
        name: 'azure',
        adapter: 'azureml',
        environment: 'dev',
        endpoint: azure.url,
        auth: { token: 't' },
        subscriptionId: '00000000-0000-0000-0000-000000000000',
        resourceGroup: 'rg',
        workspace: 'ws',
      },
    ],
  })
  const key = { registry: 'local', name: 'model' }
  await gateway.data(createModel, { input: { ...key } })
  await gateway.data(createVersion, { input: { model: { key }, source: 's3://bucket/model' } })
})
afterAll(async () => {
  await gateway?.close()
  await stub?.close()
  await azure?.close()
})

/** Each is asked once for every text, whatever comes of it. */
const requests: readonly [what: string, (index: number) => Promise<unknown>][] = [
  ['filters of models', (index) => gateway.ask(lists.models, { where: { name: { eq: text(index) } } })],
  ['filters of tags', (index) => gateway.ask(lists.models, { where: { tag: { key: text(index) } } })],
  ['cursors', (index) => gateway.ask(lists.models, { after: text(index) })],
  [
    'orders by metrics',
    (index) => gateway.ask(lists.versions, { orderBy: [{ metric: { key: text(index) } }] }),
  ],
  ['filters of versions', (index) => gateway.ask(lists.versions, { where: { alias: { eq: text(index) } } })],
  [
    'names, ids and URIs',
    (index) =>
      gateway.ask(lookUps, {
        registry: registryOf(index),
        text: text(index),
        uri: `models:/${text(index)}/1`,
        id: Buffer.from(text(index)).toString('base64url'),
      }),
  ],
  [
    'idempotency keys and names of models that are written',
    (index) =>
      gateway.ask(setModelTags, {
        input: {
          model: { key: { registry: registryOf(index), name: text(index) } },
          tags: [{ key: text(index), value: 'x' }],
        },
      }),
  ],
  [
    'models that are made',
    (index) =>
      gateway.ask(createModel, {
        input: { registry: 'local', name: text(index), idempotencyKey: text(index) },
      }),
  ],
  ['headers', (index) => gateway.ask('{ __typename }', {}, { 'x-request-id': text(index) })],
]

const holder = new (class {
  readonly #everything = new Map<string, number>()
  note(key: string): void {
    this.#everything.set(key, 1)
  }
})()

it('no Map and no Set that outlives a request grows with what clients send', async () => {
  for (const [, ask] of requests) await ask(-1)
  // Twice: what V8 and Node make on the first walk is no memory of a client.
  await grownCollections(most)
  await grownCollections(most)
  const heapBefore = await liveHeap()
  for (const [, ask] of requests) {
    for (let first = 0; first < many; first += atOnce) {
      await Promise.all(Array.from({ length: atOnce }, (_, offset) => ask(first + offset)))
    }
  }
  // The walk has to see this one, private as it is, and no other.
  for (let index = 0; index <= most; index++) holder.note(`noted ${index}`)
  expect(await grownCollections(most)).toEqual([{ grownBy: most + 1, lastKey: `noted ${most}` }])
  expect((await liveHeap()) - heapBefore).toBeLessThan(50_000_000)
}, 300_000)
